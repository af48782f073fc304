using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Features.Reports.Conclusions;

/// <summary>What someone wrote instead of the rules' conclusion of several chains. The last that was not taken back counts.</summary>
public sealed class StoredOverviewConclusion
{
    public long Id { get; set; }
    public required string Authority { get; set; }

    /// <summary>Whose chains; empty for all of the authority's.</summary>
    public required string Department { get; set; }

    /// <summary><see cref="ConclusionKey"/></summary>
    public required string Period { get; set; }

    public required string Text { get; set; }
    public DateTimeOffset EnteredAt { get; set; }
    public required string EnteredBy { get; set; }

    /// <summary>When it was taken back, UTC.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    public string? WithdrawnBy { get; set; }
}

/// <summary>The table of conclusions over several chains; that of one chain is a note of the chain.</summary>
internal sealed class OverviewConclusionModel : IEntityTypeConfiguration<StoredOverviewConclusion>
{
    public void Configure(EntityTypeBuilder<StoredOverviewConclusion> builder)
    {
        builder.ToTable("OverviewConclusions");
        builder.HasKey(c => c.Id);
        builder.HasIndex(c => new { c.Authority, c.Department, c.Period });
    }
}
