using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;

namespace Portal.Ingestion.Letters;

/// <summary>
/// The deadline for evidence of a physical letter: the end of the n-th day on which post is handled. Whether Saturdays count is decided
/// here and affects nothing else: appeal periods (<see cref="AppealPeriod"/>) and the age of worklist rows use <see cref="DanishCalendar"/>
/// directly.
/// </summary>
internal static class PhysicalDeadline
{
    /// <summary>When evidence counts as missing, UTC.</summary>
    /// <param name="start">When the attempt began; its day is not counted.</param>
    /// <param name="days"><c>Evidence:PhysicalDeadlineDays</c>.</param>
    public static DateTimeOffset Of(DateTimeOffset start, int days)
    {
        var day = DanishTime.DateOf(start);
        for (; days > 0; days--)
        {
            do day = day.AddDays(1);
            while (!Counts(day));
        }

        return DanishTime.EndOf(day).ToUniversalTime();
    }

    private static bool Counts(DateOnly day) => DanishCalendar.IsWorkingDay(day);
}
