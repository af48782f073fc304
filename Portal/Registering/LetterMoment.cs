using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Ingestion.Time;

namespace Portal.Registering;

/// <summary>
/// Times as people and spreadsheets write them: <c>13-02-2023 12:21</c>, <c>13.02.2023 kl. 12.21</c>, <c>13/2/2023</c>, ISO 8601. One without a zone is Danish local
/// time, a date alone is its midnight. Pure.
/// </summary>
public static partial class LetterMoment
{
    /// <summary>The time as the API takes it: ISO 8601 with offset. What is no time comes back as it was, for the validation to say so.</summary>
    public static string? ToIso(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var trimmed = text.Trim();
        if (Danish().Match(trimmed) is { Success: true } danish && TryLocal(danish, out var local)) return Iso(DanishTime.FromLocal(local));
        return DanishTime.ParseTidsstempel(trimmed.Contains('T', StringComparison.OrdinalIgnoreCase) ? trimmed : trimmed.Replace(' ', 'T')).At is { } at ? Iso(at) : trimmed;
    }

    private static bool TryLocal(Match match, out DateTime local)
    {
        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        local = default;
        var (year, month, day, hour, minute, second) = (Part("y"), Part("m"), Part("d"), Part("h"), Part("n"), Part("s"));
        if (match.Groups["y"].Length == 2) year += 2000;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return false;
        local = new DateTime(year, month, day, hour, minute, second);
        return true;
    }

    private static string Iso(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<d>\d{1,2})[-./](?<m>\d{1,2})[-./](?<y>\d{4}|\d{2})(?:,?\s+(?:kl\.?\s*)?(?<h>\d{1,2})[:.](?<n>\d{2})(?:[:.](?<s>\d{2}))?)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Danish();
}
