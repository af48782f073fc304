using System.Text.Json.Serialization;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Exchange;

/// <summary>A chain as JSON, which <see cref="ChainReader"/> reads. Values that are not set are left out.</summary>
/// <param name="Revision">Number of the last operation; grows with every change.</param>
/// <param name="Links">Links that have an assumption or a confidence; all links are in the elements' <c>to</c>.</param>
public sealed record ChainJson(
    string Id, string Title, string Department, string State, long Revision, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt,
    string ChangedBy, IReadOnlyList<ChainElementJson> Elements,
    IReadOnlyList<ChainLinkJson> Links)
{
    /// <summary>Converts a chain: boxes in reading order, CPR numbers masked.</summary>
    public static ChainJson Of(ChainSummary summary, ChainDocument document)
    {
        ArgumentNullException.ThrowIfNull(summary);
        document = ChainMask.Of(document);
        var links = ChainOrder.Links(document);
        var to = links.ToLookup(l => l.From, l => l.To);
        return new ChainJson(
            summary.Id, document.Title, document.Department, document.Stage.ToWire(), summary.LastNumber, summary.CreatedAt,
            summary.ChangedAt, summary.ChangedBy,
            [.. ChainOrder.Read(document).Select(e => ChainElementJson.Of(e, [.. to[e.Id]]))],
            [.. links.Where(l => l.Assumption is not null || l.Confidence is not null)
                .Select(l => new ChainLinkJson(l.From, l.To, l.Assumption, l.Confidence))]);
    }
}

/// <summary>A box as JSON.</summary>
public sealed record ChainElementJson(string Id, string Kind, string Text, double X, double Y, IReadOnlyList<string> To)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? Width { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ChainVolumeJson? Volume { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Consequence { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Who { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Start { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Stop { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? InsteadOf { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Owner { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ChainIndicatorJson? Indicator { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ChainViewsJson? Views { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? MessageType { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<string>? Tags { get; init; }

    internal static ChainElementJson Of(ChainElement element, IReadOnlyList<string> to) =>
        new(element.Id, element.Kind.ToWire(), element.Text, element.X, element.Y, to)
        {
            Width = element.Width,
            Volume = ChainVolumeJson.Of(element.Volume),
            Consequence = element.Consequence,
            Who = element.Who,
            Start = element.Start,
            Stop = element.Stop,
            InsteadOf = element.InsteadOf,
            Owner = element.Owner,
            Indicator = ChainIndicatorJson.Of(element),
            Views = ChainViewsJson.Of(element),
            MessageType = element.MessageType,
            Tags = element.Get(ElementProperty.Tags)?.Split('\n'),
        };
}

/// <summary>A volume as JSON: counts per <c>per</c>, share 0–1.</summary>
public sealed record ChainVolumeJson(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Low,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Likely,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? High,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Per,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Share,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? MinutesEach)
{
    // A count without a period is per year, which the JSON states.
    internal static ChainVolumeJson? Of(ChainVolume? volume) =>
        volume is null ? null : new(
            volume.Low, volume.Likely, volume.High, volume.Per ?? (volume.Count is null ? null : "year"), volume.Share, volume.MinutesEach);
}

/// <summary>The indicator of a benefit as JSON.</summary>
public sealed record ChainIndicatorJson(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Unit,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Baseline,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Target,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FollowUp)
{
    internal static ChainIndicatorJson? Of(ChainElement element)
    {
        var indicator = new ChainIndicatorJson(
            element.Get(ElementProperty.IndicatorName), element.Get(ElementProperty.IndicatorUnit),
            element.Number(ElementProperty.IndicatorBaseline),
            element.Number(ElementProperty.IndicatorTarget), element.Get(ElementProperty.IndicatorFollowUp));
        return indicator == new ChainIndicatorJson(null, null, null, null, null) ? null : indicator;
    }
}

/// <summary>The four views of a box as JSON.</summary>
public sealed record ChainViewsJson(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Strategic,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Professional,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Staff,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? It)
{
    internal static ChainViewsJson? Of(ChainElement element)
    {
        var views = new ChainViewsJson(
            element.Get(ElementProperty.StrategicView), element.Get(ElementProperty.ProfessionalView),
            element.Get(ElementProperty.StaffView), element.Get(ElementProperty.ItView));
        return views == new ChainViewsJson(null, null, null, null) ? null : views;
    }
}

/// <summary>A link as JSON.</summary>
public sealed record ChainLinkJson(
    string From, string To,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Assumption,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Confidence);
