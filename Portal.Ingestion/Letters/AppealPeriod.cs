using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Letters;

/// <summary>
/// A period within which a decision can be appealed: an ISO 8601 period of years, months, weeks and days, e.g. <c>P28D</c>, <c>P4W</c>,
/// <c>P1M</c>.
/// </summary>
public sealed partial record AppealPeriod
{
    private AppealPeriod(int months, int days) => (Months, Days) = (months, days);

    /// <summary>Whole months; a year is twelve.</summary>
    public int Months { get; }

    /// <summary>Whole days; a week is seven.</summary>
    public int Days { get; }

    /// <summary>Reads a period of at least one day; false for any other text.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out AppealPeriod? period)
    {
        period = null;
        var match = Iso().Match(text?.Trim().ToUpperInvariant() ?? "");
        if (!match.Success) return false;
        int Number(string unit) => match.Groups[unit].Success ? int.Parse(match.Groups[unit].Value, CultureInfo.InvariantCulture) : 0;
        var (months, days) = (12 * Number("y") + Number("m"), 7 * Number("w") + Number("d"));
        if (months + days == 0) return false;
        period = new AppealPeriod(months, days);
        return true;
    }

    /// <summary>
    /// The last day of the period: the day of arrival is not counted; months end on the same day of the month or the month's last. A last
    /// day on which no deadline ends moves to the next one on which one may.
    /// </summary>
    public DateOnly LastDay(DateOnly arrival, ClosedDays closed)
    {
        ArgumentNullException.ThrowIfNull(closed);
        return closed.Next(Unmoved(arrival));
    }

    /// <summary>The last day as counted, before it is moved.</summary>
    public DateOnly Unmoved(DateOnly arrival) => arrival.AddMonths(Months).AddDays(Days);

    /// <summary>The length in words: <c>28 dage</c>, <c>1 måned</c>.</summary>
    public LocalizedText DisplayText
    {
        get
        {
            var months = Months == 1 ? LocalizedText.Of("Month") : LocalizedText.Of("Months", Months);
            var days = Days == 1 ? LocalizedText.Of("OneDay") : LocalizedText.Of("Days", Days);
            return Months == 0 ? days : Days == 0 ? months : LocalizedText.Of("And", months, days);
        }
    }

    /// <summary>The length in Danish.</summary>
    public override string ToString() => DisplayText.Danish;

    // The number of digits is limited, so that a period adds at most a few hundred years.
    [GeneratedRegex(
        @"^P(?=\d)(?:(?<y>\d{1,2})Y)?(?:(?<m>\d{1,3})M)?(?:(?<w>\d{1,3})W)?(?:(?<d>\d{1,4})D)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Iso();
}
