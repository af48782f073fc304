using System.Globalization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Platform.Text;
using Portal.Platform.Ui;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.FollowUp;

/// <summary>The filter of the worklist, as in its URL. The owner is a person's id, so that a link means the same to a colleague.</summary>
/// <param name="Owner"><c>ingen</c>, a person's id, or null for all.</param>
/// <param name="OlderThan">Older than this many working days; null for any age.</param>
public sealed record WorkChoice(FollowUpReason? Reason, string? Owner, int? OlderThan)
{
    /// <summary>The value of <c>ejer</c> for rows without an owner.</summary>
    public const string Nobody = "ingen";

    /// <summary>The ages that the page offers, in working days.</summary>
    public static IReadOnlyList<int> Ages { get; } = [1, 3, 5, 10];

    /// <summary>
    /// Words in case number, letter id, title or recipient's name; null for no search. Never one that may be a CPR number: it is part of
    /// the URL.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>The first day of the period in which the reason became true, Copenhagen; null for no limit.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day of the period.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The period ends before it begins, so no row is in it.</summary>
    public bool IsBackwards => From > To;

    /// <summary>True when nothing is filtered.</summary>
    public bool IsAll => this with { Look = ListLook.Usual } == new WorkChoice(null, null, null);

    /// <summary>How the list is shown.</summary>
    public ListLook Look { get; init; } = ListLook.Usual;

    /// <summary>From the values of a URL by their names; an invalid value does not filter.</summary>
    public static WorkChoice Read(Func<string, string?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Of(value("grund"), value("ejer"), value("alder")).Narrowed(value("soeg"), value("fra"), value("til")) with
        {
            Look = ListLook.Read(WorkShape.Shape, value),
        };
    }

    /// <summary>From the values of a URL; an invalid value does not filter.</summary>
    public static WorkChoice Of(string? reason, string? owner, string? age) => new(
        FollowUpReasons.Parse(reason), string.IsNullOrWhiteSpace(owner) ? null : owner,
        int.TryParse(age, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and < 1000 ? days : null);

    /// <summary>The filter with the search and the period of a URL; an invalid value does not filter.</summary>
    public WorkChoice Narrowed(string? text, string? from, string? to) => this with
    {
        Text = string.IsNullOrWhiteSpace(text) || HoldsCpr(text) ? null : text.Trim(),
        From = LetterFilters.ReadDay(from), To = LetterFilters.ReadDay(to),
    };

    /// <summary>True for a text that must not become part of a URL.</summary>
    public static bool HoldsCpr(string? text) => text is not null && (CprNumber.IsIn(text) || CprNumber.TryParse(text, out _));

    /// <summary>The URL's query, without the question mark.</summary>
    public string Query => string.Join('&', new[]
    {
        ("grund", Reason is { } reason ? reason.ToWire() : null), ("ejer", Owner),
        ("alder", OlderThan?.ToString(CultureInfo.InvariantCulture)), ("soeg", Text),
        ("fra", From is null ? null : LetterFilters.DayText(From)), ("til", To is null ? null : LetterFilters.DayText(To)),
    }.Concat(Look.Pairs().Select(p => (p.Name, (string?)p.Value))).Where(p => p.Item2 is not null)
        .Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}"));

    /// <summary>The page's URL with this filter.</summary>
    public string Link => Query.Length == 0 ? PortalUrls.FollowUp : $"{PortalUrls.FollowUp}?{Query}";

    /// <summary>The query to the worklist.</summary>
    public WorkQuery ToQuery(DateTimeOffset now) => new(
        Reason, Owner is null ? WorkOwner.Anyone : Owner == Nobody ? WorkOwner.Nobody : WorkOwner.Person,
        Owner is null or Nobody ? null : Owner,
        OlderThan is { } days ? WorkAge.Before(now, days) : null, Look.Sort is { Column: WorkShape.Since, Descending: true })
    {
        ByReason = Look.Sort?.Column == WorkShape.Reason, Text = Text, From = From is { } from ? DanishFormat.StartOf(from) : null,
        Before = To is { } to ? DanishFormat.StartOf(to.AddDays(1)) : null,
    };
}
