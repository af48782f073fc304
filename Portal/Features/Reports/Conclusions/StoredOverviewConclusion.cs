using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Features.Reports.Conclusions;

/// <summary>A conclusion for several chains, written by hand. The last one that is not withdrawn applies.</summary>
public sealed class StoredOverviewConclusion
{
    public long Id { get; set; }
    public required string Authority { get; set; }

    /// <summary>The department; empty for all chains of the authority.</summary>
    public required string Department { get; set; }

    /// <summary>The period, as <see cref="ConclusionKey"/>.</summary>
    public required string Period { get; set; }

    public required string Text { get; set; }
    public DateTimeOffset EnteredAt { get; set; }
    public required string EnteredBy { get; set; }

    /// <summary>When it was withdrawn, UTC; null when it was not.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    public string? WithdrawnBy { get; set; }
}

/// <summary>The table of conclusions for several chains; that of one chain is a note of it.</summary>
internal sealed class OverviewConclusionModel : IEntityTypeConfiguration<StoredOverviewConclusion>
{
    public void Configure(EntityTypeBuilder<StoredOverviewConclusion> builder)
    {
        builder.ToTable("OverviewConclusions");
        builder.HasKey(c => c.Id);
        builder.HasIndex(c => new { c.Authority, c.Department, c.Period });
    }
}
