using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Ingestion.Letters.Search;

/// <summary>
/// A search word of a letter, as a number that keeps the alphabetical order (<see cref="WordCode"/>): a prefix is a range of numbers on
/// every database, regardless of its collation. The key orders the letters with a word by the time they were sent.
/// </summary>
public sealed class StoredLetterWord
{
    public required string Authority { get; set; }
    public long Code { get; set; }
    public DateTimeOffset SentAt { get; set; }
    public long LetterKey { get; set; }
}

/// <summary>The table of search words.</summary>
internal sealed class LetterWordModel : IEntityTypeConfiguration<StoredLetterWord>
{
    public void Configure(EntityTypeBuilder<StoredLetterWord> builder)
    {
        builder.ToTable("LetterWords");
        builder.HasKey(w => new { w.Authority, w.Code, w.SentAt, w.LetterKey });
    }
}
