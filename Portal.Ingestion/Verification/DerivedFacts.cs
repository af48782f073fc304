using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;

namespace Portal.Ingestion.Verification;

/// <summary>
/// Compares the columns that were extracted from a message with its bytes. The leaf covers only the bytes, but a letter's verdict is
/// computed from the columns: so the bytes are parsed again. Only the columns that a verdict, its time and its letter depend on are
/// compared; a later version may extract the others differently.
/// </summary>
internal static class DerivedFacts
{
    private static readonly TimeSpan Precision = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// True when another version of the reader extracted the columns: its results cannot be compared with this version's.
    /// </summary>
    public static bool IsOfOtherReader(StoredMessageKind? kind) => kind is not null && kind.Reader != MessageDraftBuilder.ReaderVersion;

    /// <summary>
    /// The first difference between the row and its bytes, in Danish; null when there is none, or when this version cannot parse the bytes.
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
        if (row.Statuses != facts.Statuses) return "de statusser, som beskeden fortæller";
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

    // Earlier versions stored UUIDs unnormalised and masked fewer spellings of CPR numbers; such differences do not count.
    private static string? Id(string? id) => CprNumber.MaskInOrNull(Identifier.Normalise(id));

    private static string? Text(string? text) => CprNumber.MaskInOrNull(text);
}
