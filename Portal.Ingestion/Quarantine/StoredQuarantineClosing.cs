using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Quarantine;

/// <summary>
/// The closing of a row of the quarantine: the row no longer waits, but is kept until retention erases it, together with this.
/// </summary>
public sealed class StoredQuarantineClosing
{
    public long QuarantineId { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset ClosedAt { get; set; }

    public required string ClosedBy { get; set; }
    public required string ClosedByName { get; set; }

    /// <summary>The closer's reason, with CPR numbers masked.</summary>
    public required string Reason { get; set; }

    /// <summary>How often the bytes had been delivered at the closing: when they are delivered again, the row waits again.</summary>
    public int Deliveries { get; set; }
}

/// <summary>The table of closings.</summary>
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
