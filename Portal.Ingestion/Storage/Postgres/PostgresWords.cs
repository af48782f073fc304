using System.Globalization;

namespace Portal.Ingestion.Storage.Postgres;

/// <summary>
/// The words of an error text as PostgreSQL keeps and asks for them. They are cut here, not by the server's parser, which takes hosts, paths and
/// numbers for single words: both databases find the same.
/// </summary>
internal static class PostgresWords
{
    // Bounds of a tsvector: no longer words, and no more than fit in one.
    private const int LongestWord = 500;
    private const int MostWords = 10_000;

    /// <summary>The text of a <c>tsvector</c>.</summary>
    public static string Vector(IReadOnlyList<string> words) =>
        string.Join(' ', words.Take(MostWords).Select((word, n) => string.Create(CultureInfo.InvariantCulture, $"'{Kept(word)}':{n + 1}")));

    /// <summary>The text of a <c>tsquery</c>: the words one after the other, the last one or its beginning.</summary>
    public static string Query(IReadOnlyList<string> words) => string.Join(" <-> ", words.Select(word => $"'{Kept(word)}'")) + ":*";

    private static string Kept(string word) => (word.Length > LongestWord ? word[..LongestWord] : word).ToLowerInvariant();
}
