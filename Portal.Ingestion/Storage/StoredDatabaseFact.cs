using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Ingestion.Storage;

/// <summary>A named fact about the database itself.</summary>
public sealed class StoredDatabaseFact
{
    /// <summary>At most 100 characters.</summary>
    public required string Name { get; set; }

    public required byte[] Value { get; set; }
}

/// <summary>The table of facts about the database.</summary>
internal sealed class StorageModel : IEntityTypeConfiguration<StoredDatabaseFact>
{
    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredDatabaseFact> builder)
    {
        builder.ToTable("DatabaseFacts");
        builder.HasKey(f => f.Name);
        builder.Property(f => f.Name).HasMaxLength(100);
    }
}
