using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Envelopes;

namespace Portal.Ingestion.Transports.Simulator;

/// <summary>
/// Builds envelopes with a PKO_PostStatus, in the shape of those that the distributor sends. The same step gives the same bytes.
/// </summary>
public static class PostStatusMessage
{
    // Not real credentials: base64 of "CN=Simulator".
    private const string Credentials = "Q049U2ltdWxhdG9y";

    /// <summary>The envelope's bytes, pretty-printed UTF-8 with the payload in Base64.</summary>
    public static byte[] Build(PostStatusStep step) => Build(step, new EnvelopeStyle { Wrapped = step.Wrapped }, person: null);

    /// <summary>The envelope in a given style; <paramref name="person"/> is the URN of a person to add as a related object.</summary>
    internal static byte[] Build(PostStatusStep step, EnvelopeStyle style, string? person, string credentials = Credentials)
    {
        var besked = Besked(step, person);
        return HaendelsesbeskedWriter.Write(
            besked with { Leveranceinformation = besked.Leveranceinformation! with { KildesystemAkkreditiver = credentials } },
            Status(step), style);
    }

    /// <summary>The distributor's delivery information; the ids in it come from <paramref name="random"/>.</summary>
    internal static Leveranceinformation Delivered(DateTimeOffset at, string sensitivity, SeededRandom random) => new()
    {
        Dannelsestidspunkt = Utc(at.AddMilliseconds(416)),
        TransaktionsId = random.Uuid(),
        Kildesystem = KnownPostStatusIds.Source,
        KildesystemIPAdresse = "::FFFF:192.0.2.10",
        KildesystemAkkreditiver = Credentials,
        Sikkerhedsklassificering = sensitivity,
        Leveranceruter =
        [
            new Leverancerute
            {
                Fordelingssystem = KnownPostStatusIds.Distributor,
                ModtagelsesTidspunkt = Local(at.AddMilliseconds(590)),
                LeveranceTidspunkt = Local(at.AddMilliseconds(591)),
                ModtagetFraSystem = KnownPostStatusIds.Source,
                ErLeveretIHenholdTil = random.Uuid(),
                AntalLeveranceforsoeg = "1",
            },
        ],
    };

    /// <summary>A moment as the source writes it: UTC with milliseconds.</summary>
    internal static Tidsstempel Utc(DateTimeOffset at) =>
        DanishTime.ParseTidsstempel(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    private static Tidsstempel Local(DateTimeOffset at) =>
        DanishTime.ParseTidsstempel(DanishTime.ToLocal(at).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture));

    private static Haendelsesbesked Besked(PostStatusStep step, string? person)
    {
        var random = new SeededRandom(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(step.BeskedId))));
        var authority = "urn:oio:cvr:" + step.Cvr;
        var related = new List<RelateretObjekt> { new(random.Uuid(), KnownPostStatusIds.RelatedType, null) };
        if (person is not null) related.Add(new RelateretObjekt(person, PersonMessage.PersonType, null));
        return new Haendelsesbesked
        {
            BeskedId = step.BeskedId,
            BeskedVersion = "1.0",
            Beskedtype = KnownBeskedtyper.PostStatus,
            BeskedAnsvarligAktoer = KnownPostStatusIds.Responsible,
            TilladtModtager = [authority],
            RelateretObjekt = [.. related],
            ObjektRegistrering =
            [
                new ObjektRegistrering
                {
                    ObjektRegistreringId = step.TransmissionId,
                    RegistreringsAktoer = KnownPostStatusIds.Source,
                    Registreringstidspunkt = Utc(step.At),
                    ObjektAnsvarligMyndighed = authority,
                    ObjektId = step.MessageUuid,
                    ObjektType = KnownPostStatusIds.LetterType,
                    ObjektHandling = step.Action,
                },
            ],
            Leveranceinformation = Delivered(step.At, KnownSikkerhedsklassificeringer.IkkeFortrolig, random),
        };
    }

    private static PostStatus Status(PostStatusStep step) => new()
    {
        TransmissionId = step.TransmissionId,
        MessageUUID = step.MessageUuid,
        MessageId = step.MessageId,
        KanalKode = step.Channel,
        TransaktionsDatoTid = Utc(step.At),
        TransaktionsStatusKode = KnownHandlinger.Names.GetValueOrDefault(step.Action),
        CorrelationId = step.TransmissionId,
        FejlKode = step.ErrorCode,
        FejlTekst = step.ErrorText,
        Haendelser = step.EventCode is { } code ? [new ForsendelseHaendelse(code, Utc(step.At), null)] : [],
    };
}
