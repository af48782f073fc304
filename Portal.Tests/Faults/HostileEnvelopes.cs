using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Portal.Ingestion.Envelopes;

namespace Portal.Tests.Faults;

/// <summary>
/// Numbered envelopes at every limit and against every rule; the same number always gives the same bytes. Combines each field with each
/// value, and adds malformed shapes and encodings.
/// </summary>
internal static class HostileEnvelopes
{
    private static readonly string[] Fields =
    [
        "BeskedVersion", "Beskedtype", "BeskedAnsvarligAktoer", "TilladtModtager", "TvaergaaendeProces", "RelateretId", "RelateretType",
            "RelateretRolle", "RegistreringId", "RegistreringsAktoer",
        "Registreringstidspunkt", "ObjektAnsvarligMyndighed", "ObjektId", "ObjektType", "ObjektHandling", "OpgaveEmne",
            "Dannelsestidspunkt", "TransaktionsId", "Kildesystem", "KildesystemIPAdresse",
        "KildesystemAkkreditiver", "Sikkerhedsklassificering", "Fordelingssystem", "AntalLeveranceforsoeg", "Modtagerhandling",
            "GyldighedFra", "TransmissionId", "MessageUUID", "MessageId",
        "AfsendelseIdentifikator", "ForsendelseIdentifikator", "KanalKode", "TransaktionsDatoTid", "BrugerNavn", "EnhedTekst",
            "AfsenderSystemIdentifikator", "TransaktionsStatusKode",
        "ForsendelseTypeIdentifikator", "CorrelationId", "FejlKode", "FejlTekst", "TypeKode", "DatoTid", "Beloeb", "BeskedId",
    ];

    private static readonly int[] Lengths =
        [0, 1, 2, 15, 16, 19, 20, 21, 35, 36, 37, 59, 60, 61, 79, 80, 81, 99, 100, 101, 199, 200, 201, 255, 256, 257, 299, 300, 301, 499,
            500, 501, 1023, 1024, 1025, 1999, 2000, 2001, 2703, 2704, 2705, 4000, 8189, 8190, 8191, 8192, 10_000, 65_535, 65_536];

    // Characters from several planes of Unicode, and at the edges of the surrogates.
    private static readonly string[] Characters =
    [
        "a", "7", "æ", "ß", "İ", "€", "中", "\uD7FF", "\uE000", "\uFFFD", "\u0301", "\u200D", "\u202E", "\u2028", "\u0085", "\u00A0",
            "\uFEFF", "'", "\\", "%", "\"", "&amp;", "&lt;", "&#9;", "&#10;", "&#13;", "&#x7F;", "👩‍👩‍👧",
        .. Enumerable.Range(1, 16).Select(plane => char.ConvertFromUtf32((plane << 16) + 0x41)), char.ConvertFromUtf32(0x10FFFD), "😀",
    ];

    private static readonly string[] Words =
    [
        "urn:oio:cpr:0101011234", "urn:oio:cpr-nr:010101-1234", "0101011234", "urn:oio:cvr:55133018", "urn:oio:cvr-nr: 12345678",
            "urn:oio:cvr:1234567", "D2BED63C-4853-4008-B6E0-A74C15B15FBF",
        "{d2bed63c-4853-4008-b6e0-a74c15b15fbf}", "d2bed63c48534008b6e0a74c15b15fbf", "00000000-0000-0000-0000-000000000000",
            "2023-02-30T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.9999999-14:00",
        "-0044-03-15T00:00:00Z", "2023-03-26T02:30:00", "2023-10-29T02:30:00", "2023-01-01T24:00:00", "2023-01-01T24:00:01",
            "2016-12-31T23:59:60Z", "2023-01-01T00:00:00." + new string('9', 5000) + "Z", "2023-01-01T00:00:00+99:99",
        "12345", "NaN", "-1", "99999999999999999999999999999999999", "NULL", "'; DROP TABLE \"Messages\"; --", "%s%n$1{0}", "\\x00",
            "../../etc/passwd", "<![CDATA[<b>]]>", "<!-- x -->", "<?pi x?>", "<x/>", "&#0;", "&#xD800;",
        "&#xFFFF;", "&#1;", "&#x1F;", "&unknown;", "fejlet", "FEJLET", "Klar", "e225a75c-4b63-46c4-9423-77f5c8762445", ";", ";;;",
            "12345678;87654321",
    ];

    private static readonly Func<int, byte[]>[] Shapes =
    [
        n => Bytes(Of(n, data: Nested("a", 127))), n => Bytes(Of(n, data: Nested("a", 128))), n => Bytes(Of(n, data: Nested("a", 129))),
            n => Bytes(Nested("a", 50_000)),
        n => Bytes(Of(n, data: Payload(Nested("p:KanalKode", 140)))), n => Bytes(Of(n, data: Repeat("<a/>", 20_000))),
            n => Bytes(Of(n, data: $"<a {string.Join(' ', Enumerable.Range(0, 10_000).Select(a => $"a{a}='x'"))}/>")),
        n => Bytes(Of(n, data: $"<a b='{new string('x', 200_000)}'/>")),
            n => Bytes(Of(n,
            filter: Repeat("<k:RelateretObjekt><k:ObjektId><s:UUIDIdentifikator>@</s:UUIDIdentifikator></k:ObjektId></k:RelateretObjekt>",
            200))),
        n => Bytes(Of(n, filter: Repeat(
            "<k:RelateretObjekt><k:ObjektId><s:URNIdentifikator>urn:@</s:URNIdentifikator></k:ObjektId></k:RelateretObjekt>", 3000))),
        n => Bytes(Of(n, filter: Repeat("<k:ObjektRegistrering><k:ObjektId><s:UUIDIdentifikator>@</s:UUIDIdentifikator></k:ObjektId>"
            + "<k:ObjektHandling><s:UUIDIdentifikator>@</s:UUIDIdentifikator></k:ObjektHandling></k:ObjektRegistrering>", 500))),
        n => Bytes(Of(n, filter: string.Concat(Enumerable.Range(0,
            3000).Select(m =>
            $"<k:TilladtModtager><s:URNIdentifikator>urn:oio:cvr:{10_000_000 + m}</s:URNIdentifikator></k:TilladtModtager>")))),
        n => Bytes(Of(n, data: Payload(Repeat("<p:ForsendelseHaendelseSamling><p:ForsendelseHaendelse><p:TypeKode>@</p:TypeKode>"
            + "</p:ForsendelseHaendelse></p:ForsendelseHaendelseSamling>", 400)))),
        n => Bytes(Of(n, data: Payload("<p:FejlDetaljer>"
            + $"<p:FejlTekst>{string.Join(' ', Enumerable.Range(0, 12_000).Select(w => $"ord{w}"))}</p:FejlTekst></p:FejlDetaljer>"))),
        n => Bytes(Of(n, data: Payload("<p:FejlDetaljer>"
            + $"<p:FejlTekst>{string.Join(' ', Enumerable.Range(0, 1500).Select(w => new string((char)('a' + (w % 26)), 700) + w))}</p:"
            + "FejlTekst></p:FejlDetaljer>"))),
        n => Bytes(Of(n, data: Payload($"<p:FejlDetaljer><p:FejlTekst>{new string('y', 900_000)}</p:FejlTekst></p:FejlDetaljer>"))),
        n => Bytes(Of(n, data: Payload(Repeat("<p:KanalKode>@</p:KanalKode>", 2000)))),
            n => Bytes(Of(n, data: Repeat(Payload("<p:KanalKode>@</p:KanalKode>"), 50))),
        n => Bytes(Repeat(Of(n), 2)),
            n => Bytes($"<sts:ModtagBeskedInput xmlns:sts='urn:oio:sts:1.0.0'>{Of(n)}{Of(n)}</sts:ModtagBeskedInput>"),
            n => Bytes($"<sts:ModtagBeskedInput xmlns:sts='urn:oio:sts:1.0.0'>{Of(n)}</sts:ModtagBeskedInput>"),
        n => Bytes("<!DOCTYPE a [<!ENTITY x 'y'>]>" + Of(n)), n => Bytes("<!-- x --><?pi y?>" + Of(n) + "<!-- z -->"),
            n => Bytes("\n  \n" + Of(n)), n => Bytes(Of(n) + "rest"), n => Bytes(Of(n) + new string(' ', 100_000)),
        n => Bytes(Of(n))[..^1], n => Bytes(Of(n))[..^40], n => Bytes(Of(n))[..(Of(n).Length / 2)], n => Bytes(Of(n))[..10],
            n => Id(n).ToByteArray(), n => [.. new byte[1 + (n % 9)]], n => RandomBytes(n, 3000), n => [.. Bytes(Of(n)), 0],
        n => [.. Bytes(Of(n))[..200], 1, .. Bytes(Of(n))[200..]], n => [.. Bytes(Of(n))[..200], 0xFF, 0xFE, .. Bytes(Of(n))[200..]],
            n => [.. Bytes(Of(n))[..200], 0xED, 0xA0, 0x80, .. Bytes(Of(n))[200..]],
            n => [.. Bytes(Of(n))[..200], 0xC0, 0x80, .. Bytes(Of(n))[200..]],
        n => Declared("utf-16", Encoding.Unicode, Of(n), bom: true), n => Declared("utf-16", Encoding.BigEndianUnicode, Of(n), bom: true),
            n => Declared("utf-16", Encoding.Unicode, Of(n), bom: false), n => Declared("utf-8", Encoding.UTF32, Of(n), bom: true),
        n => Declared("windows-1252", Encoding.Latin1, Of(n), bom: false), n => Declared("iso-8859-1", Encoding.UTF8, Of(n), bom: false),
            n => Declared("utf-8", Encoding.Latin1, Of(n, data: "<a>æøå</a>"), bom: false),
            n => Declared("IBM037", Encoding.UTF8, Of(n), bom: false),
        n => Declared("utf-7", Encoding.UTF8, Of(n), bom: false), n => Declared("hittepå", Encoding.UTF8, Of(n), bom: false),
            n => Declared("", Encoding.UTF8, Of(n), bom: false), n => [0xEF, 0xBB, 0xBF, .. Bytes(Of(n))],
            n => [0xFF, 0xFE, .. Bytes(Of(n))],
        n => Base64(n, "!!!!"), n => Base64(n, "QQ"), n => Base64(n, "QQ=="), n => Base64(n, Convert.ToBase64String(RandomBytes(n, 2000))),
            n => Base64(n, Convert.ToBase64String(Encoding.Unicode.GetBytes(Payload("<p:KanalKode>x</p:KanalKode>"))), "utf-16"),
        n => Base64(n, Convert.ToBase64String([0x00, 0xD8, 0x41, 0x00]), "utf-16"),
            n => Base64(n, Convert.ToBase64String(Bytes(Payload("<p:KanalKode>\0</p:KanalKode>")))),
            n => Base64(n, Convert.ToBase64String(Bytes(Nested("a", 5000)))),
            n => Base64(n, Convert.ToBase64String(Encoding.Latin1.GetBytes(Payload("<p:KanalKode>æ</p:KanalKode>"))), "utf-8"),
        n => Base64(n, Convert.ToBase64String(Bytes(Payload("<p:KanalKode>&#xD83D;</p:KanalKode>")))), n => Base64(n, "", "utf-7"),
            n => Base64(n, "QUJD", new string('e', 5000)), n => Base64(n, Convert.ToBase64String(Bytes(Payload(new string(' ', 300_000))))),
        n => Bytes(Of(n).Replace("<k:Beskedtype>", "<k:Beskedtype/><k:Beskedtype>", StringComparison.Ordinal)),
            n => Bytes(Of(n).Replace("<k:BeskedId>", "<k:BeskedId/><k:BeskedId>", StringComparison.Ordinal)),
        n => Bytes(Of(n).Replace("urn:oio:besked:kuvert:1.0", "urn:oio:besked:kuvert:9.9", StringComparison.Ordinal)),
            n => Bytes(Of(n).Replace("k:", "", StringComparison.Ordinal)),
            n => Bytes(Of(n).Replace("xmlns:k", "xmlns:k2", StringComparison.Ordinal)),
    ];

    /// <summary>The number of different envelopes before the same kinds repeat with other identities.</summary>
    public static int Kinds { get; } = (Fields.Length * ((Lengths.Length * Characters.Length) + Words.Length)) + (Shapes.Length * 8);

    /// <summary>The envelope with a number. Every eighth is a malformed shape; the others step through fields and values.</summary>
    public static byte[] At(int n)
    {
        if (n % 8 == 0) return Shapes[n / 8 % Shapes.Length](n);

        // The step widths share no divisor with the list lengths, so that even a short run covers every field, length and character.
        var field = Fields[n % Fields.Length];
        var value = n % 5 == 1 ? Words[n / 5 % Words.Length]
            : Text(Lengths[n * 7 % Lengths.Length], Characters[n * 11 % Characters.Length], n);
        return Bytes(Of(n, field, value));
    }

    // Zero or one character first, so that every cut length falls within a surrogate pair in some envelope.
    private static string Text(int length, string character, int n)
    {
        var text = new StringBuilder(length + 8).Append('x', Math.Min(length, n / 3 % 2));
        while (text.Length < length) text.Append(character);
        return text.ToString();
    }

    private static Guid Id(int n) =>
        new(SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"hostile {n}"))).AsSpan(0, 16));

    private static byte[] RandomBytes(int n, int length)
    {
        var bytes = new byte[length];
        new Random(n).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Repeat(string text, int times) =>
        string.Concat(Enumerable.Range(0, times).Select(m => text.Replace("@", Id(-1 - m).ToString(), StringComparison.Ordinal)));

    private static string Nested(string name, int levels) =>
        string.Concat(Enumerable.Repeat($"<{name}>", levels)) + string.Concat(Enumerable.Repeat($"</{name}>", levels));

    private static string Payload(string inner) =>
        $"<p:PKO_PostStatus xmlns:p=\"http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types\">{inner}</p:PKO_PostStatus>";

    private static byte[] Declared(string name, Encoding encoding, string text, bool bom) =>
        [.. bom ? encoding.GetPreamble() : [], .. encoding.GetBytes($"<?xml version=\"1.0\" encoding=\"{name}\"?>{text}")];

    private static byte[] Base64(int n, string base64, string encoding = "utf-8") =>
        Bytes(Of(n, data: $"<b:Base64 xmlns:b=\"{EnvelopeNames.Base64}\" content-type=\"application/xml\" "
            + $"encoding=\"{encoding}\">{base64}</b:Base64>"));

    private static string Of(int n, string field = "", string value = "", string filter = "", string? data = null)
    {
        string F(string name, string usual = "") => name == field ? value : usual;
        string Uuid(string element, string name, string usual = "") => F(name, usual) is { Length: > 0 } id
            ? $"<k:{element}><s:UUIDIdentifikator>{id}</s:UUIDIdentifikator></k:{element}>" : $"<k:{element}/>";
        string Urn(string element, string name, string usual = "") => F(name, usual) is { Length: > 0 } id
            ? $"<k:{element}><s:URNIdentifikator>{id}</s:URNIdentifikator></k:{element}>" : $"<k:{element}/>";
        string Tid(string element, string name, string usual = "") => F(name, usual) is { Length: > 0 } at
            ? $"<k:{element}><s:TidsstempelDatoTid>{at}</s:TidsstempelDatoTid></k:{element}>" : $"<k:{element}/>";
        string P(string name, string usual = "") => $"<p:{name}>{F(name, usual)}</p:{name}>";
        return $"""
            <k:Haendelsesbesked xmlns:k="{EnvelopeNames.Kuvert}" xmlns:s="urn:oio:sagdok:3.0.0"><k:BeskedId>
            <s:UUIDIdentifikator>{(field == "BeskedId" ? Own(value, n) : Id(n).ToString())}</s:UUIDIdentifikator></k:BeskedId>
            <k:BeskedVersion>{F("BeskedVersion", "1.0")}</k:BeskedVersion>
            <k:Beskedkuvert>
            <k:Filtreringsdata>
            {Uuid("Beskedtype", "Beskedtype", KnownBeskedtyper.PostStatus)}{Urn("BeskedAnsvarligAktoer",
                "BeskedAnsvarligAktoer", "urn:oio:cvr-nr:55133018")}{Urn("TilladtModtager", "TilladtModtager", "urn:oio:cvr-nr:55133018")}
            <k:RelateretObjekt>{Uuid("ObjektId", "RelateretId", Id(n + 1_000_000).ToString())}{Uuid("ObjektType", "RelateretType")}
            <k:ObjektRolle>{F("RelateretRolle", "Afsender")}</k:ObjektRolle></k:RelateretObjekt>{filter}
            <k:ObjektRegistrering>
            {Uuid("ObjektRegistreringId", "RegistreringId")}{Urn("RegistreringsAktoer", "RegistreringsAktoer")}{Tid(
                "Registreringstidspunkt", "Registreringstidspunkt", "2026-02-13T12:00:00Z")}{Urn("ObjektAnsvarligMyndighed",
                "ObjektAnsvarligMyndighed", "urn:oio:cvr-nr:55133018")}
            {Uuid("ObjektId", "ObjektId", Id(n + 2_000_000).ToString())}{Uuid("ObjektType", "ObjektType")}{Uuid("ObjektHandling",
                "ObjektHandling", KnownHandlinger.Fejlet)}{Urn("OpgaveEmne", "OpgaveEmne",
                "urn:oio:kle:32.01.01")}</k:ObjektRegistrering>{Uuid("TvaergaaendeProces", "TvaergaaendeProces")}</k:Filtreringsdata>
            <k:Leveranceinformation>
            {Tid("Dannelsestidspunkt", "Dannelsestidspunkt", "2026-02-13T12:00:01Z")}{Uuid("TransaktionsId",
                "TransaktionsId")}{Uuid("Kildesystem", "Kildesystem")}<k:KildesystemIPAdresse>{
                F("KildesystemIPAdresse")}</k:KildesystemIPAdresse>
            <k:KildesystemAkkreditiver>{F("KildesystemAkkreditiver")}</k:KildesystemAkkreditiver>
            {Uuid("Sikkerhedsklassificering", "Sikkerhedsklassificering")}<k:Leveranceruter><k:Leverancerute>{Uuid("Fordelingssystem",
                "Fordelingssystem")}
            <k:LeveranceruteLokalUdvidelse>
            <k:AntalLeveranceforsoeg>{F("AntalLeveranceforsoeg", "1")}</k:AntalLeveranceforsoeg></k:LeveranceruteLokalUdvidelse>
            </k:Leverancerute></k:Leveranceruter></k:Leveranceinformation>
            <k:Modtagerhandling>{F("Modtagerhandling")}</k:Modtagerhandling>{Tid("GyldighedFra", "GyldighedFra")}</k:Beskedkuvert>
            <k:Beskeddata>{data ?? Payload(
                $"{P("TransmissionId")}{P("MessageUUID", Id(n + 3_000_000).ToString())}{P("MessageId")}{P("AfsendelseIdentifikator")}"
                + $"{P("ForsendelseIdentifikator")}{P("KanalKode", "Digital Post")}{P("TransaktionsDatoTid", "2026-02-13T12:00:00Z")}"
                + $"{P("BrugerNavn")}{P("EnhedTekst")}"
                + $"{P("AfsenderSystemIdentifikator")}{P("TransaktionsStatusKode", "Fejlet")}{P("ForsendelseTypeIdentifikator")}"
                + $"{P("CorrelationId")}<p:FejlDetaljer>{P("FejlKode", "1")}{P("FejlTekst", "Modtager ikke tilmeldt")}</p:FejlDetaljer>"
                + $"<p:ForsendelseHaendelseSamling><p:ForsendelseHaendelse>{P("TypeKode")}{P("DatoTid")}{P("Beloeb")}"
                + "</p:ForsendelseHaendelse></p:ForsendelseHaendelseSamling>")}</k:Beskeddata></k:Haendelsesbesked>
            """;
    }

    // Puts the number at the front of a BeskedId and keeps its length, so that no two envelopes are the same message.
    private static string Own(string value, int n)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"{n:D7}-");
        return value.Length > number.Length + 2 && value.All(c => c is not ('&' or '<' or ';'))
            && !char.IsLowSurrogate(value[number.Length]) ? number + value[number.Length..] : value;
    }
}
