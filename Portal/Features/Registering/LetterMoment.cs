using System.Globalization;
using Portal.Ingestion.Domain.Time;

namespace Portal.Features.Registering;

/// <summary>
/// Reads the time when a letter was sent, as people and spreadsheets write it (<see cref="WrittenDate"/>). A time without a zone is Danish
/// local time, a date alone is midnight. Pure.
/// </summary>
public static class LetterMoment
{
    /// <summary>
    /// The time in the API's format, ISO 8601 with offset. A text that is not a time is returned unchanged, for the validation to refuse.
    /// </summary>
    public static string? ToIso(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : Read(text) is { } read ? Iso(read.At) : text.Trim();

    /// <summary>The time (UTC), and whether the text has a time of day; null when it is not a time.</summary>
    public static (DateTimeOffset At, bool HasTime)? Read(string? text) =>
        WrittenDate.Read(text) is { At: { } at } read ? (at, read.Clock is not null) : null;

    /// <summary>
    /// What is wrong with the text, and what to write instead, in Danish; null for an empty text and one that <see cref="Read"/> accepts.
    /// </summary>
    /// <param name="text">As it was written.</param>
    /// <param name="isDayAlone">The time of day has a field of its own, so the example has none.</param>
    public static string? Problem(string? text, bool isDayAlone = false)
    {
        var (example, year) = isDayAlone ? ("dd-mm-åååå, f.eks. 13-02-2023", "2023-02-13") : ("13-02-2023 12:21", "2023-02-13 12:21");
        return string.IsNullOrWhiteSpace(text) || Read(text) is not null ? null : WrittenDate.Read(text) switch
        {
            { Suggestion: { } day } =>
                $"Er regnearkets nummer for {day.ToString("dd-MM-yyyy", CultureInfo.InvariantCulture)}. "
                + "Vis kolonnen som datoer i regnearket, og gem filen igen.",
            { IsMonth: true } => $"Er en måned uden dag. Skriv den som {example}.",
            { Problem: WrittenDateProblem.EitherDay } =>
                $"Kan læses på to måder: med dagen eller måneden først. Skriv den som {year}.",
            { Problem: WrittenDateProblem.LongerPeriod } => $"Er en periode og ikke en dag. Skriv den som {example}.",
            _ when text.TrimStart().StartsWith('#') =>
                "Er regnearkets tegn for en for smal kolonne eller en fejl. Ret den dér, og gem filen igen.",
            _ => $"Er ikke en dato, der findes. Skriv den som {example}.",
        };
    }

    /// <summary>Whether a day is followed by what is no time of day (25:99).</summary>
    public static bool IsWrongClock(string? text) =>
        text?.Trim().Split(' ', 2) is [var day, _] && Read(text) is null && Read(day) is not null;

    private static string Iso(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);
}
