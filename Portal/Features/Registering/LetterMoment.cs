using System.Globalization;
using Portal.Ingestion.Domain.Time;

namespace Portal.Features.Registering;

/// <summary>
/// The moment that a letter was sent, as people and spreadsheets write it (<see cref="WrittenDate"/>). One without a zone is Danish local
/// time, a date alone is its midnight. Pure.
/// </summary>
public static class LetterMoment
{
    /// <summary>
    /// The time as the API takes it: ISO 8601 with offset. What is no time comes back as it was, for the validation to say so.
    /// </summary>
    public static string? ToIso(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : Read(text) is { } read ? Iso(read.At) : text.Trim();

    /// <summary>The time (UTC), and whether a time of day was written at all; null for what is no time.</summary>
    public static (DateTimeOffset At, bool HasTime)? Read(string? text) =>
        WrittenDate.Read(text) is { At: { } at } read ? (at, read.Clock is not null) : null;

    /// <summary>
    /// What is wrong with a text that <see cref="Read"/> does not take, in Danish and with what to write instead; null for one that it
    /// takes and for an empty one.
    /// </summary>
    public static string? Problem(string? text) =>
        string.IsNullOrWhiteSpace(text) || Read(text) is not null ? null : WrittenDate.Read(text) switch
        {
            { Suggestion: { } day } =>
                $"Er regnearkets nummer for {day.ToString("dd-MM-yyyy", CultureInfo.InvariantCulture)}. "
                + "Vis kolonnen som datoer i regnearket, og gem filen igen.",
            { IsMonth: true } => "Er en måned uden dag. Skriv den som 13-02-2023 12:21.",
            { Problem: WrittenDateProblem.EitherDay } =>
                "Kan læses på to måder: med dagen eller måneden først. Skriv den som 2023-02-13 12:21.",
            { Problem: WrittenDateProblem.LongerPeriod } => "Er en periode og ikke en dag. Skriv den som 13-02-2023 12:21.",
            _ when text.TrimStart().StartsWith('#') =>
                "Er regnearkets tegn for en for smal kolonne eller en fejl. Ret den dér, og gem filen igen.",
            _ => "Er ikke en dato, der findes. Skriv den som 13-02-2023 12:21.",
        };

    private static string Iso(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);
}
