using System.Globalization;
using System.Text.RegularExpressions;
using MudBlazor;
using MudBlazor.Utilities.Exceptions;

namespace Portal.Platform.Ui.Fields;

/// <summary>A time of day as it is typed in a field: 14:03, 14.03, 1403, 9:05, 905 or an hour alone.</summary>
public static partial class TypedTime
{
    /// <summary>The time of day; null when the text is not one.</summary>
    public static TimeSpan? Read(string? text)
    {
        if (Written().Match(text?.Trim() ?? "") is not { Success: true } match) return null;
        var hour = int.Parse(match.Groups["h"].ValueSpan, CultureInfo.InvariantCulture);
        var minute = match.Groups["m"] is { Success: true } minutes ? int.Parse(minutes.ValueSpan, CultureInfo.InvariantCulture) : 0;
        return hour < 24 && minute < 60 ? new TimeSpan(hour, minute, 0) : null;
    }

    /// <summary>Between a field's time and its text, which is shown as 14:03.</summary>
    internal static IConverter<TimeSpan?, string?> Converter() => Conversions.From<TimeSpan?, string?>(
        time => time?.ToString(@"hh\:mm", CultureInfo.InvariantCulture),
        text => string.IsNullOrWhiteSpace(text) ? null : Read(text) ?? throw new ConversionException("Converter_InvalidTimeSpan"));

    [GeneratedRegex(@"^(?:kl\.? ?)?(?<h>\d{1,2})(?:[:. ]?(?<m>\d{2}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
