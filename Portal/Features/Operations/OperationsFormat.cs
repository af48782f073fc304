using System.Globalization;
using Portal.Platform.Text;

namespace Portal.Features.Operations;

/// <summary>Formats sizes and durations for Drift.</summary>
public static class OperationsFormat
{
    private static readonly string[] Units = ["byte", "kB", "MB", "GB", "TB"];

    /// <summary>1.024 byte, 4,2 MB; a kilobyte is 1024 bytes.</summary>
    public static string Bytes(double bytes)
    {
        var (value, unit) = (Math.Abs(bytes), 0);
        for (; value >= 1024 && unit < Units.Length - 1; unit++) value /= 1024;
        return (bytes < 0 ? "−" : "") + LanguageFormat.PageNumber(value, unit == 0 || value >= 100 ? 0 : 1) + " " + Units[unit];
    }

    /// <summary>A letter's time to arrival, in the page's language: 12 min, 14 t, 14 t 20 min up to two days, then 3 dage 4 t.</summary>
    public static string Delay(TimeSpan delay)
    {
        var (hour, days) = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? ("h", "days") : ("t", "dage");
        if (delay < TimeSpan.Zero) delay = TimeSpan.Zero;
        return delay switch
        {
            { TotalHours: < 1 } => $"{delay.Minutes} min",
            { TotalDays: < 2, Minutes: 0 } => $"{(int)delay.TotalHours} {hour}",
            { TotalDays: < 2 } => $"{(int)delay.TotalHours} {hour} {delay.Minutes} min",
            _ => $"{LanguageFormat.PageNumber((long)delay.TotalDays)} {days} {delay.Hours} {hour}",
        };
    }

    /// <summary>35 ms, 4,2 s, 12 min, 3 t, 2 dage.</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 1 } => LanguageFormat.PageNumber((long)Math.Max(0, duration.TotalMilliseconds)) + " ms",
        { TotalSeconds: < 10 } => LanguageFormat.PageNumber(duration.TotalSeconds, 1) + " s",
        { TotalMinutes: < 1 } => LanguageFormat.PageNumber((long)duration.TotalSeconds) + " s",
        _ => DanishFormat.Age(duration),
    };
}
