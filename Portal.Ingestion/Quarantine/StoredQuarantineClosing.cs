using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Quarantine;

/// <summary>
/// A row of the quarantine that somebody has closed: it waits no more, and is kept until its time is served. Erased with its row.
/// </summary>
public sealed class StoredQuarantineClosing
{
    public long QuarantineId { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset ClosedAt { get; set; }

    public required string ClosedBy { get; set; }
    public required string ClosedByName { get; set; }

    /// <summary>Why, in the closer's own words.</summary>
    public required string Reason { get; set; }

    /// <summary>How often the bytes had come when it was closed: when they come again the row waits again.</summary>
    public int Deliveries { get; set; }
}

/// <summary>Its table.</summary>
internal sealed class QuarantineClosingModel : IEntityTypeConfiguration<StoredQuarantineClosing>
{
    public void Configure(EntityTypeBuilder<StoredQuarantineClosing> builder)
    {
        builder.ToTable("QuarantineClosings");
        builder.HasKey(c => c.QuarantineId);
        builder.Property(c => c.QuarantineId).ValueGeneratedNever();
        builder.HasOne<QuarantinedContent>().WithOne().HasForeignKey<StoredQuarantineClosing>(c => c.QuarantineId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}
