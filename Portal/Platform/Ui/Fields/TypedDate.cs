using System.Globalization;
using MudBlazor;
using MudBlazor.Utilities.Exceptions;
using Portal.Ingestion.Domain.Time;

namespace Portal.Platform.Ui.Fields;

/// <summary>
/// A day as it is typed in a field: what <see cref="WrittenDate"/> reads (29-11-2026, 29.11.2026, 29/11-26), and besides digits alone
/// (291126, 29112026) and a day without a year (29/11), which is in the present year.
/// </summary>
public static class TypedDate
{
    private const int EarliestYear = 1900;
    private static readonly string[] DigitsAlone = ["ddMMyy", "ddMMyyyy"];

    /// <summary>The day; null when the text is not one.</summary>
    /// <param name="today">Today in Copenhagen.</param>
    public static DateOnly? Read(string? text, DateOnly today)
    {
        var typed = text?.Trim() ?? "";
        if (DateOnly.TryParseExact(typed, DigitsAlone, CultureInfo.InvariantCulture, DateTimeStyles.None, out var digits))
        {
            // Two digits are a year of this century, as in all that WrittenDate reads; the framework puts 50 and later in the former.
            if (typed.Length == 6) return OnDay(2000 + (digits.Year % 100), digits.Month, digits.Day);
            if (digits.Year >= EarliestYear) return digits;
        }

        // Read in a leap year, so that 29/2 is told from a day that no year has.
        foreach (var separator in (ReadOnlySpan<string>)["/", "-", "."])
        {
            var format = $"d'{separator}'M'{separator}'yyyy";
            if (DateOnly.TryParseExact(
                $"{typed.TrimEnd('.')}{separator}2000", format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return OnDay(today.Year, day.Month, day.Day);
            }
        }

        return WrittenDate.Read(typed) is { Day: { } read, IsMonth: false } ? read : null;
    }

    /// <summary>Between a field's date and its text, which is shown as 29-11-2026.</summary>
    /// <param name="today">Today in Copenhagen.</param>
    internal static IConverter<DateTime?, string?> Converter(Func<DateOnly> today) => Conversions.From<DateTime?, string?>(
        date => date?.ToString(DateField.Pattern, CultureInfo.InvariantCulture),
        text => string.IsNullOrWhiteSpace(text) ? null
            : Read(text, today())?.ToDateTime(TimeOnly.MinValue) ?? throw new ConversionException("Converter_InvalidDateTime"));

    private static DateOnly? OnDay(int year, int month, int day) =>
        day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
}
