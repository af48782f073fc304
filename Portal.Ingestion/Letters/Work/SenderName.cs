using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Work;

/// <summary>Who a status is from, as mutes know it: the sending system (AfsenderSystemIdentifikator), or the channel where none is told. Pure.</summary>
internal static class SenderName
{
    private const string System = "system:";
    private const string Channel = "kanal:";

    /// <summary>Compared without case; null for a status that tells neither.</summary>
    public static string? KeyOf(ReadOnlyMemory<byte> bytes, StoredKind kind) =>
        HaendelsesbeskedReader.Read(bytes) is EnvelopeReading.Understood { PostStatus.AfsenderSystemIdentifikator: { } sender } && !string.IsNullOrWhiteSpace(sender)
            ? System + XmlMasking.MaskIdentifier(sender.Trim())!.ToLowerInvariant()
            : kind.Channel is { } channel ? Channel + channel.ToLowerInvariant() : null;

    /// <summary>As people read it: the key without its prefix, and whether it is a channel.</summary>
    public static (string Name, bool IsChannel) Shown(string key) => (key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..], key.StartsWith(Channel, StringComparison.Ordinal));
}
