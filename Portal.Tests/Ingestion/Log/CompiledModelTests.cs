using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Storage.Postgres;
using Portal.Platform.Storage;
using Portal.Platform.Storage.Postgres;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

/// <summary>A program starts with the compiled EF model, so it must equal the model that the code builds.</summary>
public sealed class CompiledModelTests
{
    [Fact]
    public void The_compiled_model_of_the_message_side_is_that_of_the_code() => IsOfTheCode(new IngestionDbContextFactory());

    [Fact]
    public void The_compiled_model_of_the_portal_side_is_that_of_the_code() => IsOfTheCode(new PortalDbContextFactory());

    [Fact]
    public void The_compiled_model_of_the_message_side_is_that_of_the_code_on_PostgreSQL_too() =>
        IsOfTheCode(new PostgresIngestionDbContextFactory());

    [Fact]
    public void The_compiled_model_of_the_portal_side_is_that_of_the_code_on_PostgreSQL_too() =>
        IsOfTheCode(new PostgresPortalDbContextFactory());

    private static void IsOfTheCode<T>(IDesignTimeDbContextFactory<T> factory)
        where T : DbContext
    {
        using var db = factory.CreateDbContext([]);
        Assert.True(db.Model.GetType().Namespace?.EndsWith(".CompiledModels", StringComparison.Ordinal),
            "the context does not use its compiled model");
        var code = db.GetService<IModelSource>().GetModel(db, db.GetService<ModelCreationDependencies>(), designTime: false);
        Assert.Equal(Lines(code), Lines(db.Model));
        Assert.All(db.Model.GetEntityTypes().SelectMany(e => e.GetProperties()), HasNamedConverter);
    }

    // Everything that queries and writes depend on: the model's description, and the column details that it leaves out.
    private static List<string> Lines(IModel model) =>
    [
        .. WithoutAdHoc(model.ToDebugString(MetadataDebugStringOptions.LongDefault).Split('\n', StringSplitOptions.TrimEntries)),
        .. model.GetEntityTypes().SelectMany(e => e.GetProperties().Select(p =>
            $"{e.GetTableName()}.{p.GetColumnName()} {p.GetColumnType()} {p.IsColumnNullable()} {p.GetMaxLength()} {p.ValueGenerated} "
            + $"{p.GetValueConverter()?.GetType()}")),
    ];

    // A query for plain values (SqlQuery) adds an ad-hoc type to the model it runs on, also from another test in this process.
    private static string[] WithoutAdHoc(string[] lines)
    {
        var at = Array.IndexOf(lines, "Ad-hoc entity types:");
        // Ad-hoc types have annotations too; the model's own come last.
        return at < 0 ? lines : [.. lines.Take(at), .. lines.Skip(Array.LastIndexOf(lines, "Annotations:"))];
    }

    // The compiled model would copy a lambda's text, and this comparison would not see a later change of it.
    private static void HasNamedConverter(IProperty property)
    {
        if (property.GetValueConverter() is { } converter)
        {
            Assert.False(converter.GetType() is { IsGenericType: true } type
                && type.GetGenericTypeDefinition() == typeof(ValueConverter<,>), $"{property}: give its converter a class");
        }
    }
}
