using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Ingestion.Letters.Search;

/// <summary>
/// A word of a letter, as a number that keeps the words' order (<see cref="WordCode"/>): a prefix is a range of numbers on every database,
/// regardless of its collation. The letters with a word are in the order of their sending.
/// </summary>
public sealed class StoredLetterWord
{
    public required string Authority { get; set; }
    public long Code { get; set; }
    public DateTimeOffset SentAt { get; set; }
    public long LetterKey { get; set; }
}

/// <summary>The table of words.</summary>
internal sealed class LetterWordModel : IEntityTypeConfiguration<StoredLetterWord>
{
    public void Configure(EntityTypeBuilder<StoredLetterWord> builder)
    {
        builder.ToTable("LetterWords");
        builder.HasKey(w => new { w.Authority, w.Code, w.SentAt, w.LetterKey });
    }
}
