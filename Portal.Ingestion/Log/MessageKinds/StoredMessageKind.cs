using System.Linq.Expressions;
using System.Security.Cryptography;
using System.Text;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log.MessageKinds;

/// <summary>
/// The values that messages share: transport, authority, type, action, channel, error. There are millions of messages but some hundreds of
/// kinds, so filters and a viewer's access are decided on kinds, in memory, and a message's row has only the kind's number. A kind never
/// changes.
/// </summary>
public sealed record StoredMessageKind
{
    /// <summary>From 1; 0 while it is not stored.</summary>
    public int Id { get; init; }

    /// <summary>The <see cref="MessageDraftBuilder.ReaderVersion"/> that read these messages; 0 before versions were stored.</summary>
    public int Reader { get; init; }

    public required string Transport { get; init; }

    /// <summary>
    /// The first CVR number that the message belongs to: of TilladtModtager, else ObjektAnsvarligMyndighed, else the configured one.
    /// </summary>
    public required string Authority { get; init; }

    /// <summary>Further CVR numbers as <c>;12345678;87654321;</c>; null for a single authority, which is usual.</summary>
    public string? OtherAuthorities { get; init; }

    public required string Beskedtype { get; init; }

    /// <summary>ObjektAnsvarligMyndighed, else BeskedAnsvarligAktoer, as written.</summary>
    public string? ResponsibleAuthority { get; init; }

    /// <summary>The first known action, else the first action.</summary>
    public string? Action { get; init; }

    /// <summary>The action's known name, else the payload's status text.</summary>
    public string? ActionName { get; init; }

    public string? Sensitivity { get; init; }

    /// <summary>Classified as confidential by its sender.</summary>
    public bool Classified { get; init; }

    public bool IsPostStatus { get; init; }
    public string? Channel { get; init; }

    /// <summary>TransaktionsStatusKode as written.</summary>
    public string? StatusText { get; init; }

    /// <summary>ForsendelseHaendelseTypeKode of each event, joined by <c>;</c>.</summary>
    public string? EventCodes { get; init; }

    public string? ErrorCode { get; init; }

    /// <summary>What is wrong with the payload, in Danish; null when nothing is.</summary>
    public string? PayloadTrouble { get; init; }

    /// <summary>
    /// OpgaveEmne as a KLE number, the deepest that all registrations of the message are equal to or below; null when there is none.
    /// </summary>
    public string? Kle { get; init; }

    /// <summary>
    /// Texts were left out, because they were too long or there are too many kinds: they are read from the message's content.
    /// </summary>
    public bool Abridged { get; init; }

    /// <summary>
    /// The first 128 bits of the SHA-256 over everything but <see cref="Id"/>. Unique, so that a kind is stored only once.
    /// </summary>
    public byte[] Hash { get; init; } = [];

    /// <summary>The CVR numbers that messages of this kind belong to.</summary>
    public IReadOnlyList<string> Authorities() => OtherAuthorities is null
        ? [Authority]
        : [Authority, .. OtherAuthorities.Split(';', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The texts that a search covers.</summary>
    public IEnumerable<string?> Words() => [Channel, ActionName, StatusText, ErrorCode, Action];

    /// <summary>True when the number fits an int: numbers that do not fit (<see cref="StoredNumber"/>) are all read as the same.</summary>
    public static Expression<Func<StoredMessageKind, bool>> IsUsable { get; } = kind => kind.Id < int.MaxValue;

    /// <summary>Used for every type that is too long, or beyond the catalogue's limit.</summary>
    public const string OtherTypes = "urn:beskedportalen:beskedtype:oevrige";

    /// <summary>The longest text in a kind, in UTF-16 units.</summary>
    public const int MaxText = 200;

    /// <summary>The most authorities in a kind.</summary>
    public const int MaxAuthorities = 1000;

    private const int MaxCodes = 20;

    /// <summary>This kind without the texts that senders choose freely; it keeps what the verdict and a viewer's access need.</summary>
    public StoredMessageKind Abridge()
    {
        var known = Action is not null && Envelopes.KnownHandlinger.Names.ContainsKey(Action);
        return this with
        {
            ResponsibleAuthority = null, Sensitivity = null, Channel = null, ErrorCode = null, Kle = null, Abridged = true,
            Beskedtype = Beskedtype.Length > MaxText ? OtherTypes : Beskedtype,
            Action = known ? Action : null,
            ActionName = known ? ActionName : null,
            StatusText = StatusText is { Length: <= MaxText } && Envelopes.KnownHandlinger.Find(StatusText) is not null ? StatusText : null,
            EventCodes = EventCodes is { Length: <= MaxCodes } ? EventCodes : null,
        };
    }

    /// <summary>
    /// This kind without anything that a sender may vary without limit: of its authorities only configured ones; without any of those, the
    /// first configured one, and confidential.
    /// </summary>
    /// <param name="own">The configured authorities, at least one.</param>
    public StoredMessageKind Least(IReadOnlyList<string> own)
    {
        ArgumentNullException.ThrowIfNull(own);
        var ours = Authorities().Where(own.Contains).Distinct().Order(StringComparer.Ordinal).ToList();
        var text = Envelopes.KnownHandlinger.Find(StatusText) is { } uuid ? Envelopes.KnownHandlinger.Names[uuid] : null;
        return Abridge() with
        {
            Beskedtype = Envelopes.KnownBeskedtyper.Names.ContainsKey(Beskedtype) ? Beskedtype : OtherTypes,
            Authority = ours.Count > 0 ? ours[0] : own[0],
            OtherAuthorities = ours.Count > 1 ? $";{string.Join(';', ours.Skip(1))};" : null,
            Classified = Classified || ours.Count == 0,
            StatusText = text,
            EventCodes = null,
        };
    }

    /// <summary>The forms in which this kind may have been stored as <paramref name="stored"/>.</summary>
    internal IEnumerable<StoredMessageKind> FormsFor(StoredMessageKind stored)
    {
        if (!stored.Abridged)
        {
            yield return this;
            yield break;
        }

        var abridged = Abridge();
        yield return stored.Beskedtype == OtherTypes ? abridged with { Beskedtype = OtherTypes } : abridged;
        if (stored.Id > MessageKindCache.MaxAbridged) yield return Least([.. stored.Authorities()]);
    }

    /// <summary>True when every text is short enough to be in a kind.</summary>
    public bool Fits() => Facts().All(f => f is null or { Length: <= MaxText } || ReferenceEquals(f, OtherAuthorities));

    /// <summary>The value of <see cref="Hash"/>.</summary>
    public byte[] ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var fact in Facts())
        {
            var bytes = fact is null ? [] : Encoding.UTF8.GetBytes(fact);
            BitConverter.TryWriteBytes(length, fact is null ? -1 : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        // A kind without a version (an earlier program's) keeps its stored hash.
        if (Reader > 0 && BitConverter.TryWriteBytes(length, Reader)) hash.AppendData(length);
        return hash.GetHashAndReset()[..16];
    }

    /// <summary>Compares everything but <see cref="Id"/> and <see cref="Hash"/>.</summary>
    public bool Equals(StoredMessageKind? other) => ReferenceEquals(this, other) || (other is not null
        && Reader == other.Reader && Classified == other.Classified && IsPostStatus == other.IsPostStatus && Abridged == other.Abridged
        && Beskedtype == other.Beskedtype && Action == other.Action && StatusText == other.StatusText && Channel == other.Channel
        && Transport == other.Transport && Authority == other.Authority && OtherAuthorities == other.OtherAuthorities
        && ResponsibleAuthority == other.ResponsibleAuthority && ActionName == other.ActionName && Sensitivity == other.Sensitivity
        && EventCodes == other.EventCodes && ErrorCode == other.ErrorCode && PayloadTrouble == other.PayloadTrouble && Kle == other.Kle);

    /// <inheritdoc />
    public override int GetHashCode() =>
        HashCode.Combine(Transport, Authority, Beskedtype, Action, Channel, StatusText, ErrorCode, EventCodes);

    private string?[] Facts() =>
    [
        Transport, Authority, OtherAuthorities, Beskedtype, ResponsibleAuthority, Action, ActionName, Sensitivity, Classified ? "1" : "0",
        IsPostStatus ? "1" : "0",
        Channel, StatusText, EventCodes, ErrorCode, PayloadTrouble, Abridged ? "1" : "0",

        // Without one, the hash is that of earlier versions.
        .. Kle is null ? (string?[])[] : [Kle],
    ];
}
