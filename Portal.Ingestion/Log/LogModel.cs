using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Ingestion.Log.MessageKinds;

namespace Portal.Ingestion.Log;

/// <summary>The tables of the message log and of the quarantine.</summary>
internal sealed class LogModel :
    IEntityTypeConfiguration<StoredMessage>, IEntityTypeConfiguration<StoredContent>, IEntityTypeConfiguration<StoredMessageKind>,
    IEntityTypeConfiguration<StoredVolume>, IEntityTypeConfiguration<StoredCompression>,
    IEntityTypeConfiguration<QuarantinedContent>, IEntityTypeConfiguration<StoredBeskedtype>,
    IEntityTypeConfiguration<ReaderPosition>, IEntityTypeConfiguration<StoredIdentifier>
{
    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredMessage> builder)
    {
        builder.ToTable("Messages");
        builder.HasKey(m => m.Sequence);
        builder.Property(m => m.Sequence).ValueGeneratedNever();
        builder.Property(m => m.BeskedId).HasConversion<BeskedIdBytes.Converter>();
        builder.HasIndex(m => m.BeskedId).IsUnique();
        builder.HasIndex(m => new { m.Kind, m.Sequence });
        builder.HasIndex(m => m.ReceivedAt);
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredContent> builder)
    {
        builder.ToTable("MessageContent");
        builder.HasKey(c => c.Sequence);
        builder.Property(c => c.Sequence).ValueGeneratedNever();
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredMessageKind> builder)
    {
        builder.ToTable("MessageKinds");
        builder.HasKey(k => k.Id);
        builder.HasIndex(k => k.Hash).IsUnique();
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredVolume> builder)
    {
        builder.ToTable("Volumes");
        builder.HasKey(v => new { v.Span, v.Bucket, v.Kind });
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredCompression> builder)
    {
        builder.ToTable("Dictionaries");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Id).ValueGeneratedNever();
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<QuarantinedContent> builder)
    {
        builder.ToTable("Quarantine");
        builder.HasKey(q => q.Id);
        builder.HasIndex(q => q.Sha256);
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredBeskedtype> builder)
    {
        builder.ToTable("Beskedtyper");
        builder.HasKey(t => t.Beskedtype);
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<ReaderPosition> builder)
    {
        builder.ToTable("ReaderPositions");
        builder.HasKey(p => p.Reader);
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredIdentifier> builder)
    {
        builder.ToTable("MessageIdentifiers");
        builder.HasKey(i => new { i.Bucket, i.Key, i.Sequence });
    }
}
