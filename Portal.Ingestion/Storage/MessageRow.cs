using System.Text.Json;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Messages;
using Portal.Ingestion.Pipeline;

namespace Portal.Ingestion.Storage;

/// <summary>What lists filter on, taken out of an envelope. Pure; no person number comes through unmasked.</summary>
internal static class MessageRow
{
    private const int MaxErrorText = 8000;
    private const string PersonType = "ce7fcf97-a8a2-447a-8690-d38aa0f6e23c";

    /// <summary>The row of an understood message; its sequence number is given at append.</summary>
    public static StoredMessage Of(EnvelopeReading.Understood understood, Delivery delivery, byte[] sha256, string ownCvr)
    {
        var (besked, raw, trouble) = understood;
        var status = raw is null ? null : XmlMasking.Mask(raw);
        var registration = besked.ObjektRegistrering.FirstOrDefault(o => o.ObjektHandling is { } h && KnownHandlinger.Names.ContainsKey(h))
            ?? besked.ObjektRegistrering.FirstOrDefault(o => o.ObjektHandling is not null)
            ?? (besked.ObjektRegistrering.Count > 0 ? besked.ObjektRegistrering[0] : null);
        var createdAt = besked.Leveranceinformation?.Dannelsestidspunkt?.At;
        var registeredAt = registration?.Registreringstidspunkt?.At;
        var authorities = Authorities.Of(besked, ownCvr);
        var action = registration?.ObjektHandling;
        var sensitivity = besked.Leveranceinformation?.Sikkerhedsklassificering;
        return new StoredMessage
        {
            BeskedId = besked.BeskedId,
            Beskedtype = besked.Beskedtype,
            Transport = delivery.Transport,
            ReceivedAt = delivery.ReceivedAt.ToUniversalTime(),
            CreatedAt = createdAt,
            RegisteredAt = registeredAt,
            Authority = authorities[0],
            OtherAuthorities = authorities.Count > 1 ? $";{string.Join(';', authorities.Skip(1))};" : null,
            ResponsibleAuthority = XmlMasking.MaskIdentifier(registration?.ObjektAnsvarligMyndighed ?? besked.BeskedAnsvarligAktoer),
            Action = action,
            ActionName = action is not null && KnownHandlinger.Names.TryGetValue(action, out var name) ? name : status?.TransaktionsStatusKode,
            Sensitivity = sensitivity,
            Classified = sensitivity is not null && KnownSikkerhedsklassificeringer.Fortrolige.Contains(sensitivity),
            ObjectsJson = ObjectsOf(besked),
            IsPostStatus = besked.Beskedtype == KnownBeskedtyper.PostStatus,
            TransmissionId = status?.TransmissionId,
            MessageUuid = status?.MessageUUID,
            MessageId = status?.MessageId,
            AfsendelseIdentifikator = status?.AfsendelseIdentifikator,
            ForsendelseIdentifikator = status?.ForsendelseIdentifikator,
            CorrelationId = status?.CorrelationId,
            EnvelopeObjectId = IsPerson(registration) ? null : registration?.ObjektId,
            Channel = status?.KanalKode,
            StatusText = status?.TransaktionsStatusKode,
            StatusAt = status?.TransaktionsDatoTid?.At ?? registeredAt ?? createdAt,
            EventCodes = status is { Haendelser.Count: > 0 } ? string.Join(';', status.Haendelser.Select(h => h.TypeKode).OfType<string>()) : null,
            ErrorCode = status?.FejlKode,
            ErrorText = status?.FejlTekst is { Length: > MaxErrorText } trace ? trace[..MaxErrorText] : status?.FejlTekst,
            PayloadTrouble = trouble,
            Sha256 = sha256,
            Bytes = delivery.Bytes.Length,
        };
    }

    /// <summary>The objects of <see cref="StoredMessage.ObjectsJson"/>.</summary>
    public static ValueList<MessageObject> ObjectsFrom(string? json) =>
        json is null ? [] : [.. JsonSerializer.Deserialize<MessageObject[]>(json, JsonSerializerOptions.Web) ?? []];

    private static string? ObjectsOf(Haendelsesbesked besked)
    {
        MessageObject[] objects =
        [
            .. besked.RelateretObjekt.Select(o => new MessageObject(XmlMasking.MaskIdentifier(o.ObjektId), o.ObjektType, XmlMasking.MaskIdentifier(o.ObjektRolle))),
            .. besked.ObjektRegistrering.Where(o => o.ObjektId is not null || o.ObjektType is not null).Select(o => new MessageObject(XmlMasking.MaskIdentifier(o.ObjektId), o.ObjektType, null)),
        ];
        return objects.Length == 0 ? null : JsonSerializer.Serialize(objects, JsonSerializerOptions.Web);
    }

    private static bool IsPerson(ObjektRegistrering? registration) =>
        registration is not null && (registration.ObjektType == PersonType || registration.ObjektId?.StartsWith("urn:oio:cpr", StringComparison.OrdinalIgnoreCase) == true);
}
