using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;

namespace Portal.Features.Overview;

/// <summary>When people last went home: what has come since is new to them. Pure.</summary>
public static class LastWorkingDay
{
    // The end of an ordinary day at an authority.
    private static readonly TimeOnly End = new(16, 0);

    /// <summary>The end of the last working day before today, UTC: 16 o'clock in Copenhagen.</summary>
    public static DateTimeOffset EndBefore(DateTimeOffset now)
    {
        var day = DanishTime.DateOf(now).AddDays(-1);
        while (!IsWorking(day)) day = day.AddDays(-1);
        return DanishTime.FromLocal(day.ToDateTime(End));
    }

    private static bool IsWorking(DateOnly day) => DanishCalendar.IsWorkingDay(day);
}
