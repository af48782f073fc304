using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;

namespace Portal.Ingestion.Verification;

/// <summary>
/// What a row says that was read out of its message. The leaf speaks of the bytes alone, and a verdict is folded from the row: so the bytes
/// are read again. Compared is what a verdict, its time and its place rest on; what is only shown may be read otherwise by a later version.
/// </summary>
internal static class DerivedFacts
{
    private static readonly TimeSpan Precision = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// True when another version of the reader read the message: what it made of it cannot be compared with what this one makes.
    /// </summary>
    public static bool IsOfOtherReader(StoredMessageKind? kind) => kind is not null && kind.Reader != MessageDraftBuilder.ReaderVersion;

    /// <summary>
    /// What of the row is not what its bytes say, in Danish; null when all is. Bytes that this version does not understand say nothing.
    /// </summary>
    public static string? Difference(WalkedRow row, StoredMessageKind? kind, ReadOnlyMemory<byte> bytes)
    {
        if (kind is null) return "hvad beskeden handler om";
        if (IsOfOtherReader(kind)) return null;
        MessageIdentifiers.Unpack(row.Identifiers, out var readable);
        if (!readable) return "identifikatorerne kan ikke læses";
        if (HaendelsesbeskedReader.Read(bytes) is not EnvelopeReading.Understood understood) return null;
        var (facts, whole) = MessageDraftBuilder.ReadAgain(understood, kind);
        if (!Same(row.StatusAt, facts.StatusAt) || !Same(row.CreatedAt, facts.CreatedAt) || !Same(row.RegisteredAt, facts.RegisteredAt))
            return "et tidspunkt";
        if (!Matching(row.Identifiers).SetEquals(Matching(facts.Identifiers))) return "identifikatorerne";
        return whole.FormsFor(kind).Any(form => Weighty(form) == Weighty(kind)) ? null : "status, type eller myndighed";
    }

    private static bool Same(DateTimeOffset? one, DateTimeOffset? other) =>
        one is { } a && other is { } b ? (a - b).Duration() < Precision : one is null && other is null;

    private static HashSet<(IdentifierRole, string)> Matching(byte[]? packed) =>
        [.. MessageIdentifiers.Unpack(packed).Select(i => (i.Role & ~IdentifierRole.Related, IdentifierKey.Of(i.Value)))
            .Where(i => i.Item1 != IdentifierRole.None)];

    private static (string, string?, string, string?, bool, string?, string?, string?) Weighty(StoredMessageKind kind) =>
        (kind.Authority, kind.OtherAuthorities, Id(kind.Beskedtype)!, Id(kind.Action), kind.IsPostStatus, Text(kind.StatusText),
            Text(kind.EventCodes), Text(kind.ErrorCode));

    // Earlier versions kept UUIDs as they were written, and knew fewer writings of a person number: that makes no difference.
    private static string? Id(string? id) => CprNumber.MaskInOrNull(Identifier.Normalise(id));

    private static string? Text(string? text) => CprNumber.MaskInOrNull(text);
}
