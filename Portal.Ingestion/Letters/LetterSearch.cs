using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>Free-text search of letters: each word stands in case number, letter id, title or recipient's name.</summary>
internal static class LetterSearch
{
    private const int MaxWords = 8;
    private static readonly CultureInfo Danish = CultureInfo.GetCultureInfo("da-DK");

    public static IQueryable<StoredLetter> Matching(IQueryable<StoredLetter> letters, string? text)
    {
        foreach (var word in (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MaxWords))
        {
            // SQLite's LIKE knows no case beyond ASCII: æ, ø and å are looked for as written, lower, upper and capitalised.
            var (written, lower, upper) = (Pattern(word), Pattern(word.ToLower(Danish)), Pattern(word.ToUpper(Danish)));
            var capital = Pattern(word[..1].ToUpper(Danish) + word[1..].ToLower(Danish));
            letters = letters.Where(l =>
                EF.Functions.Like(l.CaseNumber, written, "\\") || EF.Functions.Like(l.LetterId, written, "\\")
                || EF.Functions.Like(l.Title, written, "\\") || EF.Functions.Like(l.RecipientName, written, "\\")
                || EF.Functions.Like(l.Title, lower, "\\") || EF.Functions.Like(l.RecipientName, lower, "\\")
                || EF.Functions.Like(l.Title, upper, "\\") || EF.Functions.Like(l.RecipientName, upper, "\\")
                || EF.Functions.Like(l.Title, capital, "\\") || EF.Functions.Like(l.RecipientName, capital, "\\"));
        }

        return letters;
    }

    private static string Pattern(string word) =>
        $"%{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
