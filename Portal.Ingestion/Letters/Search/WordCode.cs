using System.Globalization;
using System.Text;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Letters.Search;

/// <summary>
/// Search words: folded to lower case by Danish rules, and split at everything that is neither letter nor digit. The first ten characters
/// of a word are packed into a number, six bits each, so that the words with a prefix are a range. Pure.
/// </summary>
public static class WordCode
{
    /// <summary>
    /// Characters packed into a number. Words with the same first ten characters have the same number; the letter's text is checked to
    /// distinguish them.
    /// </summary>
    public const int Length = 10;

    private const int Bits = 6;
    private const int Highest = (1 << Bits) - 1;

    /// <summary>
    /// The text in lower case without accents and marks, except æ, ø and å; ü becomes y, ö ø and ä æ, as Danish name lists are sorted; full
    /// width becomes ASCII.
    /// </summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);

        // Replaces unpaired surrogates, for which Normalize throws.
        if (text.Any(char.IsSurrogate)) text = string.Concat(text.EnumerateRunes());
        foreach (var rune in text.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            // A soft hyphen or a zero-width space does not split a word; every kind of hyphen becomes the ASCII one.
            if (rune.Value >= 128 && IdentifierKey.IsInvisible(rune)) continue;
            if (rune.Value >= 128 && IdentifierKey.IsHyphen(rune))
            {
                folded.Append('-');
                continue;
            }

            var small = Rune.ToLowerInvariant(PlainText.Narrow(rune));
            switch (small.Value)
            {
                case 'æ' or 'ø' or 'å' or < 128: folded.Append(small); break;
                case 'ä': folded.Append('æ'); break;
                case 'ö': folded.Append('ø'); break;
                case 'ü': folded.Append('y'); break;
                case 'ß': folded.Append("ss"); break;
                case 'ð': folded.Append('d'); break;
                case 'þ': folded.Append("th"); break;
                default:
                    foreach (var part in small.ToString().Normalize(NormalizationForm.FormD).EnumerateRunes())
                    {
                        if (Rune.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark) folded.Append(part);
                    }

                    break;
            }
        }

        return folded.ToString();
    }

    /// <summary>The words of a folded text.</summary>
    public static IEnumerable<string> Words(string folded)
    {
        var start = -1;
        for (var n = 0; n <= folded.Length; n++)
        {
            var inside = n < folded.Length && char.IsLetterOrDigit(folded[n]);
            if (inside && start < 0) start = n;
            if (inside || start < 0) continue;
            yield return folded[start..n];
            start = -1;
        }
    }

    /// <summary>The number of a folded word.</summary>
    public static long Of(string word) => Range(word).From;

    /// <summary>The numbers of all words that begin with a folded <paramref name="prefix"/>, both ends included.</summary>
    public static (long From, long To) Range(string prefix)
    {
        var (from, to) = (0L, 0L);
        for (var n = 0; n < Length; n++)
        {
            from = (from << Bits) | (n < prefix.Length ? Place(prefix[n]) : 0L);
            to = (to << Bits) | (n < prefix.Length ? Place(prefix[n]) : (long)Highest);
        }

        return (from, to);
    }

    // Letters of other alphabets share the last values: a number then finds too many letters, and checking the text removes them.
    private static long Place(char letter) => letter switch
    {
        >= '0' and <= '9' => 1 + letter - '0',
        >= 'a' and <= 'z' => 11 + letter - 'a',
        'æ' => 37,
        'ø' => 38,
        'å' => 39,
        _ => 40 + (letter % 23),
    };
}
