using System.Text.RegularExpressions;

namespace Portal.Features.Chains.Hints;

/// <summary>
/// Finds product names in texts: words with a digit, an underscore or a capital inside, or with an initial capital in the middle of a
/// sentence.
/// </summary>
internal static partial class ProductNames
{
    private const int Shortest = 3;

    public static IReadOnlySet<string> Of(IEnumerable<string> technologies)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in technologies)
        {
            foreach (Match word in Word().Matches(text))
            {
                if (word.Length >= Shortest && (word.ValueSpan[1..].ContainsAnyInRange('A', 'Z') || word.ValueSpan.ContainsAnyInRange(
                    '0', '9') || word.ValueSpan.Contains('_') || (char.IsUpper(word.ValueSpan[0]) && !BeginsSentence(text, word.Index))))
                {
                    names.Add(word.Value);
                }
            }
        }

        // »API« and »IT« are common nouns, not products.
        names.ExceptWith(["API", "API'er", "API'erne", "IT"]);
        return names;
    }

    public static bool AnyIn(string text, IReadOnlySet<string> names) => Word().Matches(text).Any(word => names.Contains(word.Value));

    private static bool BeginsSentence(string text, int index) =>
        text.AsSpan(0, index).TrimEnd() is var before && (before.IsEmpty || before[^1] is '.' or ':' or '!' or '?');

    [GeneratedRegex(@"[\p{L}\p{N}_][\p{L}\p{N}_'’-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
