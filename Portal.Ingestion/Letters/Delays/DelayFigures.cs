using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Letters.Delays;

/// <summary>How long letters took from sending to arrival.</summary>
/// <param name="Letters">How many letters.</param>
/// <param name="Median">Half of them took longer; zero without letters.</param>
/// <param name="NearlyAll">Their 99th percentile; zero without letters.</param>
public sealed record DelayFigures(int Letters, TimeSpan Median, TimeSpan NearlyAll)
{
    private const double NearlyAllShare = 0.99;

    /// <summary>Figures of no letters.</summary>
    public static DelayFigures None { get; } = new(0, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>The figures of these delays, in any order. Pure.</summary>
    public static DelayFigures Of(IEnumerable<TimeSpan> delays)
    {
        var ordered = delays.Order().ToList();
        return new DelayFigures(ordered.Count, Quantile.Median(ordered), Quantile.Of(ordered, NearlyAllShare));
    }
}

/// <summary>The letters that arrived within an hour.</summary>
/// <param name="From">The start of the hour, UTC. Hours of Copenhagen begin at the same moments.</param>
public sealed record HourlyDelay(DateTimeOffset From, DelayFigures Figures)
{
    /// <summary>How many hours are shown.</summary>
    public const int Hours = 24;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>The hour that a moment lies in, UTC.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % Hour.Ticks), TimeSpan.Zero);

    /// <summary>The start of the earliest of the hours shown at a moment.</summary>
    public static DateTimeOffset FirstAt(DateTimeOffset now) => HourOf(now) - ((Hours - 1) * Hour);

    /// <summary>
    /// The hour of <paramref name="now"/> and those before it, newest first, each with the letters that arrived in it; arrivals outside
    /// them, or after now, count nowhere. Pure.
    /// </summary>
    public static IReadOnlyList<HourlyDelay> Of(IEnumerable<Arrival> arrivals, DateTimeOffset now)
    {
        var byHour = arrivals.Where(a => a.At <= now).ToLookup(a => HourOf(a.At), a => a.Delay);
        return
        [
            .. Enumerable.Range(0, Hours).Select(n => HourOf(now) - (n * Hour))
                .Select(hour => new HourlyDelay(hour, DelayFigures.Of(byHour[hour]))),
        ];
    }
}

/// <summary>A digital letter's arrival, by the status's own time (UTC), and how long after its sending that was.</summary>
public readonly record struct Arrival(DateTimeOffset At, TimeSpan Delay);
