using Portal.Ingestion.Log;
using Portal.Platform.Text;

namespace Portal.Features.Messages;

/// <summary>
/// The periods to choose in the live list, counted in Danish days: any time (""), <c>today</c>, <c>week</c> (today and the six days
/// before), and <c>other</c>, which comes from the volume strip or a link.
/// </summary>
internal static class MessagePeriod
{
    private const string Today = "today", Week = "week", Other = "other";

    /// <summary>The period of the filter.</summary>
    public static string Of(MessageFilter filter, TimeProvider time) => (filter.From, filter.To) switch
    {
        (null, null) => "",
        ({ } from, null) when from == DanishFormat.StartOfToday(time) => Today,
        ({ } from, null) when from == WeekAgo(time) => Week,
        _ => Other,
    };

    /// <summary>The periods that are offered while one is chosen.</summary>
    public static IEnumerable<string> Offered(string chosen) => chosen == Other ? ["", Today, Week, Other] : ["", Today, Week];

    /// <summary>The key of the period's text.</summary>
    public static string TextOf(string? period) => period switch
    {
        Today => "Today",
        Week => "LastWeek",
        Other => "OtherPeriod",
        _ => "AnyTime",
    };

    /// <summary>The filter with the period; unchanged for <c>other</c>, whose limits are the filter's own.</summary>
    public static MessageFilter Applied(MessageFilter filter, string? period, TimeProvider time) => period == Other
        ? filter
        : filter with { From = period switch { Today => DanishFormat.StartOfToday(time), Week => WeekAgo(time), _ => null }, To = null };

    private static DateTimeOffset WeekAgo(TimeProvider time) => DanishFormat.StartOf(DanishFormat.Day(time.GetUtcNow()).AddDays(-6));
}
