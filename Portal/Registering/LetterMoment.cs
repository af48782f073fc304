using System.Globalization;
using Portal.Ingestion.Time;

namespace Portal.Registering;

/// <summary>
/// The moment that a letter was sent, as people and spreadsheets write it (<see cref="WrittenDate"/>). One without a zone is Danish local time, a date alone
/// is its midnight. Pure.
/// </summary>
public static class LetterMoment
{
    /// <summary>The time as the API takes it: ISO 8601 with offset. What is no time comes back as it was, for the validation to say so.</summary>
    public static string? ToIso(string? text) => string.IsNullOrWhiteSpace(text) ? null : Read(text) is { } read ? Iso(read.At) : text.Trim();

    /// <summary>The time (UTC), and whether a time of day was written at all; null for what is no time.</summary>
    public static (DateTimeOffset At, bool HasTime)? Read(string? text) => WrittenDate.Read(text) is { At: { } at } read ? (at, read.Clock is not null) : null;

    private static string Iso(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);
}
