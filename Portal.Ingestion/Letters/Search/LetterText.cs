using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Letters.Search;

/// <summary>The text that a search covers: case number, letter id, title and recipient's name. Pure.</summary>
internal static class LetterText
{
    /// <summary>The codes of a letter's words, each once.</summary>
    public static long[] CodesOf(StoredLetter letter) => CodesOf(letter.CaseNumber, letter.LetterId, letter.Title, letter.RecipientName);

    /// <summary>The codes of a registration's words, each once.</summary>
    public static long[] CodesOf(LetterRegistration letter) =>
        CodesOf(letter.CaseNumber, letter.LetterId, letter.Title, letter.Recipient.Name);

    /// <summary>True when each of the folded <paramref name="words"/> is in the letter, at the beginning of a word.</summary>
    public static bool Matches(IReadOnlyList<string> words, string caseNumber, string letterId, string title, string recipient)
    {
        var fields = Fields(caseNumber, letterId, title, recipient);
        return words.All(word => fields.Any(field => Begins(field, word)));
    }

    private static long[] CodesOf(string caseNumber, string letterId, string title, string recipient) =>
        [.. Fields(caseNumber, letterId, title, recipient).SelectMany(WordCode.Words).Select(WordCode.Of).Distinct()];

    // A person number in a title or name is masked where it is shown, so it must not be found either.
    private static string[] Fields(string caseNumber, string letterId, string title, string recipient) =>
        [FoldId(caseNumber), FoldId(letterId), WordCode.Fold(CprNumber.MaskIn(title)), WordCode.Fold(CprNumber.MaskIn(recipient))];

    /// <summary>The words of a search, folded, each once.</summary>
    public static IEnumerable<string> WordsOf(string? text) =>
        SearchWords.Of(text).Select(word => FoldId(IdentifierKey.Folded(word))).Where(word => word.Length > 0).Distinct();

    // A UUID is found in any notation.
    private static string FoldId(string text) => WordCode.Fold(IdentifierKey.Uuid(text) is { } uuid ? uuid.ToString() : text);

    private static bool Begins(string field, string word)
    {
        for (var at = field.IndexOf(word, StringComparison.Ordinal); at >= 0; at = field.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || !char.IsLetterOrDigit(field[at - 1]) || !char.IsLetterOrDigit(word[0])) return true;
        }

        return false;
    }
}
