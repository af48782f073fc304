using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Features.Chains.Storage;

namespace Portal.Features.Benefits.Keeping;

/// <summary>The tables of the benefits.</summary>
internal sealed class BenefitsModel :
    IEntityTypeConfiguration<StoredIndicator>, IEntityTypeConfiguration<StoredMeasurement>, IEntityTypeConfiguration<StoredBenefitNote>,
    IEntityTypeConfiguration<StoredInput>
{
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

    public void Configure(EntityTypeBuilder<StoredInput> builder)
    {
        builder.ToTable("BenefitInputs");
        builder.HasKey(i => new { i.ChainId, i.ElementId, i.Part, i.Version });
        builder.HasOne<StoredChain>().WithMany().HasForeignKey(i => i.ChainId).OnDelete(DeleteBehavior.Cascade);
    }
}
