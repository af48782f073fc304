using System.Text.RegularExpressions;

namespace Portal.Ingestion.Domain;

/// <summary>
/// Numbers of KL Emnesystematik (KLE): <c>27</c>, <c>27.45</c> or <c>27.45.12</c>; and the patterns of limits: <c>27.45.*</c> is 27.45 and
/// all below it, a number alone is exactly that. Both have a code, a whole number in the same order, by which a database compares them.
/// Pure.
/// </summary>
public static partial class Kle
{
    /// <summary>A level's values, "none" included: the code of <c>27.45</c> divided by this is the code of <c>27</c>.</summary>
    public const int Level = 101;

    private const string Below = ".*";
    private const string Urn = "urn:oio:kle:";
    private const int Levels = 3;
    private const int LongestNumber = 40;

    /// <summary>True when the number or pattern <paramref name="inner"/> is within the pattern <paramref name="outer"/>.</summary>
    public static bool IsWithin(string inner, string outer)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(outer);
        if (inner == outer) return true;
        return outer.EndsWith(Below, StringComparison.Ordinal)
            && $"{inner}.".StartsWith(outer.TrimEnd('*'), StringComparison.Ordinal);
    }

    /// <summary>True for a number or pattern of a limit.</summary>
    public static bool IsPattern(string text) => Pattern().IsMatch(text);

    /// <summary>The number as it is stored; null for any other text. Taken with white space around and as <c>urn:oio:kle:</c>.</summary>
    public static string? Read(string? text)
    {
        if (text is null || text.Length > LongestNumber) return null;
        var number = text.Trim();
        if (number.StartsWith(Urn, StringComparison.OrdinalIgnoreCase)) number = number.Substring(Urn.Length).Trim();
        return Number().IsMatch(number) ? number : null;
    }

    /// <summary>The code of a number from <see cref="Read"/>.</summary>
    public static int CodeOf(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return Combined(number.Split('.'), 0);
    }

    /// <summary>The number of a code.</summary>
    public static string OfCode(int code)
    {
        int[] parts = [code / Level / Level, code / Level % Level, code % Level];
        return string.Join('.', parts.TakeWhile(p => p > 0).Select(p => $"{p - 1:00}"));
    }

    /// <summary>The codes of all numbers within a pattern, both ends included.</summary>
    public static (int From, int To) RangeOf(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var isAll = pattern.EndsWith(Below, StringComparison.Ordinal);
        var parts = (isAll ? pattern.TrimEnd('*').TrimEnd('.') : pattern).Split('.');
        return (Combined(parts, 0), Combined(parts, isAll ? Level - 1 : 0));
    }

    /// <summary>The deepest number that all of the numbers are equal to or below; null when there is none.</summary>
    public static string? Common(IEnumerable<string> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        string[]? common = null;
        foreach (var number in numbers)
        {
            var parts = number.Split('.');
            common = common is null ? parts : [.. common.Zip(parts).TakeWhile(p => p.First == p.Second).Select(p => p.First)];
        }

        return common is { Length: > 0 } ? string.Join('.', common) : null;
    }

    private static int Combined(string[] parts, int rest)
    {
        var code = 0;
        for (var n = 0; n < Levels; n++)
        {
            code = (code * Level)
                + (n < parts.Length ? int.Parse(parts[n], System.Globalization.CultureInfo.InvariantCulture) + 1 : rest);
        }

        return code;
    }

    [GeneratedRegex(@"^[0-9]{2}(?:\.[0-9]{2}){0,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^[0-9]{2}(?:\.\*|\.[0-9]{2}(?:\.\*|\.[0-9]{2}(?:\.\*)?)?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
