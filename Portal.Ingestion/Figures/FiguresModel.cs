using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Ingestion.Figures;

/// <summary>The tables of the figures.</summary>
internal sealed class FiguresModel :
    IEntityTypeConfiguration<StoredLetterChange>, IEntityTypeConfiguration<StoredLetterFigure>,
    IEntityTypeConfiguration<StoredLetterTally>, IEntityTypeConfiguration<StoredSubjectTally>
{
    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredLetterChange> builder)
    {
        builder.ToTable("LetterChanges");
        builder.HasKey(c => c.Id);
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredLetterFigure> builder)
    {
        builder.ToTable("LetterFigures");
        builder.HasKey(f => f.LetterKey);
        builder.Property(f => f.LetterKey).ValueGeneratedNever();
        builder.HasIndex(f => f.Deadline).HasFilter("\"Deadline\" IS NOT NULL");
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredLetterTally> builder)
    {
        builder.ToTable("LetterTallies");
        builder.HasKey(t => new { t.Authority, t.Month, t.CaseType, t.What, t.Span });
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredSubjectTally> builder)
    {
        builder.ToTable("SubjectTallies");
        builder.HasKey(t => t.Id);
        builder.HasIndex(t => new { t.Authority, t.Month });
    }
}
