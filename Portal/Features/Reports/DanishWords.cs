using Portal.Platform.Text;

namespace Portal.Features.Reports;

/// <summary>Formats words and lists for sentences in Danish.</summary>
internal static class DanishWords
{
    private static readonly string[] Words = ["nul", "én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti"];

    /// <summary>A number in words up to ten, »tre«, and in digits from 11. One is »én«, or »ét« for neuter nouns.</summary>
    public static string Number(int count, bool neuter = false) =>
        count == 1 && neuter ? "ét" : count is >= 0 and <= 10 ? Words[count] : DanishFormat.Number(count);

    /// <summary>A number and its noun: »tre gevinster«.</summary>
    public static string Count(int count, string one, string many, bool neuter = false) =>
        $"{Number(count, neuter)} {(count == 1 ? one : many)}";

    /// <summary>A list: »a, b og c«.</summary>
    public static string List(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => $"{string.Join(", ", items.Take(items.Count - 1))} og {items[^1]}",
    };

    /// <summary>Quoted names: »X« og »Y«; with more than two, »X« og to andre.</summary>
    public static string Names(IReadOnlyList<string> names) => names.Count switch
    {
        <= 2 => List([.. names.Select(Quoted)]),
        _ => $"{Quoted(names[0])} og {Number(names.Count - 1)} andre",
    };

    /// <summary>A name in Danish quotation marks, without a full stop of its own.</summary>
    public static string Quoted(string name) => $"»{Bare(name)}«";

    /// <summary>The text without a full stop, semicolon or colon at its end.</summary>
    public static string Bare(string text) => text.Trim().TrimEnd('.', ' ', ';', ':');

    /// <summary>The sentence with a capital first letter.</summary>
    public static string Capital(string sentence) =>
        sentence.Length == 0 ? sentence : char.ToUpper(sentence[0], DanishFormat.Danish) + sentence[1..];

    /// <summary>The text with a full stop, unless it already ends in a punctuation mark.</summary>
    public static string Ended(string text) =>
        text.Trim() is { Length: > 0 } words ? words[^1] is '.' or '!' or '?' or '…' ? words : words + "." : "";
}
