using System.Globalization;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Platform.Ui;

namespace Portal.Features.FollowUp;

/// <summary>Which rows the page shows, as its address says it. A link means the same to a colleague: an owner is given by id.</summary>
/// <param name="Owner"><c>ingen</c>, a person's id, or null for all.</param>
/// <param name="OlderThan">More than so many working days; null for any age.</param>
public sealed record WorkChoice(FollowUpReason? Reason, string? Owner, int? OlderThan)
{
    /// <summary>The word for rows that are nobody's.</summary>
    public const string Nobody = "ingen";

    /// <summary>The ages that the page offers, working days.</summary>
    public static IReadOnlyList<int> Ages { get; } = [1, 3, 5, 10];

    /// <summary>Shows everything.</summary>
    public bool IsAll => this == new WorkChoice(null, null, null);

    /// <summary>From the values of an address; what is not understood narrows nothing.</summary>
    public static WorkChoice Of(string? reason, string? owner, string? age) => new(
        FollowUpReasons.Parse(reason), string.IsNullOrWhiteSpace(owner) ? null : owner,
        int.TryParse(age, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and < 1000 ? days : null);

    /// <summary>The address' query without its question mark.</summary>
    public string Query => string.Join('&', new[]
    {
        ("grund", Reason is { } reason ? reason.ToWire() : null), ("ejer", Owner),
        ("alder", OlderThan?.ToString(CultureInfo.InvariantCulture)),
    }.Where(p => p.Item2 is not null).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}"));

    /// <summary>The page with this choice.</summary>
    public string Link => Query.Length == 0 ? PortalUrls.FollowUp : $"{PortalUrls.FollowUp}?{Query}";

    /// <summary>What is asked of the worklist.</summary>
    public WorkQuery ToQuery(DateTimeOffset now) => new(
        Reason, Owner is null ? WorkOwner.Anyone : Owner == Nobody ? WorkOwner.Nobody : WorkOwner.Person,
        Owner is null or Nobody ? null : Owner,
        OlderThan is { } days ? WorkAge.Before(now, days) : null);
}
