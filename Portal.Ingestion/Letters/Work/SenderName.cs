using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.MessageKinds;

namespace Portal.Ingestion.Letters.Work;

/// <summary>
/// The sender of a status, as mutes identify it. Real digital statuses name the system that sent the letter in the envelope, as a
/// RelateretObjekt of its own type; others in the payload (AfsenderSystemIdentifikator); without either, only the channel is known. Pure.
/// </summary>
internal static class SenderName
{
    /// <summary>The ObjektType of the RelateretObjekt that is the system that sent the letter.</summary>
    public const string SystemType = "91aa31b3-c4b3-499e-8689-93b1ef89f319";

    private const string System = "system:";
    private const string Channel = "kanal:";

    /// <summary>The keys of the sender in lower case; a new mute stores the first. Empty for a status without system and channel.</summary>
    public static IReadOnlyList<string> KeysOf(ReadOnlyMemory<byte> bytes, StoredMessageKind kind)
    {
        if (HaendelsesbeskedReader.Read(bytes) is not EnvelopeReading.Understood understood) return ChannelOf(kind);
        var related = understood.Besked.RelateretObjekt
            .Where(o => SystemType.Equals(o.ObjektType?.Trim(), StringComparison.OrdinalIgnoreCase)).Select(o => o.ObjektId);
        List<string> keys = [.. related.Append(understood.PostStatus?.AfsenderSystemIdentifikator).Where(s => !string.IsNullOrWhiteSpace(s))
            .Select(KeyOfSystem).Distinct(StringComparer.Ordinal)];
        return keys.Count > 0 ? keys : ChannelOf(kind);
    }

    /// <summary>A key as shown: without its prefix, and whether it is a channel.</summary>
    public static (string Name, bool IsChannel) Shown(string key) =>
        (key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..], key.StartsWith(Channel, StringComparison.Ordinal));

    private static string KeyOfSystem(string? name) => System + XmlMasking.MaskIdentifier(name!.Trim())!.ToLowerInvariant();

    /// <summary>The key of a status that names no system; empty when it has no channel either.</summary>
    public static IReadOnlyList<string> ChannelOf(StoredMessageKind kind) =>
        kind.Channel is { } channel ? [Channel + channel.ToLowerInvariant()] : [];
}
