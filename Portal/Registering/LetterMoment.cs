using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Time;

namespace Portal.Registering;

/// <summary>
/// Times as people and spreadsheets write them: <c>13-02-2023 12:21</c>, <c>13.02.2023 kl. 12.21</c>, <c>13/2-23</c>, <c>13. februar 2023</c>, ISO 8601. One
/// without a zone is Danish local time, a date alone is its midnight. Pure.
/// </summary>
public static partial class LetterMoment
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

    /// <summary>The time as the API takes it: ISO 8601 with offset. What is no time comes back as it was, for the validation to say so.</summary>
    public static string? ToIso(string? text) => string.IsNullOrWhiteSpace(text) ? null : Read(text) is { } read ? Iso(read.At) : text.Trim();

    /// <summary>The time (UTC), and whether a time of day was written at all; null for what is no time.</summary>
    public static (DateTimeOffset At, bool HasTime)? Read(string? text)
    {
        var trimmed = IdentifierKey.Folded(text ?? "");
        foreach (var pattern in (ReadOnlySpan<Regex>)[Danish(), Named(), Loose()])
        {
            if (pattern.Match(trimmed) is { Success: true } match && TryLocal(match, out var local)) return (DanishTime.FromLocal(local), match.Groups["h"].Success);
        }

        var iso = trimmed.Contains('T', StringComparison.OrdinalIgnoreCase) ? trimmed : trimmed.Replace(' ', 'T');
        if (DanishTime.ParseTidsstempel(iso).At is { } at) return (at, iso.Contains('T', StringComparison.OrdinalIgnoreCase));

        // Days as spreadsheets and English programs write them; a time of day in such a writing is not understood rather than left out.
        return WrittenDate.Read(trimmed) is { Day: { } day, IsMonth: false } && !WrittenDate.HasTime(trimmed)
            ? (DanishTime.FromLocal(day.ToDateTime(TimeOnly.MinValue)), false)
            : null;
    }

    /// <summary>
    /// What is wrong with a text that <see cref="Read"/> does not take, in Danish and with what to write instead; null for one that it takes and
    /// for an empty one.
    /// </summary>
    public static string? Problem(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || Read(text) is not null) return null;
        return WrittenDate.Read(text) switch
        {
            { Problem: WrittenDateProblem.SerialNumber, Suggestion: { } day } =>
                $"Er regnearkets tal for en dag. Mente du {day.ToString("dd-MM-yyyy", CultureInfo.InvariantCulture)}? Vis kolonnen som dato, og gem filen igen.",
            { IsMonth: true } => "Er en måned. Skriv dagen med: 13-02-2023.",
            { Problem: WrittenDateProblem.LongerPeriod } => "Er en periode og ikke en dag. Skriv den som 13-02-2023 12:21.",
            _ => "Er ikke en dato, der findes. Skriv den som 13-02-2023 12:21.",
        };
    }

    private static bool TryLocal(Match match, out DateTime local)
    {
        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        local = default;
        var month = match.Groups["name"] is { Success: true } name ? Array.FindIndex(Months, m => name.Value.StartsWith(m, StringComparison.OrdinalIgnoreCase)) + 1 : Part("m");
        var (year, day, hour, minute, second) = (Part("y"), Part("d"), Part("h"), Part("n"), Part("s"));
        if (match.Groups["y"].Length == 2) year += 2000;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return false;
        local = new DateTime(year, month, day, hour, minute, second);
        return true;
    }

    private static string Iso(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    private const string Clock = @"(?:,?\s*(?:kl\.?\s*)?(?<h>[0-9]{1,2})[:.](?<n>[0-9]{2})(?:[:.](?<s>[0-9]{2}))?)?$";

    [GeneratedRegex(@"^(?<d>[0-9]{1,2})\s?[-./]\s?(?<m>[0-9]{1,2})\s?[-./]\s?(?<y>[0-9]{4}|[0-9]{2})(?:(?=[\s,])" + Clock + "|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Danish();

    [GeneratedRegex(
        @"^(?:(?:man|tirs|ons|tors|fre|lør|søn)dag,?\s+(?:den\s+)?)?(?<d>[0-9]{1,2})\.?[-\s]\s*(?<name>(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*)\.?[-\s,]\s*(?<y>[0-9]{4}|[0-9]{2})(?:(?=[\s,])" + Clock + "|$)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex(@"^(?<y>[0-9]{4})[-./](?<m>[0-9]{1,2})[-./](?<d>[0-9]{1,2})(?:(?=[\s,])" + Clock + "|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Loose();
}
