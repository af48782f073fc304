using System.Globalization;
using System.Text;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Log.Postgres;

/// <summary>
/// The words of an error text for PostgreSQL's full-text search. They are split here and not by the server's parser, which treats hosts,
/// paths and numbers as single words, so that both databases find the same.
/// </summary>
internal static class PostgresWords
{
    // Limits of a tsvector: the length of a word, and what fits in its megabyte with positions.
    private const int LongestWord = 500;
    private const int MostWords = 10_000;
    private const int MostBytes = 900_000;

    /// <summary>The text of a <c>tsvector</c>.</summary>
    public static string Vector(IReadOnlyList<string> words)
    {
        var (vector, bytes) = (new StringBuilder(), 0);
        for (var n = 0; n < Math.Min(words.Count, MostWords); n++)
        {
            var word = Kept(words[n]);
            bytes += Encoding.UTF8.GetByteCount(word);
            if (bytes > MostBytes) break;
            vector.Append(CultureInfo.InvariantCulture, $"{(n == 0 ? "" : " ")}'{word}':{n + 1}");
        }

        return vector.ToString();
    }

    /// <summary>The text of a <c>tsquery</c>: the words in sequence, the last one as a prefix.</summary>
    public static string Query(IReadOnlyList<string> words) => string.Join(" <-> ", words.Select(word => $"'{Kept(word)}'")) + ":*";

    private static string Kept(string word) => TextCut.At(word, LongestWord).ToLowerInvariant();
}
