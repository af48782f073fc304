using Portal.Ingestion.Domain;
using Portal.Platform.Text;

namespace Portal.Features.FollowUp;

/// <summary>Ages of rows in working days.</summary>
public static class WorkAge
{
    /// <summary>The last moment of the latest day that is more than <paramref name="workingDays"/> working days ago, UTC.</summary>
    public static DateTimeOffset Before(DateTimeOffset now, int workingDays)
    {
        var day = DanishFormat.Day(now);
        for (var left = workingDays; left >= 0; day = day.AddDays(-1))
        {
            if (DanishCalendar.IsWorkingDay(day)) left--;
        }

        return DanishFormat.StartOf(day.AddDays(1)).AddTicks(-1);
    }
}
