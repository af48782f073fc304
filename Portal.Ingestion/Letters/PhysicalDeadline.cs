using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;

namespace Portal.Ingestion.Letters;

/// <summary>
/// How the deadline for evidence of a physical letter counts: to the end of the n-th day on which post is handled. Whether Saturdays count
/// is decided here and moves nothing else: days to appeal (<see cref="AppealPeriod"/>) and the age of the worklist's rows ask
/// <see cref="DanishCalendar"/> themselves.
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
