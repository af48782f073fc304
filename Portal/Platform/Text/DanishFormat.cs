using System.Globalization;

namespace Portal.Platform.Text;

/// <summary>
/// Times, dates, numbers and ages as Danes write them. Times are shown in Europe/Copenhagen, regardless of the server's zone.
/// </summary>
public static class DanishFormat
{
    private static readonly TimeZoneInfo Copenhagen = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen");

    /// <summary>The notation of files, documents and mails; a page has that of its language (<see cref="LanguageFormat"/>).</summary>
    public static CultureInfo Danish { get; } = CultureInfo.GetCultureInfo("da-DK");

    /// <summary>The moment in Danish local time.</summary>
    public static DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Copenhagen);

    /// <summary>14:01:58</summary>
    public static string Clock(DateTimeOffset at) => Local(at).ToString("HH':'mm':'ss", Danish);

    /// <summary>14:01</summary>
    public static string ShortClock(DateTimeOffset at) => Local(at).ToString("HH':'mm", Danish);

    /// <summary>23.11.2026 14:01:48</summary>
    public static string DateAndTime(DateTimeOffset at) => Local(at).ToString("dd'.'MM'.'yyyy HH':'mm':'ss", Danish);

    /// <summary>
    /// When a letter was sent: 23.11.2026 14:01:48, or 23.11.2026 when only the date is known
    /// (<see cref="Portal.Ingestion.Domain.Time.DanishTime.IsDateAlone"/>).
    /// </summary>
    public static string Sent(DateTimeOffset at) => Portal.Ingestion.Domain.Time.DanishTime.IsDateAlone(at) ? Date(at) : DateAndTime(at);

    /// <summary>
    /// Until when: 23.11.2026 14:01:48, or 22.11.2026, the last day, for a deadline that ends at the midnight after it.
    /// </summary>
    public static string Deadline(DateTimeOffset at) =>
        Portal.Ingestion.Domain.Time.DanishTime.IsDateAlone(at) ? Date(at.AddTicks(-1)) : DateAndTime(at);

    /// <summary>23.11.2026</summary>
    public static string Date(DateTimeOffset at) => Local(at).ToString("dd'.'MM'.'yyyy", Danish);

    /// <summary>23.11.2026</summary>
    public static string Date(DateOnly date) => date.ToString("dd'.'MM'.'yyyy", Danish);

    /// <summary>mandag 23. november 2026</summary>
    public static string LongDate(DateTimeOffset at) => Local(at).ToString("dddd d'.' MMMM yyyy", Danish);

    /// <summary>mandag 23. november 2026</summary>
    public static string LongDate(DateOnly date) => date.ToString("dddd d'.' MMMM yyyy", Danish);

    /// <summary>The ISO week, as in Danish calendars.</summary>
    public static int Week(DateTimeOffset at) => ISOWeek.GetWeekOfYear(Local(at).DateTime);

    /// <summary>The Copenhagen date of a moment.</summary>
    public static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(Local(at).DateTime);

    /// <summary>The start of a Copenhagen date, in UTC.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Copenhagen.GetUtcOffset(midnight)).ToUniversalTime();
    }

    /// <summary>The start of today in Copenhagen, in UTC.</summary>
    public static DateTimeOffset StartOfToday(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return StartOf(Day(time.GetUtcNow()));
    }

    /// <summary>1.042.318</summary>
    public static string Number(long value) => value.ToString("N0", Danish);

    /// <summary>98,6 with the given number of decimals.</summary>
    public static string Number(double value, int decimals) =>
        value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), Danish);

    /// <summary>98,6 %; a dash when <paramref name="whole"/> is 0.</summary>
    public static string Percent(long part, long whole) => whole == 0 ? "–" : Number(100.0 * part / whole, 1) + " %";

    /// <summary>A waiting time, in the page's language: "lige nu", "12 min", "31 t" up to two days, then "3 dage".</summary>
    public static string Age(TimeSpan age)
    {
        var english = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
        if (age < TimeSpan.FromMinutes(1)) return english ? "just now" : "lige nu";
        if (age < TimeSpan.FromHours(1)) return $"{(int)age.TotalMinutes} min";
        if (age < TimeSpan.FromDays(2)) return $"{(int)age.TotalHours} {(english ? "h" : "t")}";
        return $"{LanguageFormat.PageNumber((long)age.TotalDays)} {(english ? "days" : "dage")}";
    }
}
