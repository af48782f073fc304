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

    /// <summary>03.11.2026 14:01:48; in English 3 November 2026 14:01:48. Danish time, in the language of the page.</summary>
    public static string PageDateAndTime(DateTimeOffset at) => $"{PageDate(at)} {DanishFormat.Clock(at)}";
}
