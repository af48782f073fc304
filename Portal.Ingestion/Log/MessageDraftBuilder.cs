using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.MessageKinds;

namespace Portal.Ingestion.Log;

/// <summary>A parsed message without a sequence number: its kind, its row, and its error text for the search.</summary>
/// <param name="Kind">Not stored yet: its id is found or assigned at append.</param>
/// <param name="Row">Without sequence number and kind.</param>
/// <param name="ErrorWords">The whole FejlTekst, masked; null when there is none.</param>
public sealed record MessageDraft(StoredMessageKind Kind, StoredMessage Row, string? ErrorWords);

/// <summary>A message's times (UTC) and its packed identifiers.</summary>
internal sealed record MessageFacts(
    DateTimeOffset? CreatedAt, DateTimeOffset? RegisteredAt, DateTimeOffset? StatusAt, byte[]? Identifiers)
{
    /// <summary>See <see cref="StoredMessage.Statuses"/>.</summary>
    public string? Statuses { get; init; }
}

/// <summary>Extracts the columns that lists filter on from an envelope. Pure; person numbers are masked.</summary>
internal static class MessageDraftBuilder
{
    /// <summary>
    /// Stored with the kind of every message read by this version. Raise it with every change of what is extracted from a message (times,
    /// identifiers, masking, kinds): the verification then counts the messages of earlier versions, and does not compare them.
    /// </summary>
    public const int ReaderVersion = 4;

    /// <summary>Most UTF-16 units of an error text that the row stores.</summary>
    public const int MaxErrorText = 300;

    /// <summary>
    /// True when a row's error text may be cut: it is cut between characters, so it may be a little shorter than the limit.
    /// </summary>
    public static bool MayBeCut(string? errorText) => errorText?.Length > MaxErrorText - TextCut.LongestCharacter;

    private const string PersonType = "ce7fcf97-a8a2-447a-8690-d38aa0f6e23c";

    /// <summary>The draft of a parsed message.</summary>
    public static MessageDraft Of(EnvelopeReading.Understood understood, Delivery delivery, byte[] sha256, string ownCvr)
    {
        var (besked, raw, error) = understood;
        var status = raw is null ? null : XmlMasking.Mask(raw);
        var registration = Deciding(besked);
        var facts = FactsOf(besked, registration, raw);
        var row = new StoredMessage
        {
            BeskedId = besked.BeskedId,
            ReceivedAt = WholeMilliseconds(delivery.ReceivedAt),
            CreatedAt = facts.CreatedAt,
            RegisteredAt = facts.RegisteredAt,
            StatusAt = facts.StatusAt,
            Identifiers = facts.Identifiers,
            ErrorText = status?.FejlTekst is { } trace ? TextCut.At(trace, MaxErrorText) : null,
            Sha256 = sha256,
            Bytes = delivery.Bytes.Length,
        };
        var kind = KindOf(besked, registration, status, error, delivery.Transport, ownCvr);
        if (!kind.Fits()) kind = kind.Abridge();
        row.Statuses = ReportedStatuses.Pack(besked, raw, kind, facts.StatusAt);
        return new MessageDraft(kind, row, status?.FejlTekst);
    }

    /// <summary>RelateretObjekt, then ObjektRegistrering; person numbers masked.</summary>
    public static ValueList<MessageObject> ObjectsOf(Haendelsesbesked besked) =>
    [
        .. besked.RelateretObjekt
            .Select(o => new MessageObject(
                XmlMasking.MaskIdentifier(o.ObjektId), XmlMasking.MaskIdentifier(o.ObjektType), XmlMasking.MaskIdentifier(o.ObjektRolle))),
        .. besked.ObjektRegistrering.Where(o => o.ObjektId is not null || o.ObjektType is not null)
            .Select(o => new MessageObject(XmlMasking.MaskIdentifier(o.ObjektId), XmlMasking.MaskIdentifier(o.ObjektType), null)),
    ];

    /// <summary>The kind with all its texts, for a message whose stored kind is abridged.</summary>
    public static StoredMessageKind WholeKindOf(EnvelopeReading.Understood understood, StoredMessageKind stored) =>
        ReadAgain(understood, stored).Kind;

    /// <summary>The facts and the whole kind of a stored message, extracted from its bytes again.</summary>
    public static (MessageFacts Facts, StoredMessageKind Kind) ReadAgain(EnvelopeReading.Understood understood, StoredMessageKind stored)
    {
        var (besked, raw, error) = understood;
        var (status, registration) = (raw is null ? null : XmlMasking.Mask(raw), Deciding(besked));
        var facts = FactsOf(besked, registration, raw);
        return (facts with { Statuses = ReportedStatuses.Pack(besked, raw, stored, facts.StatusAt) },
            KindOf(besked, registration, status, error, stored.Transport, stored.Authority) with { Id = stored.Id });
    }

    private static MessageFacts FactsOf(Haendelsesbesked besked, ObjektRegistrering? registration, PostStatus? status)
    {
        var createdAt = besked.Leveranceinformation?.Dannelsestidspunkt?.At;
        var registeredAt = registration?.Registreringstidspunkt?.At;
        return new MessageFacts(createdAt, registeredAt, status?.TransaktionsDatoTid?.At ?? registeredAt ?? createdAt,
            IdentifiersOf(besked, registration, status));
    }

    private static StoredMessageKind KindOf(
        Haendelsesbesked besked, ObjektRegistrering? registration, PostStatus? status, string? error, string transport, string ownCvr)
    {
        var authorities = Bounded(Authorities.Of(besked, ownCvr), ownCvr);
        var action = registration?.ObjektHandling;
        var sensitivity = besked.Leveranceinformation?.Sikkerhedsklassificering;
        return new StoredMessageKind
        {
            Reader = ReaderVersion,
            Transport = transport,
            Authority = authorities[0],
            OtherAuthorities = authorities.Count > 1 ? $";{string.Join(';', authorities.Skip(1))};" : null,
            Beskedtype = XmlMasking.MaskIdentifier(besked.Beskedtype)!,
            ResponsibleAuthority = XmlMasking.MaskIdentifier(registration?.ObjektAnsvarligMyndighed ?? besked.BeskedAnsvarligAktoer),
            Action = XmlMasking.MaskIdentifier(action),
            ActionName =
                action is not null && KnownHandlinger.Names.TryGetValue(action, out var name) ? name : status?.TransaktionsStatusKode,
            Sensitivity = sensitivity,
            Classified = sensitivity is not null && KnownSikkerhedsklassificeringer.Fortrolige.Contains(sensitivity),
            IsPostStatus = besked.Beskedtype == KnownBeskedtyper.PostStatus,
            Channel = status?.KanalKode,
            StatusText = status?.TransaktionsStatusKode,
            EventCodes =
                status is { Haendelser.Count: > 0 } ? string.Join(';', status.Haendelser.Select(h => h.TypeKode).OfType<string>()) : null,
            ErrorCode = status?.FejlKode,
            PayloadTrouble = error,
            Kle = SubjectOf(besked),
        };
    }

    // A registration with a subject that is not a KLE number is about something else: then the message has none.
    private static string? SubjectOf(Haendelsesbesked besked)
    {
        var numbers = besked.ObjektRegistrering.Where(r => !string.IsNullOrWhiteSpace(r.OpgaveEmne)).Select(r => Kle.Read(r.OpgaveEmne))
            .ToList();
        return numbers.Contains(null) ? null : Kle.Common(numbers.OfType<string>());
    }

    // Limits the number of authorities; our own is kept and comes first. Extracting again with the first as the own gives the same list.
    private static IReadOnlyList<string> Bounded(IReadOnlyList<string> authorities, string ownCvr)
    {
        if (authorities.Count <= StoredMessageKind.MaxAuthorities) return authorities;
        var first = authorities.Contains(ownCvr) ? ownCvr : authorities[0];
        return [first, .. authorities.Where(a => a != first).Take(StoredMessageKind.MaxAuthorities - 1)];
    }

    // The ledger's record has milliseconds, so the row has the same.
    private static DateTimeOffset WholeMilliseconds(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    // The first with a known action; of a post status the first whose action is about a letter.
    private static ObjektRegistrering? Deciding(Haendelsesbesked besked)
    {
        if (besked.Beskedtype == KnownBeskedtyper.PostStatus
            && besked.ObjektRegistrering.FirstOrDefault(r => KnownHandlinger.TellsOfPost(r.ObjektHandling)) is { } ofLetter)
        {
            return ofLetter;
        }

        ObjektRegistrering? first = null;
        foreach (var registration in besked.ObjektRegistrering)
        {
            if (registration.ObjektHandling is { } action && KnownHandlinger.Names.ContainsKey(action)) return registration;
            if (first is null || (first.ObjektHandling is null && registration.ObjektHandling is not null)) first = registration;
        }

        return first;
    }

    private static byte[]? IdentifiersOf(Haendelsesbesked besked, ObjektRegistrering? registration, PostStatus? status)
    {
        var identifiers = new List<(IdentifierRole, string?)>
        {
            (IdentifierRole.MessageUuid, Masked(status?.MessageUUID)),
            (IdentifierRole.EnvelopeObject, registration is null ? null : ObjectOf(registration)),
            (IdentifierRole.TransmissionId, Masked(status?.TransmissionId)),
            (IdentifierRole.MessageId, Masked(status?.MessageId)),
            (IdentifierRole.ForsendelseIdentifikator, Masked(status?.ForsendelseIdentifikator)),
            (IdentifierRole.AfsendelseIdentifikator, Masked(status?.AfsendelseIdentifikator)),
            (IdentifierRole.CorrelationId, Masked(status?.CorrelationId)),
        };
        foreach (var other in besked.RelateretObjekt)
        {
            if (other.ObjektType != PersonType && !IsPersonUrn(other.ObjektId))
                identifiers.Add((IdentifierRole.Related, Masked(other.ObjektId)));
        }

        foreach (var other in besked.ObjektRegistrering)
        {
            if (other != registration) identifiers.Add((IdentifierRole.Related, ObjectOf(other)));
        }

        return MessageIdentifiers.Pack(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(identifiers));
    }

    /// <summary>The registration's ObjektId, masked; null when it is a person's.</summary>
    internal static string? ObjectOf(ObjektRegistrering registration) => IsPerson(registration) ? null : Masked(registration.ObjektId);

    private static string? Masked(string? id) => XmlMasking.MaskKept(id);

    private static bool IsPersonUrn(string? id) => id?.StartsWith("urn:oio:cpr", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsPerson(ObjektRegistrering? registration) =>
        registration is not null && (registration.ObjektType == PersonType || IsPersonUrn(registration.ObjektId));
}
