using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Features.Reports;

/// <summary>A report as it was issued. Never changed.</summary>
public sealed class StoredReport
{
    public required string Authority { get; set; }

    /// <summary>Runs from 1 within the authority.</summary>
    public int Number { get; set; }

    /// <summary>The chain; empty for a department's.</summary>
    public required string ChainId { get; set; }

    /// <summary>The department; empty for a single chain's.</summary>
    public required string Department { get; set; }

    public required string Title { get; set; }

    /// <summary><see cref="Portal.Ingestion.Domain.Time.Month.Number"/>, both inclusive.</summary>
    public int FirstMonth { get; set; }

    public int LastMonth { get; set; }
    public DateTimeOffset IssuedAt { get; set; }
    public required string IssuedBy { get; set; }

    /// <summary>Everything that the report shows.</summary>
    public required string Json { get; set; }
}

/// <summary>A report that is made each month by itself.</summary>
public sealed class StoredReportSchedule
{
    public required string Authority { get; set; }

    /// <summary>The chain; empty for a department's.</summary>
    public required string ChainId { get; set; }

    /// <summary>The department; empty for a single chain's.</summary>
    public required string Department { get; set; }

    /// <summary>Addresses, one a line; empty for nobody.</summary>
    public required string Recipients { get; set; }

    public DateTimeOffset MadeAt { get; set; }
    public required string MadeBy { get; set; }

    /// <summary>The last month that was issued.</summary>
    public int LastMonth { get; set; }
}

/// <summary>The tables of the reports.</summary>
internal sealed class ReportsModel : IEntityTypeConfiguration<StoredReport>, IEntityTypeConfiguration<StoredReportSchedule>
{
    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredReport> builder)
    {
        // Reports outlive their chain: what was issued stays.
        builder.ToTable("BenefitReports");
        builder.HasKey(r => new { r.Authority, r.Number });
        builder.HasIndex(r => r.ChainId);
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredReportSchedule> builder)
    {
        builder.ToTable("ReportSchedules");
        builder.HasKey(s => new { s.Authority, s.ChainId, s.Department });
    }
}
