using System.Text;
using CsCheck;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Envelopes;

namespace Portal.Tests.Ingestion.Envelopes;

/// <summary>Generates messages of every kind that the envelope standard allows, in every style of writing them.</summary>
internal static class EnvelopeGen
{
    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.Char[' ', '~'].Select(c => c.ToString()),
        OneOf("æ", "ø", "å", "Å", "<", ">", "&", "]]>", "\"", "'", "&amp;", "<b>", "<!--", "😀", "👩‍⚖️", "漢", "\u00A0", "\t", "\n", "\r",
            "\r\n", "$", "e\u0301"));

    private static readonly Gen<string> Uuid = Gen.Guid.Select(g => g.ToString("D"));

    /// <summary>Any printable text, trimmed and not empty.</summary>
    public static readonly Gen<string> Text = Piece.Array[1, 25].Select(string.Concat).Select(s => s.Trim()).Where(s => s.Length > 0);

    private static readonly Gen<string> Line = Text.Select(WithoutControls).Where(s => s.Length > 0);

    /// <summary>Identifiers as the reader keeps them: UUIDs in lower case, URNs and anything else as written.</summary>
    public static readonly Gen<string> Id = Gen.Frequency(
        (5, Uuid),
        (2, Line.Select(s => "urn:oio:" + s)),
        (1, OneOf("1", "urn:oio:cvr:55133018", "urn:oio:cvr-nr:12345678", "URN:OIO:KLE:32.01.01")),
        (2, Line)).Select(s => Identifier.Normalise(s)!);

    private static readonly Gen<string> BeskedId = Id.Where(s => s.Length <= HaendelsesbeskedReader.MaxBeskedIdLength);

    private static readonly Gen<Tidsstempel> Time = Gen.OneOf(
        Gen.DateTime.Select(
            OneOf("", "Z", "+01:00", "-05:30"), OneOf("yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.fff", "yyyy-MM-ddTHH:mm:ss.fffffff"))
            .Select((at, zone, format) => at.ToString(format, System.Globalization.CultureInfo.InvariantCulture) + zone),
        OneOf("true", "2023-02-13", "2023-10-29T02:30:00", "2023-03-26T02:30:00", "2023-02-13T24:00:00", "i går"),
        Line).Select(DanishTime.ParseTidsstempel);

    private static readonly Gen<Beskeddata> Payload = Gen.OneOf(
        Text.Select(
            OneOf<string?>(null, "UTF-8", "utf-16", " utf-8 "), OneOf<string?>(null, "application/xml"), OneOf<string?>(null, ".xml"))
            .Select((text, encoding, type, file) => new Beskeddata(text, type, encoding, file, IsBase64: true, Error: null)),
        Gen.Const(new Beskeddata(null, null, null, null, IsBase64: true, Error: null)),
        Text.Select(OneOf("<a b=\"1\">{0}</a>", "<p:a xmlns:p=\"urn:p\"><p:b>{0}</p:b><c xmlns=\"urn:c\"/></p:a>", "<a/><b>{0}</b>",
            "<Base64>{0}</Base64>", "<a xmlns=\"urn:oio:besked:kuvert:1.0\"><BeskedId>{0}</BeskedId></a>"))
            .Select((text, shape) => new Beskeddata(
                shape.Replace("{0}", Escape(text), StringComparison.Ordinal), null, null, null, IsBase64: false, Error: null)));

    private static readonly Gen<RelateretObjekt> Related =
        Gen.Select(Maybe(Id), Maybe(Id), Maybe(Id), (id, type, role) => new RelateretObjekt(id, type, role));

    private static readonly Gen<ObjektRegistrering> Registration = Maybe(Id).Array[7].Select(Maybe(Time), (id, at) => new ObjektRegistrering
    {
        ObjektRegistreringId = id[0],
        RegistreringsAktoer = id[1],
        ObjektAnsvarligMyndighed = id[2],
        ObjektId = id[3],
        ObjektType = id[4],
        ObjektHandling = id[5],
        OpgaveEmne = id[6],
        Registreringstidspunkt = at,
    });

    private static readonly Gen<Leverancerute> Route =
        Gen.Select(Maybe(Id).Array[3], Maybe(Time).Array[2], Maybe(Line), (id, at, tries) => new Leverancerute
        {
            Fordelingssystem = id[0],
            ModtagetFraSystem = id[1],
            ErLeveretIHenholdTil = id[2],
            ModtagelsesTidspunkt = at[0],
            LeveranceTidspunkt = at[1],
            AntalLeveranceforsoeg = tries,
        });

    private static readonly Gen<Leveranceinformation> Information = Gen.Select(
        Maybe(Id).Array[3], Maybe(Time), Maybe(Text).Array[2], Route.Array[0, 3], (id, at, text, routes) => new Leveranceinformation
        {
            TransaktionsId = id[0],
            Kildesystem = id[1],
            Sikkerhedsklassificering = id[2],
            Dannelsestidspunkt = at,
            KildesystemIPAdresse = text[0],
            KildesystemAkkreditiver = text[1],
            Leveranceruter = [.. routes],
        });

    /// <summary>Any message.</summary>
    public static readonly Gen<Haendelsesbesked> Besked = Gen.Select(
        Gen.Select(BeskedId, Id, Maybe(Text), Maybe(Id).Array[2], Maybe(Time).Array[2]),
        Gen.Select(Id.Array[0, 3], Related.Array[0, 3], Registration.Array[0, 3], Id.Array[0, 2]),
        Gen.Select(Maybe(Information), Payload.Array[0, 3]),
        (one, lists, rest) => new Haendelsesbesked
        {
            BeskedId = one.Item1,
            Beskedtype = one.Item2,
            BeskedVersion = one.Item3,
            BeskedAnsvarligAktoer = one.Item4[0],
            Modtagerhandling = one.Item4[1],
            GyldighedFra = one.Item5[0],
            GyldighedTil = one.Item5[1],
            TilladtModtager = [.. lists.Item1],
            RelateretObjekt = [.. lists.Item2],
            ObjektRegistrering = [.. lists.Item3],
            TvaergaaendeProces = [.. lists.Item4],
            Leveranceinformation = rest.Item1,
            Beskeddata = [.. rest.Item2],
        });

    /// <summary>Any status.</summary>
    public static readonly Gen<PostStatus> Status = Gen.Select(
        Maybe(Id).Array[8],
        Maybe(Text).Array[6],
        Maybe(Time),
        Gen.Select(Maybe(Text), Maybe(Time), Maybe(Text), (code, at, amount) => new ForsendelseHaendelse(code, at, amount)).Array[0, 3],
        (id, text, at, happenings) => new PostStatus
        {
            TransmissionId = id[0],
            MessageUUID = id[1],
            MessageId = id[2],
            AfsendelseIdentifikator = id[3],
            ForsendelseIdentifikator = id[4],
            AfsenderSystemIdentifikator = id[5],
            ForsendelseTypeIdentifikator = id[6],
            CorrelationId = id[7],
            KanalKode = text[0],
            BrugerNavn = text[1],
            EnhedTekst = text[2],
            TransaktionsStatusKode = text[3],
            FejlKode = text[4],
            FejlTekst = text[5],
            TransaktionsDatoTid = at,
            Haendelser = [.. happenings],
        });

    private static readonly Gen<string> Prefix = OneOf("", "ns2", "ns3", "ns4", "b", "æ", "SOAP-ENV");

    /// <summary>Any style.</summary>
    public static readonly Gen<EnvelopeStyle> Style = Gen.Select(
        Prefix.Array[6],
        Gen.Bool.Array[8],
        Gen.Int[0, 1000],
        OneOf(EnvelopeEncoding.Utf8, EnvelopeEncoding.Utf16, EnvelopeEncoding.Latin1),
        (prefix, yes, seed, encoding) => new EnvelopeStyle
        {
            KuvertPrefix = prefix[0],
            SagdokPrefix = prefix[1],
            StsPrefix = prefix[2],
            Base64Prefix = prefix[3],
            PostStatusPrefix = prefix[4],
            SignaturePrefix = prefix[5].Length == 0 ? null : prefix[5],
            Wrapped = yes[0],
            ByteOrderMark = yes[1],
            UpperCaseUuids = yes[2],
            Comments = yes[3],
            ShuffleSeed = yes[4] ? seed : null,
            Base64Payload = yes[5],
            Base64Whitespace = yes[6],
            Indented = yes[7],
            Encoding = encoding,
        });

    private static Gen<T?> Maybe<T>(Gen<T> gen) where T : class => Gen.Frequency<T?>((1, OneOf<T?>([null])), (3, gen.Select(v => (T?)v)));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string WithoutControls(string text) =>
        new StringBuilder().AppendJoin("", text.Where(c => !char.IsControl(c))).ToString().Trim();

    private static string Escape(string text) =>
        new System.Xml.Linq.XText(text).ToString().Replace("\r", "&#xD;", StringComparison.Ordinal);
}
