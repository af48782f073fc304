using Portal.Ingestion.Domain.Time;

namespace Portal.Ingestion.Domain;

/// <summary>
/// When an ordinary letter is presumed to have arrived. Ankestyrelsen, after Justitsministeriets vejledning nr. 9533 of 2018, presumes six
/// working days after it was handed to the post, two for a quick letter. <c>Evidence:PresumedArrival</c>.
/// </summary>
/// <param name="WorkingDays">For an ordinary letter.</param>
/// <param name="QuickWorkingDays">For a quick letter (<see cref="PostCategories.IsQuick"/>).</param>
/// <param name="SaturdayCounts">Saturdays count too. They do not unless configured, which is to the citizen's advantage.</param>
public sealed record PresumedArrival(int WorkingDays, int QuickWorkingDays, bool SaturdayCounts)
{
    /// <summary>As shipped.</summary>
    public static PresumedArrival Standard { get; } = new(6, 2, false);

    // Later than any real letter, and far enough from year 9999 that days can still be added.
    private const int LastCountableYear = 9900;

    /// <summary>The working days after the day of posting, that day not counted.</summary>
    public int DaysFor(string? postCategory) => PostCategories.IsQuick(postCategory) ? QuickWorkingDays : WorkingDays;

    /// <summary>
    /// The day in Copenhagen on which a letter that was handed to the post at <paramref name="postedAt"/> is presumed to have arrived; null
    /// for a time that no letter can have.
    /// </summary>
    public DateOnly? DayOf(DateTimeOffset postedAt, string? postCategory)
    {
        var day = DanishTime.DateOf(postedAt);
        if (day.Year > LastCountableYear) return null;
        for (var left = DaysFor(postCategory); left > 0; left--)
        {
            do day = day.AddDays(1);
            while (!Counts(day));
        }

        return day;
    }

    private bool Counts(DateOnly day) => DanishCalendar.IsWorkingDay(day)
        || (SaturdayCounts && day.DayOfWeek == DayOfWeek.Saturday && DanishCalendar.WhyNotWorkingDay(day) == DanishCalendar.Saturday);
}

/// <summary>What a post product says about speed.</summary>
public static class PostCategories
{
    private const string Quick = "Quick";

    /// <summary>True when the product's name begins with <c>Quick</c>, in any case: the letter is presumed to arrive sooner.</summary>
    public static bool IsQuick(string? category) => category?.TrimStart().StartsWith(Quick, StringComparison.OrdinalIgnoreCase) == true;
}
