using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Ingestion.Domain.Time;

/// <summary>Danish local time (Europe/Copenhagen), and parsing of the times in envelopes.</summary>
public static partial class DanishTime
{
    private const string Usual = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    /// <summary>Europe/Copenhagen.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen");

    /// <summary>
    /// A local time as UTC. One that exists twice (autumn) is the earlier; one that the clock skips in spring counts as an hour later.
    /// </summary>
    public static DateTimeOffset FromLocal(DateTime local)
    {
        var unspecified = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var offset = Zone.IsAmbiguousTime(unspecified) ? Zone.GetAmbiguousTimeOffsets(unspecified).Max() : Zone.GetUtcOffset(unspecified);
        var utcTicks = unspecified.Ticks - offset.Ticks;
        return utcTicks < 0 ? DateTimeOffset.MinValue : new DateTimeOffset(utcTicks, TimeSpan.Zero);
    }

    /// <summary>A moment as the clock in Copenhagen shows it.</summary>
    public static DateTimeOffset ToLocal(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>The date in Copenhagen.</summary>
    public static DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(ToLocal(at).DateTime);

    /// <summary>
    /// True for exactly midnight in Copenhagen (to the tick): our own forms, and systems without a time of day, store a date so. It is
    /// shown as a date alone, since 00:00 would be a time that nobody recorded.
    /// </summary>
    public static bool IsDateAlone(DateTimeOffset at) => ToLocal(at).TimeOfDay == TimeSpan.Zero;

    /// <summary>The midnight in Copenhagen at the end of a day, UTC.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => FromLocal(day.AddDays(1).ToDateTime(TimeOnly.MinValue));

    /// <summary>
    /// Reads a time of an envelope: <c>xs:dateTime</c> with or without zone (without: Danish local time), a date alone (its midnight),
    /// fractions of any length. Never throws: for a text that is not a time, <see cref="Tidsstempel.At"/> is null.
    /// </summary>
    public static Tidsstempel ParseTidsstempel(string text)
    {
        var trimmed = text.Trim();
        return new Tidsstempel(trimmed,
            IsZoned(trimmed) && DateTimeOffset.TryParseExact(trimmed, Usual, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
                ? at.ToUniversalTime()
                : Parse(trimmed));
    }

    // The usual format, parsed the fast way; every other text takes the regular expression.
    private static bool IsZoned(string text) =>
        text.Length is >= 20 and <= 33 && (text[^1] == 'Z' || (text[^3] == ':' && text[^6] is '+' or '-'));

    private static DateTimeOffset? Parse(string text)
    {
        var match = DateTimePattern().Match(text);
        if (!match.Success) return null;
        int Group(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;

        var (hour, minute, second) = (Group("h"), Group("m"), Group("s"));
        var fraction = match.Groups["f"].Success
            ? long.Parse(match.Groups["f"].Value.PadRight(7, '0').AsSpan(0, 7), CultureInfo.InvariantCulture) : 0;
        var endOfDay = hour == 24 && minute == 0 && second == 0 && fraction == 0;
        if (!DateOnly.TryParseExact(
            match.Groups["d"].ValueSpan, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return null;
        }
        if ((hour > 23 && !endOfDay) || minute > 59 || second > 59) return null;

        var ticks = date.ToDateTime(TimeOnly.MinValue).Ticks + new TimeSpan(hour, minute, second).Ticks + fraction;
        if (ticks > DateTime.MaxValue.Ticks) return null;
        var local = new DateTime(ticks);
        var zone = match.Groups["z"].Value;
        if (zone.Length == 0) return FromLocal(local);

        var offset = TimeSpan.Zero;
        if (zone is not ("Z" or "z"))
        {
            offset = new TimeSpan(Group("zh"), Group("zm"), 0);
            if (offset > TimeSpan.FromHours(14) || Group("zm") > 59) return null;
            if (zone[0] == '-') offset = -offset;
        }

        var utcTicks = ticks - offset.Ticks;
        return utcTicks < 0 || utcTicks > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(utcTicks, TimeSpan.Zero);
    }

    [GeneratedRegex(@"^(?<d>[0-9]{4}-[0-9]{2}-[0-9]{2})(T(?<h>[0-9]{2}):(?<m>[0-9]{2})(:(?<s>[0-9]{2})([.,](?<f>[0-9]+))?)?)?(?<z>Z|z"
        + @"|[+-](?<zh>[0-9]{2}):?(?<zm>[0-9]{2}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DateTimePattern();
}

/// <summary>
/// A time as the sender wrote it, and the moment (UTC) that it means. <paramref name="At"/> is null for an unbounded limit
/// (<c>GraenseIndikator</c>) and for text that is not a time. A time without zone is Danish local time; one that exists twice is the
/// earlier.
/// </summary>
public sealed record Tidsstempel(string Text, DateTimeOffset? At);
