using Portal.Ingestion.Log;
using Portal.Platform.Text;

namespace Portal.Features.Messages;

/// <summary>The periods of the live page's list: any time, today, the last seven days, or another that the address gives. Pure.</summary>
internal static class MessagePeriod
{
    private const string Other = "other";

    /// <summary>The period of a filter; empty for any time.</summary>
    public static string Of(MessageFilter filter, TimeProvider time) => (filter.From, filter.To) switch
    {
        (null, null) => "",
        ({ } from, null) when from == DanishFormat.StartOfToday(time) => "today",
        ({ } from, null) when from == WeekAgo(time) => "week",
        _ => Other,
    };

    /// <summary>What the list offers; another period only while it holds.</summary>
    public static IEnumerable<string> Choices(string present) => present == Other ? ["", "today", "week", Other] : ["", "today", "week"];

    /// <summary>The key of a period's text.</summary>
    public static string TextKey(string? period) => period switch
    {
        "today" => "Today",
        "week" => "LastWeek",
        Other => "OtherPeriod",
        _ => "AnyTime",
    };

    /// <summary>The filter with a period; null for one that only an address can give.</summary>
    public static MessageFilter? In(MessageFilter filter, string? period, TimeProvider time) => period == Other ? null : filter with
    {
        From = period switch { "today" => DanishFormat.StartOfToday(time), "week" => WeekAgo(time), _ => null }, To = null,
    };

    private static DateTimeOffset WeekAgo(TimeProvider time) => DanishFormat.StartOf(DanishFormat.Day(time.GetUtcNow()).AddDays(-6));
}
