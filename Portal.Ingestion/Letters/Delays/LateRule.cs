namespace Portal.Ingestion.Letters.Delays;

/// <summary>
/// When receipts are late everywhere, and what waits because of it (DOMAIN §2, rule 3). Everywhere means within one authority: what is late
/// for others says nothing of its own letters. Pure.
/// </summary>
public static class LateRule
{
    /// <summary>Fewer letters than this say nothing.</summary>
    public const int FewestLetters = 20;

    /// <summary>How far back arrivals count.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromHours(1);

    // A round that was this late, because the program was stopped, does not know when the lateness ended.
    private static readonly TimeSpan Gap = TimeSpan.FromMinutes(1);

    /// <summary>True when an arrival counts at a moment: not one that a fast clock puts after it.</summary>
    public static bool Counts(DateTimeOffset arrival, DateTimeOffset now) => arrival <= now && arrival >= now - Window;

    /// <summary>True when these letters show that receipts are late: the median is above half the deadline.</summary>
    public static bool IsLate(DelayFigures figures, int deadlineHours)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return figures.Letters >= FewestLetters && figures.Median > HalfOf(deadlineHours);
    }

    /// <summary>Half the deadline of digital letters.</summary>
    public static TimeSpan HalfOf(int deadlineHours) => TimeSpan.FromHours(deadlineHours) / 2;

    /// <summary>
    /// A letter whose attempt began before this moment is later than the 99th percentile, and waits no more.
    /// </summary>
    public static DateTimeOffset WaitsFrom(DateTimeOffset now, TimeSpan nearlyAll) =>
        nearlyAll <= TimeSpan.Zero ? now.ToUniversalTime()
        : nearlyAll.Ticks >= now.UtcTicks ? DateTimeOffset.MinValue
        : now.ToUniversalTime() - nearlyAll;

    /// <summary>True while a digital letter whose attempt began at <paramref name="start"/> is not later than nearly all others.</summary>
    public static bool Waits(DateTimeOffset start, DateTimeOffset now, TimeSpan nearlyAll) => start >= WaitsFrom(now, nearlyAll);

    /// <summary>
    /// True when a stored lateness still holds: after an hour that nobody measured, none of its letters lies within the window.
    /// </summary>
    public static bool Holds(DateTimeOffset seenAt, DateTimeOffset now) => seenAt >= now - Window;

    /// <summary>
    /// True when lateness now goes on with a period that ended at <paramref name="ended"/>: both are seen in the same hour of arrivals.
    /// </summary>
    public static bool Continues(DateTimeOffset ended, DateTimeOffset now) => now - ended <= Window;

    /// <summary>When a lateness ended that was last seen at <paramref name="seenAt"/> and is over now.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset seenAt, DateTimeOffset now) => now - seenAt <= Gap ? now : seenAt;
}
