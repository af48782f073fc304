using System.Globalization;
using System.Text;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Log.Postgres;

/// <summary>
/// The words of an error text as PostgreSQL keeps and asks for them. They are cut here, not by the server's parser, which takes hosts,
/// paths and numbers for single words: both databases find the same.
/// </summary>
internal static class PostgresWords
{
    // Bounds of a tsvector: no longer words, and no more than fit in its megabyte with their places.
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

    /// <summary>The text of a <c>tsquery</c>: the words one after the other, the last one or its beginning.</summary>
    public static string Query(IReadOnlyList<string> words) => string.Join(" <-> ", words.Select(word => $"'{Kept(word)}'")) + ":*";

    private static string Kept(string word) => TextCut.At(word, LongestWord).ToLowerInvariant();
}
