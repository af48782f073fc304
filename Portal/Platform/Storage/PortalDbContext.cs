using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Portal.Features.Chains.Storage;
using Portal.Features.FollowUp.People;
using Portal.Ingestion.Storage;
using Portal.Platform.Storage.Views;

namespace Portal.Platform.Storage;

/// <summary>
/// The portal's tables, in the same database as the message side's. Independent of the provider; the context of another provider derives
/// from this one and has its own migrations.
/// </summary>
public class PortalDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>The history table of this context's migrations.</summary>
    public const string HistoryTable = "__PortalMigrations";

    public DbSet<StoredChain> Chains => Set<StoredChain>();
    public DbSet<StoredChainOperation> ChainOperations => Set<StoredChainOperation>();
    public DbSet<StoredChainSnapshot> ChainSnapshots => Set<StoredChainSnapshot>();
    public DbSet<StoredChainVersion> ChainVersions => Set<StoredChainVersion>();
    public DbSet<StoredHintDismissal> HintDismissals => Set<StoredHintDismissal>();
    public DbSet<StoredWorkshop> Workshops => Set<StoredWorkshop>();
    public DbSet<StoredColleague> Colleagues => Set<StoredColleague>();
    public DbSet<StoredSavedView> SavedViews => Set<StoredSavedView>();
    public DbSet<Portal.Platform.Mail.Outbox.OutgoingMail> OutgoingMails => Set<Portal.Platform.Mail.Outbox.OutgoingMail>();

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        // EF on SQLite cannot order or compare DateTimeOffset, so times are stored as UTC ticks.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        // Each folder configures the tables that it owns.
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
    }
}

/// <summary>Lets <c>dotnet ef</c> create the context without starting the program.</summary>
public sealed class PortalDbContextFactory : IDesignTimeDbContextFactory<PortalDbContext>
{
    /// <inheritdoc />
    public PortalDbContext CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<PortalDbContext>()
            .UseSqlite("Data Source=:memory:", o => o.MigrationsHistoryTable(PortalDbContext.HistoryTable))
            .Options);
}
