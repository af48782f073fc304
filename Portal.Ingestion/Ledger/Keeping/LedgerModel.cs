using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Ingestion.Ledger.Keeping;

/// <summary>The tables of the ledger.</summary>
internal sealed class LedgerModel :
    IEntityTypeConfiguration<StoredLedgerHead>, IEntityTypeConfiguration<StoredLedgerTile>,
    IEntityTypeConfiguration<StoredCheckpoint>, IEntityTypeConfiguration<StoredErasure>,
    IEntityTypeConfiguration<StoredVerification>, IEntityTypeConfiguration<StoredLedgerDuty>
{
    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredLedgerHead> builder)
    {
        builder.ToTable("LedgerHead");
        builder.HasKey(h => h.Id);
        builder.Property(h => h.Id).ValueGeneratedNever();
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredLedgerTile> builder)
    {
        builder.ToTable("LedgerTiles");
        builder.HasKey(t => new { t.Level, t.Number });
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredCheckpoint> builder)
    {
        builder.ToTable("LedgerCheckpoints");
        builder.HasKey(c => c.Number);
        builder.Property(c => c.Number).ValueGeneratedNever();
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredErasure> builder)
    {
        builder.ToTable("Erasures");
        builder.HasKey(r => r.Sequence);
        builder.Property(r => r.Sequence).ValueGeneratedNever();
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredVerification> builder)
    {
        builder.ToTable("LedgerVerification");
        builder.HasKey(v => v.Id);
        builder.Property(v => v.Id).ValueGeneratedNever();
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredLedgerDuty> builder)
    {
        builder.ToTable("LedgerDuties");
        builder.HasKey(d => d.Duty);
    }
}
