using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Storage;

/// <summary>Reads and writes the JSON of operations, snapshots and versions.</summary>
internal static class StoredJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(), new OrdinalValues() },
    };

    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> NeededOf = new();

    private sealed record Snapshot(string Title, string Department, ChainStage Stage, IReadOnlyList<ChainElement> Elements,
        IReadOnlyList<ChainLink> Links, WorkshopState? Workshop, ImmutableDictionary<string, string>? Writers);

    public static string Write(IReadOnlyList<ChainChange> changes) => JsonSerializer.Serialize(changes, Options);

    /// <summary>
    /// The changes that can be read. Changes with missing values are left out; a list that cannot be parsed, e.g. from a later version,
    /// gives none.
    /// </summary>
    public static IReadOnlyList<ChainChange> ReadChanges(string json)
    {
        try
        {
            var read = JsonSerializer.Deserialize<IReadOnlyList<ChainChange?>>(json, Options) ?? [];
            return [.. read.OfType<ChainChange>().Where(IsWhole)];
        }
        catch (Exception damage) when (IsDamage(damage))
        {
            return [];
        }
    }

    public static string Write(ChainState state) => Write(state.Document, state.Workshop, state.Writers);

    public static string Write(ChainDocument document) => Write(document, null, null);

    /// <summary>The state; null when it cannot be read.</summary>
    public static ChainState? ReadState(long number, string json)
    {
        try
        {
            if (JsonSerializer.Deserialize<Snapshot>(json, Options) is not { } read || !IsWhole(read)) return null;
            if (!(read.Workshop is null || IsWhole(read.Workshop))) return null;
            return new ChainState(
                number, DocumentOf(read), read.Workshop ?? WorkshopState.None, read.Writers ?? ImmutableDictionary<string, string>.Empty);
        }
        catch (Exception damage) when (IsDamage(damage))
        {
            return null;
        }
    }

    /// <summary>The document; null when it cannot be read.</summary>
    public static ChainDocument? ReadDocument(string json) => ReadState(0, json)?.Document;

    private static string Write(ChainDocument document, WorkshopState? workshop, ImmutableDictionary<string, string>? writers) =>
        JsonSerializer.Serialize(
            new Snapshot(
                document.Title, document.Department, document.Stage,
                [.. document.Elements.Values.OrderBy(e => e.Id, StringComparer.Ordinal)], [.. document.Links.Values.OrderBy(
                    l => l.From, StringComparer.Ordinal).ThenBy(l => l.To, StringComparer.Ordinal)], workshop, writers),
            Options);

    private static ChainDocument DocumentOf(Snapshot read) => new(
        read.Title, read.Department, read.Stage, read.Elements.ToImmutableDictionary(e => e.Id),
        read.Links.ToImmutableDictionary(l => new LinkKey(l.From, l.To)));

    // The serializer sets missing values to null, also where the type does not allow it.
    private static bool IsWhole(object read) => NeededOf.GetOrAdd(read.GetType(), NeededIn).All(p => p.GetValue(read) is { } value
        && (value is not IEnumerable<object?> many || many.All(one => one is not null && (one is string || IsWhole(one)))));

    private static PropertyInfo[] NeededIn(Type type)
    {
        var nullability = new NullabilityInfoContext();
        var stored = type.GetConstructors().SelectMany(c => c.GetParameters()).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        return [.. type.GetProperties().Where(p =>
            stored.Contains(p.Name) && !p.PropertyType.IsValueType && nullability.Create(p).ReadState == NullabilityState.NotNull)];
    }

    private static bool IsDamage(Exception problem) =>
        problem is JsonException or FormatException or ArgumentException or NotSupportedException or InvalidOperationException;

    // The framework would sort the names by the machine's culture; ours are sorted ordinally everywhere.
    private sealed class OrdinalValues : JsonConverter<ImmutableSortedDictionary<string, string>>
    {
        public override ImmutableSortedDictionary<string, string> Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader, options) ?? [])
                .ToImmutableSortedDictionary(StringComparer.Ordinal);

        public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<string, string> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (name, text) in value) writer.WriteString(name, text);
            writer.WriteEndObject();
        }
    }
}
