using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Portal.Features.Chains.Document;

/// <summary>A box of a chain. Immutable: an element that did not change is the same instance in the next document.</summary>
/// <param name="Id">Chosen by whoever adds it; any text of 1–100 characters.</param>
/// <param name="Kind">Its kind, which is its zone in the method.</param>
/// <param name="Values">Its values by name (<see cref="ElementProperty"/>); empty values are left out.</param>
/// <param name="Deleted">Deleted, but kept with its values so that it can be restored.</param>
public sealed record ChainElement(string Id, ChainKind Kind, ImmutableSortedDictionary<string, string> Values, bool Deleted = false)
{
    /// <summary>True in an editor's view when silent writing hides some of its text.</summary>
    [JsonIgnore] public bool Withheld { get; init; }

    [JsonIgnore] public string Text => Get(ElementProperty.Text) ?? "";
    [JsonIgnore] public double X => Number(ElementProperty.X) ?? 0;
    [JsonIgnore] public double Y => Number(ElementProperty.Y) ?? 0;

    /// <summary>Width set by hand, in canvas pixels; null: the kind's own.</summary>
    [JsonIgnore] public double? Width => Number(ElementProperty.Width);
    [JsonIgnore] public string? Consequence => Get(ElementProperty.Consequence);
    [JsonIgnore] public string? Start => Get(ElementProperty.Start);
    [JsonIgnore] public string? Stop => Get(ElementProperty.Stop);
    [JsonIgnore] public string? InsteadOf => Get(ElementProperty.InsteadOf);
    [JsonIgnore] public string? Who => Get(ElementProperty.Who);
    [JsonIgnore] public string? Owner => Get(ElementProperty.Owner);
    [JsonIgnore] public string? MessageType => Get(ElementProperty.MessageType);

    /// <summary>False until the layout or an editor has given it a position.</summary>
    [JsonIgnore] public bool HasPlace => Values.ContainsKey(ElementProperty.X) && Values.ContainsKey(ElementProperty.Y);

    /// <summary>How much and how often; null when not given.</summary>
    [JsonIgnore]
    public ChainVolume? Volume
    {
        get
        {
            var volume = new ChainVolume(
                Number(ElementProperty.VolumeLow), Number(ElementProperty.VolumeLikely), Number(ElementProperty.VolumeHigh),
                Get(ElementProperty.VolumePer), Number(ElementProperty.VolumeShare), Number(ElementProperty.MinutesEach));
            return volume == ChainVolume.None ? null : volume;
        }
    }

    /// <summary>A value by name; null when not set.</summary>
    public string? Get(string property) => property == ElementProperty.Kind ? Kind.ToWire() : Values.GetValueOrDefault(property);

    /// <summary>A value as a number; null when it is not set or not a number.</summary>
    public double? Number(string property) =>
        Values.TryGetValue(property, out var text)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A copy with a value set, or removed when null or empty.</summary>
    public ChainElement With(string property, string? value)
    {
        if (property == ElementProperty.Kind) return ChainKinds.Parse(value) is { } kind && kind != Kind ? this with { Kind = kind } : this;
        if (string.IsNullOrEmpty(value)) return Values.ContainsKey(property) ? this with { Values = Values.Remove(property) } : this;
        return Values.GetValueOrDefault(property) == value ? this : this with { Values = Values.SetItem(property, value) };
    }

    /// <summary>Compares by content.</summary>
    public bool Equals(ChainElement? other) =>
        other is not null && (ReferenceEquals(this, other)
            || (Id == other.Id && Kind == other.Kind && Deleted == other.Deleted && Withheld == other.Withheld
                && Values.SequenceEqual(other.Values)));

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Id, Kind, Deleted, Values.Count);
}

/// <summary>
/// How much and how often. Low, likely and high are counts per <paramref name="Per"/>; <paramref name="Share"/> is 0–1; minutes are for
/// each one counted.
/// </summary>
public sealed record ChainVolume(double? Low, double? Likely, double? High, string? Per, double? Share, double? MinutesEach)
{
    /// <summary>A volume without numbers.</summary>
    public static ChainVolume None { get; } = new(null, null, null, null, null, null);

    /// <summary>The likely count, else the middle of low and high, else the one that is given.</summary>
    [JsonIgnore] public double? Count => Likely ?? (Low is { } low && High is { } high ? (low + high) / 2 : Low ?? High);

    /// <summary>The count per year; null without a count. A volume without a period is per year.</summary>
    [JsonIgnore]
    public double? PerYear => Count * Per switch { "day" => 365, "week" => 52, "month" => 12, "quarter" => 4, _ => 1 };
}
