using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Ingestion.Letters;

/// <summary>
/// A record that a letter's registration was erased under a retention rule, signed with the ledger's key. Valid until the letter is
/// registered again.
/// </summary>
public sealed class StoredLetterErasure
{
    public long LetterKey { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset ErasedAt { get; set; }

    /// <summary>The rule, as the retention names it.</summary>
    public required string Rule { get; set; }
    public required byte[] Signature { get; set; }
}

/// <summary>The table of erased letters.</summary>
internal sealed class LetterErasureModel : IEntityTypeConfiguration<StoredLetterErasure>
{
    public void Configure(EntityTypeBuilder<StoredLetterErasure> builder)
    {
        builder.ToTable("LetterErasures");
        builder.HasKey(e => e.LetterKey);
        builder.Property(e => e.LetterKey).ValueGeneratedNever();
    }
}
