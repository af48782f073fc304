using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Features.Chains.Storage;

/// <summary>The tables of the benefit chains.</summary>
internal sealed class ChainsModel :
    IEntityTypeConfiguration<StoredChain>, IEntityTypeConfiguration<StoredChainOperation>,
    IEntityTypeConfiguration<StoredChainSnapshot>, IEntityTypeConfiguration<StoredChainVersion>,
    IEntityTypeConfiguration<StoredHintDismissal>, IEntityTypeConfiguration<StoredWorkshop>
{
    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredChain> builder)
    {
        builder.ToTable("Chains");
        builder.HasKey(c => c.Id);
        builder.HasIndex(c => new { c.Authority, c.ChangedAt });
        builder.HasIndex(c => c.DeletedAt);
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredChainOperation> builder)
    {
        builder.ToTable("ChainOperations");
        builder.HasKey(o => new { o.ChainId, o.Number });
        builder.HasOne<StoredChain>().WithMany().HasForeignKey(o => o.ChainId).OnDelete(DeleteBehavior.Cascade);
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredChainSnapshot> builder)
    {
        builder.ToTable("ChainSnapshots");
        builder.HasKey(s => new { s.ChainId, s.Number });
        builder.HasOne<StoredChain>().WithMany().HasForeignKey(s => s.ChainId).OnDelete(DeleteBehavior.Cascade);
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredChainVersion> builder)
    {
        builder.ToTable("ChainVersions");
        builder.HasKey(v => v.Id);
        builder.Property(v => v.Id).ValueGeneratedNever();
        builder.HasIndex(v => new { v.ChainId, v.At });
        builder.HasOne<StoredChain>().WithMany().HasForeignKey(v => v.ChainId).OnDelete(DeleteBehavior.Cascade);
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredHintDismissal> builder)
    {
        builder.ToTable("HintDismissals");
        builder.HasKey(d => new { d.ChainId, d.Hint });
        builder.HasOne<StoredChain>().WithMany().HasForeignKey(d => d.ChainId).OnDelete(DeleteBehavior.Cascade);
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredWorkshop> builder)
    {
        builder.ToTable("Workshops");
        builder.HasKey(w => w.Code);
        builder.HasIndex(w => w.ChainId);
        builder.HasOne<StoredChain>().WithMany().HasForeignKey(w => w.ChainId).OnDelete(DeleteBehavior.Cascade);
    }
}
