using System.Globalization;

namespace Portal.Platform.Text;

/// <summary>How numbers and dates are written in the language of a text: British in English, Danish in every other language.</summary>
public static class LanguageFormat
{
    /// <summary>The notation of English texts.</summary>
    public static CultureInfo English { get; } = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>True for English, whatever the country.</summary>
    public static bool IsEnglish(CultureInfo language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return language.TwoLetterISOLanguageName == "en";
    }

    /// <summary>The culture whose notation a language's texts have.</summary>
    public static CultureInfo Of(CultureInfo language) => IsEnglish(language) ? English : DanishFormat.Danish;

    /// <summary>03.11.2026; in English 3 November 2026, which cannot be mistaken for a day in March.</summary>
    public static string Date(DateOnly day, CultureInfo language) =>
        IsEnglish(language) ? day.ToString("d MMMM yyyy", English) : DanishFormat.Date(day);

    /// <summary>The same in the language of the page that is rendered.</summary>
    public static string PageDate(DateOnly day) => Date(day, CultureInfo.CurrentUICulture);

    /// <summary>The same of a moment; Danish time.</summary>
    public static string PageDate(DateTimeOffset at) => PageDate(DanishFormat.Day(at));

    /// <summary>mandag 23. november 2026; in English Monday 23 November 2026. In the language of the page.</summary>
    public static string PageLongDate(DateOnly day) =>
        IsEnglish(CultureInfo.CurrentUICulture) ? day.ToString("dddd d MMMM yyyy", English) : DanishFormat.LongDate(day);

    /// <summary>1.042.318; in English 1,042,318. In the language of the page.</summary>
    public static string PageNumber(long value) => value.ToString("N0", Of(CultureInfo.CurrentUICulture));

    /// <summary>98,6 with the given number of decimals; in English 98.6. In the language of the page.</summary>
    public static string PageNumber(double value, int decimals) =>
        value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), Of(CultureInfo.CurrentUICulture));

    /// <summary>98,6 %; in English 98.6%; a dash when <paramref name="whole"/> is 0. In the language of the page.</summary>
    public static string PagePercent(long part, long whole) => whole == 0 ? "–"
        : PageNumber(100.0 * part / whole, 1) + (IsEnglish(CultureInfo.CurrentUICulture) ? "%" : " %");

    /// <summary>23. november; in English 23 November; with the year when it is another than <paramref name="today"/>'s.</summary>
    public static string PageDayOfYear(DateOnly day, DateOnly today)
    {
        var english = IsEnglish(CultureInfo.CurrentUICulture);
        return day.ToString((english ? "d MMMM" : "d'.' MMMM") + (day.Year == today.Year ? "" : " yyyy"), Of(CultureInfo.CurrentUICulture));
    }

    /// <summary>14.02, as the Danish texts write a clock; in English 14:02. Danish time, in the language of the page.</summary>
    public static string PageClock(DateTimeOffset at) => IsEnglish(CultureInfo.CurrentUICulture)
        ? DanishFormat.ShortClock(at) : DanishFormat.Local(at).ToString("HH'.'mm", DanishFormat.Danish);

    /// <summary>kl. 14; in English 14:00. The hour that begins then; Danish time, in the language of the page.</summary>
    public static string PageHour(DateTimeOffset at) => DanishFormat.Local(at).ToString(
        IsEnglish(CultureInfo.CurrentUICulture) ? "HH':00'" : "'kl.' HH", DanishFormat.Danish);

    /// <summary>03.11.2026 14:01:48; in English 3 Nov 2026 14:01:48, for narrow columns. Danish time.</summary>
    public static string PageShortDateAndTime(DateTimeOffset at) => IsEnglish(CultureInfo.CurrentUICulture)
        ? DanishFormat.Local(at).ToString("d MMM yyyy HH':'mm':'ss", English) : DanishFormat.DateAndTime(at);

    /// <summary><see cref="DanishFormat.Sent"/> in the language of the page.</summary>
    public static string PageSent(DateTimeOffset at) =>
        Portal.Ingestion.Domain.Time.DanishTime.IsDateAlone(at) ? PageDate(at) : PageDateAndTime(at);

    /// <summary><see cref="DanishFormat.Deadline"/> in the language of the page.</summary>
    public static string PageDeadline(DateTimeOffset at) =>
        Portal.Ingestion.Domain.Time.DanishTime.IsDateAlone(at) ? PageDate(at.AddTicks(-1)) : PageDateAndTime(at);

    /// <summary>03.11.2026 14:01:48; in English 3 November 2026 14:01:48. Danish time, in the language of the page.</summary>
    public static string PageDateAndTime(DateTimeOffset at) => $"{PageDate(at)} {DanishFormat.Clock(at)}";
}
