using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Portal.Chains.Document;

namespace Portal.Chains.Keeping;

/// <summary>How operations, snapshots and versions stand in the database.</summary>
internal static class StoredJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(), new OrdinalValues() },
    };

    private sealed record Snapshot(string Title, string Department, ChainStage Stage, IReadOnlyList<ChainElement> Elements, IReadOnlyList<ChainLink> Links, WorkshopState? Workshop, ImmutableDictionary<string, string>? Writers);

    public static string Write(IReadOnlyList<ChainChange> changes) => JsonSerializer.Serialize(changes, Options);

    public static IReadOnlyList<ChainChange> ReadChanges(string json) => JsonSerializer.Deserialize<IReadOnlyList<ChainChange>>(json, Options) ?? [];

    public static string Write(ChainState state) => Write(state.Document, state.Workshop, state.Writers);

    public static string Write(ChainDocument document) => Write(document, null, null);

    public static ChainState ReadState(long number, string json)
    {
        var read = JsonSerializer.Deserialize<Snapshot>(json, Options) ?? throw new FormatException("A snapshot is empty.");
        return new ChainState(number, DocumentOf(read), read.Workshop ?? WorkshopState.None, read.Writers ?? ImmutableDictionary<string, string>.Empty);
    }

    public static ChainDocument ReadDocument(string json) => ReadState(0, json).Document;

    private static string Write(ChainDocument document, WorkshopState? workshop, ImmutableDictionary<string, string>? writers) => JsonSerializer.Serialize(
        new Snapshot(
            document.Title, document.Department, document.Stage, [.. document.Elements.Values.OrderBy(e => e.Id, StringComparer.Ordinal)],
            [.. document.Links.Values.OrderBy(l => l.From, StringComparer.Ordinal).ThenBy(l => l.To, StringComparer.Ordinal)], workshop, writers),
        Options);

    private static ChainDocument DocumentOf(Snapshot read) => new(
        read.Title, read.Department, read.Stage, read.Elements.ToImmutableDictionary(e => e.Id), read.Links.ToImmutableDictionary(l => new LinkKey(l.From, l.To)));

    // The framework would order the names by the language of the machine; ours are ordinal everywhere.
    private sealed class OrdinalValues : JsonConverter<ImmutableSortedDictionary<string, string>>
    {
        public override ImmutableSortedDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader, options) ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal);

        public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<string, string> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (name, text) in value) writer.WriteString(name, text);
            writer.WriteEndObject();
        }
    }
}
