using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Ingestion.Letters.Delays;

/// <summary>
/// A period in which an authority's receipts were late everywhere, or still are. Every reader of the worklist takes it from here, so that
/// list and count agree in all processes and after a restart.
/// </summary>
public sealed class StoredLatePeriod
{
    public long Id { get; set; }
    public required string Authority { get; set; }

    /// <summary>UTC, when it was first measured.</summary>
    public DateTimeOffset From { get; set; }

    /// <summary>UTC, when it was last measured.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>UTC; null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>See <see cref="DelayFigures.Letters"/>, as last measured.</summary>
    public int Letters { get; set; }

    /// <summary>Ticks; see <see cref="DelayFigures.Median"/>, as last measured.</summary>
    public long Median { get; set; }

    /// <summary>Ticks; see <see cref="DelayFigures.NearlyAll"/>, as last measured.</summary>
    public long NearlyAll { get; set; }

    /// <summary>Ticks; the highest median of the period.</summary>
    public long WorstMedian { get; set; }

    /// <summary>When a person noted it as an operating incident or dismissed it, UTC; null while it is offered.</summary>
    public DateTimeOffset? HandledAt { get; set; }

    public string? HandledBy { get; set; }

    /// <summary>True when it was noted as an incident; false when it was dismissed, or nobody has handled it.</summary>
    public bool Noted { get; set; }
}

/// <summary>The table of late periods.</summary>
internal sealed class DelaysModel : IEntityTypeConfiguration<StoredLatePeriod>
{
    public void Configure(EntityTypeBuilder<StoredLatePeriod> builder)
    {
        builder.ToTable("LatePeriods");
        builder.HasKey(p => p.Id);
        builder.HasIndex(p => new { p.Authority, p.EndedAt });

        // One lasts at a time, whatever two processes measure at once.
        builder.HasIndex(p => p.Authority).IsUnique().HasFilter("\"EndedAt\" IS NULL");
    }
}
