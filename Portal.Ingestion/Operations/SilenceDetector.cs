using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;

namespace Portal.Ingestion.Operations;

/// <summary>A silence: messages that usually arrive are missing.</summary>
/// <param name="Since">UTC, the end of the last hour with a message.</param>
/// <param name="Usual">How many messages usually arrive in the time since.</param>
public sealed record SilenceFinding(DateTimeOffset Since, long Usual);

/// <summary>
/// Distinguishes an unusual silence from a quiet night. Pure. An hour is compared with the same hour of the week in the last four weeks
/// before the silence (their lower median, so that one unusual week has no effect). Hours that are usually quiet, and public holidays,
/// never cause a warning.
/// </summary>
public static class SilenceDetector
{
    /// <summary>Fewer missing messages than this may be chance.</summary>
    public const long Floor = 20;

    private const int Week = 168;
    private const int Weeks = 4;
    private const int LeastWeeks = 2;
    private const int LongestSilence = Weeks * Week;

    /// <summary>
    /// Checks the volumes of a transport or a message type: whole hours since 1970 (UTC) → messages. Null when there is no unusual silence.
    /// </summary>
    public static SilenceFinding? Judge(IReadOnlyDictionary<long, long> volumes, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(volumes);
        var current = HourOf(now);
        var heard = volumes.Where(v => v.Value > 0 && v.Key <= current).Select(v => v.Key).ToList();
        if (heard.Count == 0) return null;
        var (first, last) = (heard.Min(), heard.Max());
        if (last == current) return null;

        var expected = Usual(volumes, first, last, current) * (now - StartOf(current)).TotalHours;
        for (var hour = Math.Max(last + 1, current - LongestSilence); hour < current; hour++) expected += Usual(volumes, first, last, hour);
        return expected >= Floor ? new SilenceFinding(StartOf(last + 1), (long)expected) : null;
    }

    /// <summary>Whole hours since 1970, UTC.</summary>
    public static long HourOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 3600;

    /// <summary>When an hour begins, UTC.</summary>
    public static DateTimeOffset StartOf(long hour) => DateTimeOffset.FromUnixTimeSeconds(hour * 3600);

    private static long Usual(IReadOnlyDictionary<long, long> volumes, long first, long last, long hour)
    {
        if (IsHoliday(hour)) return 0;

        // Hours of the silence itself are not counted, so that a long silence does not become the usual volume.
        var before = Enumerable.Range(1, Weeks * 2).Select(w => hour - (w * Week)).Where(h => h >= first && h <= last)
            .Take(Weeks).Select(h => volumes.GetValueOrDefault(h)).Order().ToList();
        return before.Count < LeastWeeks ? 0 : before[(before.Count - 1) / 2];
    }

    private static bool IsHoliday(long hour)
    {
        var day = DanishTime.DateOf(StartOf(hour));
        return day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !DanishCalendar.IsWorkingDay(day);
    }
}
