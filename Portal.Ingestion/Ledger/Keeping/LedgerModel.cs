using Microsoft.EntityFrameworkCore;

namespace Portal.Ingestion.Ledger.Keeping;

/// <summary>The ledger's tables.</summary>
internal static class LedgerModel
{
    /// <summary>Puts them into the message side's context.</summary>
    public static void Configure(ModelBuilder model)
    {
        model.Entity<StoredLedgerHead>(e =>
        {
            e.ToTable("LedgerHead");
            e.HasKey(h => h.Id);
            e.Property(h => h.Id).ValueGeneratedNever();
        });
        model.Entity<StoredLedgerTile>(e =>
        {
            e.ToTable("LedgerTiles");
            e.HasKey(t => new { t.Level, t.Number });
        });
        model.Entity<StoredCheckpoint>(e =>
        {
            e.ToTable("LedgerCheckpoints");
            e.HasKey(c => c.Number);
            e.Property(c => c.Number).ValueGeneratedNever();
        });
        model.Entity<StoredErasure>(e =>
        {
            e.ToTable("Erasures");
            e.HasKey(r => r.Sequence);
            e.Property(r => r.Sequence).ValueGeneratedNever();
        });
        model.Entity<StoredVerification>(e =>
        {
            e.ToTable("LedgerVerification");
            e.HasKey(v => v.Id);
            e.Property(v => v.Id).ValueGeneratedNever();
        });
        model.Entity<StoredLedgerDuty>(e =>
        {
            e.ToTable("LedgerDuties");
            e.HasKey(d => d.Duty);
        });
    }
}
