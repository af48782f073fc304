using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Storage.Postgres;
using Portal.Platform.Storage;
using Portal.Platform.Storage.Postgres;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

/// <summary>Programs do not look for it when they start.</summary>
public sealed class MigrationTests
{
    [Fact]
    public void The_migrations_of_the_message_side_make_the_model() => HasAll(new IngestionDbContextFactory());

    [Fact]
    public void The_migrations_of_the_portal_side_make_the_model() => HasAll(new PortalDbContextFactory());

    [Fact]
    public void The_migrations_of_the_message_side_make_the_model_on_PostgreSQL_too() => HasAll(new PostgresIngestionDbContextFactory());

    [Fact]
    public void The_migrations_of_the_portal_side_make_the_model_on_PostgreSQL_too() => HasAll(new PostgresPortalDbContextFactory());

    private static void HasAll<T>(IDesignTimeDbContextFactory<T> factory)
        where T : DbContext
    {
        using var db = factory.CreateDbContext([]);
        Assert.False(db.Database.HasPendingModelChanges(), "something was added to the model without a migration: dotnet ef migrations add");
    }
}
