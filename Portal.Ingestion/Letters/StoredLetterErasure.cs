using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Ingestion.Letters;

/// <summary>
/// What a letter was registered with was erased under a rule, and the ledger's key says so. Holds until the letter is registered again.
/// </summary>
public sealed class StoredLetterErasure
{
    public long LetterKey { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset ErasedAt { get; set; }

    /// <summary>Which rule, as the retention names it.</summary>
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
