using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Features.Reports;

/// <summary>An issued report, which never changes.</summary>
public sealed class StoredReport
{
    public required string Authority { get; set; }

    /// <summary>Consecutive from 1 within the authority.</summary>
    public int Number { get; set; }

    /// <summary>The chain; empty for a report of several chains.</summary>
    public required string ChainId { get; set; }

    /// <summary>The department; empty for a single chain and for all chains of the authority.</summary>
    public required string Department { get; set; }

    public required string Title { get; set; }

    /// <summary>First and last month, both inclusive, as <see cref="Portal.Ingestion.Domain.Time.Month.Number"/>.</summary>
    public int FirstMonth { get; set; }

    public int LastMonth { get; set; }
    public DateTimeOffset IssuedAt { get; set; }
    public required string IssuedBy { get; set; }

    /// <summary>The document; in rows of older versions the <c>LegacyReport</c>.</summary>
    public required string Json { get; set; }
}

/// <summary>A file of an issued report, made when it was issued, which never changes either.</summary>
public sealed class StoredReportFile
{
    public required string Authority { get; set; }
    public int Number { get; set; }

    /// <summary>What it is: <c>eksport.xlsx</c>, <c>maalinger.csv</c>, <c>tal.json</c> or <c>en.json</c>.</summary>
    public required string Name { get; set; }

    public required byte[] Content { get; set; }
}

/// <summary>A report that is issued automatically each month.</summary>
public sealed class StoredReportSchedule
{
    public required string Authority { get; set; }

    /// <summary>The chain; empty for a report of several chains.</summary>
    public required string ChainId { get; set; }

    /// <summary>The department; empty for a single chain and for all chains of the authority.</summary>
    public required string Department { get; set; }

    /// <summary><c>ScheduleMail</c> as JSON: addresses, and the portal's URL for links.</summary>
    public required string Recipients { get; set; }

    public DateTimeOffset MadeAt { get; set; }
    public required string MadeBy { get; set; }

    /// <summary>
    /// The last month that was issued (<see cref="Portal.Ingestion.Domain.Time.Month.Number"/>), or the one before the schedule was
    /// created.
    /// </summary>
    public int LastMonth { get; set; }
}

/// <summary>The tables of the reports.</summary>
internal sealed class ReportsModel :
    IEntityTypeConfiguration<StoredReport>, IEntityTypeConfiguration<StoredReportFile>, IEntityTypeConfiguration<StoredReportSchedule>
{
    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredReport> builder)
    {
        // No foreign key to the chain: issued reports outlive it.
        builder.ToTable("BenefitReports");
        builder.HasKey(r => new { r.Authority, r.Number });
        builder.HasIndex(r => r.ChainId);
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredReportFile> builder)
    {
        builder.ToTable("BenefitReportFiles");
        builder.HasKey(f => new { f.Authority, f.Number, f.Name });
        builder.HasOne<StoredReport>().WithMany().HasForeignKey(f => new { f.Authority, f.Number }).OnDelete(DeleteBehavior.Cascade);
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredReportSchedule> builder)
    {
        builder.ToTable("ReportSchedules");
        builder.HasKey(s => new { s.Authority, s.ChainId, s.Department });
    }
}
