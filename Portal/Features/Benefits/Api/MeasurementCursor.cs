using System.Globalization;

namespace Portal.Features.Benefits.Api;

/// <summary>Where a page of a list of measurements ended.</summary>
internal readonly record struct MeasurementCursor(DateTimeOffset At, long Id)
{
    /// <summary>Reads a cursor; null for none.</summary>
    /// <exception cref="FormatException">The text is not a cursor of this list.</exception>
    public static MeasurementCursor? Parse(string? text)
    {
        if (text is null) return null;
        return text.Split('-') is [var ticks, var number]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.Ticks
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new MeasurementCursor(new DateTimeOffset(at, TimeSpan.Zero), id)
            : throw new FormatException("Not a cursor of measurements.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}-{Id}");
}
