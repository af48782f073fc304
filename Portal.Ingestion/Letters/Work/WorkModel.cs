using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Ingestion.Letters.Work;

/// <summary>The tables of the worklist's actions, hand matches and mutes.</summary>
internal sealed class WorkModel :
    IEntityTypeConfiguration<StoredWork>, IEntityTypeConfiguration<StoredWorkEntry>, IEntityTypeConfiguration<StoredReplacement>,
    IEntityTypeConfiguration<StoredHandMatch>, IEntityTypeConfiguration<StoredMutedSender>
{
    public void Configure(EntityTypeBuilder<StoredWork> builder)
    {
        builder.ToTable("WorkItems");
        builder.HasKey(w => new { w.Rank, w.Key });
        builder.Property(w => w.Revision).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<StoredWorkEntry> builder)
    {
        builder.ToTable("WorkEntries");
        builder.HasKey(e => e.Id);
        builder.HasIndex(e => new { e.Rank, e.Key, e.Id });
        builder.HasIndex(e => new { e.Authority, e.Action, e.Id });
    }

    public void Configure(EntityTypeBuilder<StoredReplacement> builder)
    {
        builder.ToTable("LetterReplacements");
        builder.HasKey(r => r.LetterKey);
        builder.Property(r => r.LetterKey).ValueGeneratedNever();
        builder.HasIndex(r => r.ByKey);
    }

    public void Configure(EntityTypeBuilder<StoredHandMatch> builder)
    {
        builder.ToTable("HandMatches");
        builder.HasKey(m => new { m.Sequence, m.Part });
    }

    public void Configure(EntityTypeBuilder<StoredMutedSender> builder)
    {
        builder.ToTable("MutedSenders");
        builder.HasKey(m => m.Id);
        builder.HasIndex(m => m.Authority);
    }
}
