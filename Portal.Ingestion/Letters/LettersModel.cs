using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Ingestion.Letters;

/// <summary>The tables of letters and of the statuses that belong to them.</summary>
internal sealed class LettersModel :
    IEntityTypeConfiguration<StoredLetter>, IEntityTypeConfiguration<StoredLetterVersion>,
    IEntityTypeConfiguration<StoredLetterIdentifier>, IEntityTypeConfiguration<StoredStatusMatch>
{
    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredLetter> builder)
    {
        builder.ToTable("Letters");
        builder.HasKey(l => l.Key);
        builder.HasIndex(l => new { l.Authority, l.LetterId }).IsUnique();
        builder.Property(l => l.CaseNumberKey).HasDefaultValue("");
        builder.Property(l => l.LetterIdKey).HasDefaultValue("");
        builder.Property(l => l.Receipts).HasDefaultValue(ReceiptNames.All);
        builder.Property(l => l.RegisteredFrom).HasDefaultValue(RegistrationSource.Unknown);
        builder.Property(l => l.Physical).HasDefaultValue(false);
        builder.HasIndex(l => l.Rules);
        builder.HasIndex(l => new { l.Authority, l.LetterIdKey });
        builder.HasIndex(l => new { l.Authority, l.CaseNumberKey });
        builder.HasIndex(l => new { l.Verdict, l.EvidenceDeadline });
        builder.HasIndex(l => l.RecipientHash);
        builder.HasIndex(l => l.SentAt);
        builder.HasIndex(l => new { l.Authority, l.SentAt, l.Key });

        // For roles with limits; letters without the fields cost nothing.
        builder.HasIndex(l => new { l.Authority, l.OrganisationUnit, l.SentAt }).HasFilter("\"OrganisationUnit\" IS NOT NULL");
        builder.HasIndex(l => new { l.Authority, l.Kle, l.SentAt }).HasFilter("\"Kle\" IS NOT NULL");

        // The arrivals of the last hour are measured every few seconds: read from the index alone, without a letter's row.
        builder.HasIndex(l => new { l.Authority, l.VerdictAt, l.ArrivalDelay }).HasFilter("\"ArrivalDelay\" IS NOT NULL");
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredLetterVersion> builder)
    {
        builder.ToTable("LetterVersions");
        builder.HasKey(v => new { v.LetterKey, v.Version });
        builder.Property(v => v.RegisteredFrom).HasDefaultValue(RegistrationSource.Unknown);
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredLetterIdentifier> builder)
    {
        builder.ToTable("LetterIdentifiers");
        builder.HasKey(i => new { i.Authority, i.Kind, i.Value, i.LetterKey });
        builder.HasIndex(i => i.LetterKey);
    }

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<StoredStatusMatch> builder)
    {
        builder.ToTable("StatusMatches");
        builder.HasKey(m => new { m.Sequence, m.Part });
        builder.HasIndex(m => m.LetterKey).HasFilter("\"LetterKey\" IS NOT NULL");
        builder.HasIndex(m => new { m.State, m.Since }).HasFilter("\"State\" <> 1");
        builder.HasIndex(m => new { m.Mute, m.Sequence }).HasFilter("\"Mute\" IS NOT NULL");
    }
}
