using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Ingestion.Journal;

/// <summary>The tables of the logs next to the messages'.</summary>
internal sealed class JournalModel :
    IEntityTypeConfiguration<StoredJournalEntry>, IEntityTypeConfiguration<StoredJournalHead>,
    IEntityTypeConfiguration<StoredJournalTile>, IEntityTypeConfiguration<StoredJournalCheckpoint>
{
    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredJournalEntry> builder)
    {
        builder.ToTable("JournalEntries");
        builder.HasKey(e => new { e.Log, e.Index });
        builder.HasIndex(e => new { e.Log, e.Id });
        builder.HasIndex(e => new { e.Log, e.At }).HasFilter("\"Json\" IS NOT NULL");
        builder.HasIndex(e => new { e.Authority, e.CaseKey }).HasFilter("\"CaseKey\" IS NOT NULL");
        builder.HasIndex(e => e.LetterKey).HasFilter("\"LetterKey\" IS NOT NULL");
        builder.HasIndex(e => e.StatusKey).HasFilter("\"StatusKey\" IS NOT NULL");
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredJournalHead> builder)
    {
        builder.ToTable("JournalHeads");
        builder.HasKey(h => h.Log);
        builder.Property(h => h.Log).ValueGeneratedNever();
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredJournalTile> builder)
    {
        builder.ToTable("JournalTiles");
        builder.HasKey(t => new { t.Log, t.Level, t.Number });
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredJournalCheckpoint> builder)
    {
        builder.ToTable("JournalCheckpoints");
        builder.HasKey(c => new { c.Log, c.Number });
    }
}
