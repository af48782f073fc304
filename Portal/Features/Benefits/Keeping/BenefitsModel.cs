using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Features.Chains.Storage;

namespace Portal.Features.Benefits.Keeping;

/// <summary>The tables of benefits and reports.</summary>
internal sealed class BenefitsModel :
    IEntityTypeConfiguration<StoredIndicator>, IEntityTypeConfiguration<StoredMeasurement>, IEntityTypeConfiguration<StoredBenefitNote>,
    IEntityTypeConfiguration<StoredReport>, IEntityTypeConfiguration<StoredReportSchedule>
{
    /// <summary>Puts them into the portal side's context.</summary>
    public static void Configure(ModelBuilder model)
    {
        var tables = new BenefitsModel();
        model.ApplyConfiguration<StoredIndicator>(tables).ApplyConfiguration<StoredMeasurement>(tables).ApplyConfiguration<StoredBenefitNote>(tables)
            .ApplyConfiguration<StoredReport>(tables).ApplyConfiguration<StoredReportSchedule>(tables);
    }

    public void Configure(EntityTypeBuilder<StoredIndicator> builder)
    {
        builder.ToTable("Indicators");
        builder.HasKey(i => new { i.ChainId, i.ElementId, i.Version });
        builder.HasOne<StoredChain>().WithMany().HasForeignKey(i => i.ChainId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<StoredMeasurement> builder)
    {
        builder.ToTable("Measurements");
        builder.HasKey(m => m.Id);
        builder.HasIndex(m => new { m.ChainId, m.ElementId, m.At });
        builder.HasOne<StoredChain>().WithMany().HasForeignKey(m => m.ChainId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<StoredBenefitNote> builder)
    {
        builder.ToTable("BenefitNotes");
        builder.HasKey(n => n.Id);
        builder.HasIndex(n => n.ChainId);
        builder.HasOne<StoredChain>().WithMany().HasForeignKey(n => n.ChainId).OnDelete(DeleteBehavior.Cascade);
    }

    // Reports outlive their chain: what was issued stays.
    public void Configure(EntityTypeBuilder<StoredReport> builder)
    {
        builder.ToTable("BenefitReports");
        builder.HasKey(r => new { r.Authority, r.Number });
        builder.HasIndex(r => r.ChainId);
    }

    public void Configure(EntityTypeBuilder<StoredReportSchedule> builder)
    {
        builder.ToTable("ReportSchedules");
        builder.HasKey(s => new { s.Authority, s.ChainId, s.Department });
    }
}
