using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Ingestion.Quarantine;

/// <summary>
/// A hold on a cause at an authority: its rows are known and someone works on them, so they are not counted as waiting until a day. A row
/// of
/// this table is never deleted, since the log of actions tells of it.
/// </summary>
public sealed class StoredQuarantineHold
{
    public long Id { get; set; }
    public required string Authority { get; set; }

    /// <summary>Wire name of the reason.</summary>
    public required string Reason { get; set; }

    public required string Detail { get; set; }

    /// <summary>Why it is held, with CPR numbers masked.</summary>
    public required string Why { get; set; }

    /// <summary>Who works on it.</summary>
    public required string Owner { get; set; }

    /// <summary>UTC: the midnight in Copenhagen at which the day of review begins; from then on the rows are counted again.</summary>
    public DateTimeOffset Until { get; set; }

    /// <summary>An https address with more about it; null for none.</summary>
    public string? Link { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset HeldAt { get; set; }

    public required string HeldBy { get; set; }
    public required string HeldByName { get; set; }

    /// <summary>UTC, when it was released by hand or replaced by another; null before.</summary>
    public DateTimeOffset? ReleasedAt { get; set; }

    public string? ReleasedByName { get; set; }
}

/// <summary>The table of holds.</summary>
internal sealed class QuarantineHoldModel : IEntityTypeConfiguration<StoredQuarantineHold>
{
    public void Configure(EntityTypeBuilder<StoredQuarantineHold> builder)
    {
        builder.ToTable("QuarantineHolds");
        builder.HasKey(h => h.Id);
        builder.HasIndex(h => new { h.Authority, h.Until });
    }
}
