using Microsoft.EntityFrameworkCore;

namespace Portal.Ingestion.Figures;

/// <summary>The tables that counts of letters are kept in.</summary>
internal static class FiguresModel
{
    /// <summary>Puts them into the message side's context.</summary>
    public static void Configure(ModelBuilder model)
    {
        model.Entity<StoredLetterChange>(e =>
        {
            e.ToTable("LetterChanges");
            e.HasKey(c => c.Id);
        });
        model.Entity<StoredLetterFigure>(e =>
        {
            e.ToTable("LetterFigures");
            e.HasKey(f => f.LetterKey);
            e.Property(f => f.LetterKey).ValueGeneratedNever();
            e.HasIndex(f => f.Deadline).HasFilter("\"Deadline\" IS NOT NULL");
        });
        model.Entity<StoredLetterTally>(e =>
        {
            e.ToTable("LetterTallies");
            e.HasKey(t => new { t.Authority, t.Month, t.CaseType, t.What, t.Span });
        });
    }
}
