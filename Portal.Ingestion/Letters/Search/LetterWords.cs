using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Search;

/// <summary>Stores the search words of letters within the caller's transaction.</summary>
internal sealed class LetterWords(IngestionDbContext db)
{
    /// <summary>Writes the words of letters and deletes those of <paramref name="replaced"/>, the letters' earlier registrations.</summary>
    public async Task WriteAsync(IReadOnlyCollection<StoredLetter> letters,
        IEnumerable<(StoredLetter Letter, LetterRegistration Was)> replaced, CancellationToken cancellationToken)
    {
        foreach (var (letter, was) in replaced)
        {
            var (codes, sent) = (LetterText.CodesOf(was), was.SentAt);
            await db.LetterWords.Where(w => w.Authority == letter.Authority && EF.Parameter(codes).Contains(w.Code) && w.SentAt == sent
                && w.LetterKey == letter.Key)
                .ExecuteDeleteAsync(cancellationToken);
        }

        await using var rows = db.Inserting("LetterWords", "Authority", "Code", "SentAt", "LetterKey");
        foreach (var letter in letters)
        {
            foreach (var code in LetterText.CodesOf(letter))
                await rows.AddAsync(cancellationToken, letter.Authority, code, letter.SentAt.UtcTicks, letter.Key);
        }

        await rows.FlushAsync(cancellationToken);
    }
}
