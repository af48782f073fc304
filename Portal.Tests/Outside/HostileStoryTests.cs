using System.Net;
using System.Text;
using Portal.Tests.Ingestion.Envelopes;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Outside;

/// <summary>
/// Everything pushed ends as a message, a counted repeat, a conflict or a quarantine row with its exact bytes; the portal stays up and logs
/// none of the content.
/// </summary>
public sealed class HostileStoryTests(OnePortal one) : IClassFixture<OnePortal>
{
    private const string Secret = "0202021234";

    [Fact]
    public async Task Bad_input_waits_in_quarantine_byte_for_byte_and_the_portal_runs_on()
    {
        var (portal, before) = (one.Process, await CountAsync("/api/beskeder"));
        var good = EnvelopeText.Bare();
        var entities =
            string.Concat(Enumerable.Range(1, 9).Select(n => $"<!ENTITY e{n} \"{string.Concat(Enumerable.Repeat($"&e{n - 1};", 10))}\">"));
        foreach (var (name, bytes, reason) in ((string, byte[], string)[])
        [
            ("external entity", Utf8($"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;{Secret}</a>"), "malformed"),
            ("entity bomb", Utf8($"<!DOCTYPE a [<!ENTITY e0 \"{Secret}\">{entities}]><a>&e9;</a>"), "malformed"),
            ("document type before an envelope", Utf8("<!DOCTYPE Haendelsesbesked>" + good), "malformed"),
            ("100,000 levels", Utf8(string.Concat(Enumerable.Repeat("<a>", 100_000))), "malformed"),
            ("100,000 levels of payload", Utf8(EnvelopeText.Bare(data: $"<k:Beskeddata>{string.Concat(Enumerable.Repeat("<a>", 100_000))}"
                + $"{string.Concat(Enumerable.Repeat("</a>", 100_000))}</k:Beskeddata>")), "malformed"),
            ("truncated", Utf8(good[..^20]), "malformed"),
            ("two roots", Utf8(good + good), "malformed"),
            ("NULs", new byte[5000], "malformed"),
            ("white space", Utf8(" \r\n "), "malformed"),
            ("text", Utf8($"hej {Secret}"), "malformed"),
            ("another's envelope", Utf8($"<soap:Envelope xmlns:soap=\"urn:x\">{Secret}</soap:Envelope>"), "malformed"),
            ("says UTF-8 and is not", Encoding.Latin1.GetBytes(EnvelopeText.Bare(data: "<k:Beskeddata><p>Æble</p></k:Beskeddata>")),
                "malformed"),
            ("unknown encoding", Utf8("<?xml version=\"1.0\" encoding=\"ebcdic-xx\"?>" + good), "malformed"),
            ("no id", Utf8(EnvelopeText.Bare(id: "")), "missing-id"),
            ("no type", Utf8(EnvelopeText.Bare(type: "<UUIDIdentifikator> </UUIDIdentifikator>")), "missing-type"),
            ("an id of 201 characters", Utf8(EnvelopeText.Bare(id: $"<UUIDIdentifikator>{new string('x', 201)}</UUIDIdentifikator>")),
                "malformed"),
            ("an id with a control character", Utf8(EnvelopeText.Bare(id: "<UUIDIdentifikator>a&#x85;b</UUIDIdentifikator>")), "malformed"),
        ])
        {
            using (var answer = await portal.PushAsync(bytes))
                Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{name}: {answer.StatusCode}");
            var row = (await portal.GetAsync("/api/karantaene?limit=1"))["items"]![0]!;
            Assert.Equal((name, reason, bytes.Length), (name, (string?)row["reason"], (int)row["bytes"]!));
            Assert.Equal(bytes, await portal.Http.GetByteArrayAsync(new Uri($"/api/karantaene/{row["id"]}/raw", UriKind.Relative)));
        }

        Assert.Equal(before, await CountAsync("/api/beskeder"));
        Assert.Equal("ok", (string?)(await portal.GetAsync("/health/ready"))["status"]);
        Assert.DoesNotContain(Secret, portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Odd_but_understandable_input_is_accepted_and_comes_back_byte_for_byte()
    {
        var (portal, before) = (one.Process, await CountAsync("/api/karantaene"));
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var danish = "<k:Beskeddata><p>Æblegrød</p></k:Beskeddata>";
        string Declared(string encoding, string data) => $"<?xml version=\"1.0\" encoding=\"{encoding}\"?>" + Fresh(data: data);
        foreach (var (name, bytes) in ((string, byte[])[])
        [
            ("UTF-16 with a mark", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Declared("UTF-16", danish))]),
            ("UTF-16 without", Encoding.Unicode.GetBytes(Declared("UTF-16", danish))),
            ("UTF-16, big end first", Encoding.BigEndianUnicode.GetBytes(Declared("UTF-16", danish))),
            ("UTF-8 with a mark", [.. Encoding.UTF8.GetPreamble(), .. Utf8(Fresh(data: danish))]),
            ("windows-1252", Encoding.GetEncoding(1252).GetBytes(Declared("windows-1252", danish))),
            ("no payload", Utf8(Fresh())),
            ("empty payloads", Utf8(Fresh(data: "<k:Beskeddata/><k:Beskeddata/>"))),
            ("bad Base64", Utf8(Fresh(data: EnvelopeText.Base64($"!!{Secret}!!")))),
            ("rubbish inside", Utf8(Fresh(data: EnvelopeText.Base64(EnvelopeText.Encode($"\u0001 {Secret}"))))),
            ("depth inside", Utf8(Fresh(data: EnvelopeText.Base64(EnvelopeText.Encode(string.Concat(Enumerable.Repeat("<a>", 100_000))))))),
            ("a comment within an id",
                Utf8(Fresh().Replace("<UUIDIdentifikator>", "<UUIDIdentifikator><!-- c -->", StringComparison.Ordinal))),
            ("an attribute of a megabyte", Utf8(Fresh(data: $"<k:Beskeddata><p a=\"{new string('y', 1_000_000)}\"/></k:Beskeddata>"))),
            ("20,000 attributes", Utf8(Fresh(
                data: $"<k:Beskeddata><p {string.Join(' ', Enumerable.Range(0, 20_000).Select(n => $"a{n}=\"v\""))}/></k:Beskeddata>"))),
            ("20,000 namespaces", Utf8(Fresh(data: "<k:Beskeddata><p "
                + $"{string.Join(' ', Enumerable.Range(0, 20_000).Select(n => $"xmlns:a{n}=\"urn:{n}\""))}/></k:Beskeddata>"))),
            ("no moment", Utf8(Fresh().Replace("</k:Filtreringsdata>", "</k:Filtreringsdata><k:Leveranceinformation><k:Dannelsestidspunkt>"
                + "<GraenseIndikator>true</GraenseIndikator></k:Dannelsestidspunkt></k:Leveranceinformation>", StringComparison.Ordinal))),
            ("nonsense for a time", Utf8(Fresh().Replace("</k:Filtreringsdata>",
                "</k:Filtreringsdata><k:Leveranceinformation><k:Dannelsestidspunkt><TidsstempelDatoTid>2023-13-45T99:99"
                    + "</TidsstempelDatoTid></k:Dannelsestidspunkt></k:Leveranceinformation>", StringComparison.Ordinal))),
        ])
        {
            using (var answer = await portal.PushAsync(bytes)) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var message = (await portal.GetAsync("/api/beskeder?limit=1"))["items"]!.AsArray().SingleOrDefault();
            Assert.True(message is not null, $"{name} is nowhere");
            var raw = await portal.Http.GetByteArrayAsync(new Uri($"/api/beskeder/{message["beskedId"]}/raw", UriKind.Relative));
            Assert.True(bytes.AsSpan().SequenceEqual(raw), $"{name} came back otherwise");
        }

        Assert.Equal(before, await CountAsync("/api/karantaene"));
        Assert.DoesNotContain(Secret, portal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Æblegrød", portal.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "UUIDIdentifikator", "1")]
    [InlineData(" BD12C645-DE98-453A-AC80-F58A76942EDA ", "UUIDIdentifikator", "bd12c645-de98-453a-ac80-f58a76942eda")]
    [InlineData("urn:oio:besked:42", "URNIdentifikator", "urn:oio:besked:42")]
    [InlineData("a/b c%æ?#", "UUIDIdentifikator", "a/b c%æ?#")]
    [InlineData("a%2Fb", "UUIDIdentifikator", "a%2Fb")]
    public async Task An_id_of_any_form_is_found_again_by_its_encoded_path(string sent, string element, string id)
    {
        var portal = one.Process;
        (await portal.PushAsync(Utf8(EnvelopeText.Bare(id: $"<{element}>{sent}</{element}>")))).Dispose();
        Assert.Equal(id, (string?)(await portal.GetAsync($"/api/beskeder/{Uri.EscapeDataString(id)}"))["beskedId"]);
    }

    [Fact]
    public async Task The_same_content_in_another_wrapping_is_a_repeat_and_other_content_a_conflict()
    {
        var (portal, id, before) = (one.Process, Guid.NewGuid().ToString(), await CountAsync("/api/karantaene"));
        string With(string content) =>
            EnvelopeText.Bare(id: $"<UUIDIdentifikator>{id}</UUIDIdentifikator>", data: EnvelopeText.Base64(EnvelopeText.Encode(content)));
        var bare = With("<a>1</a>");
        foreach (var text in (string[])
        [
            bare, bare,
            $"<x:ModtagBeskedInput xmlns:x=\"urn:oio:sts:1.0.0\">{bare}</x:ModtagBeskedInput>",
            bare.Replace("<k:", "<zz:", StringComparison.Ordinal).Replace("</k:", "</zz:", StringComparison.Ordinal)
                .Replace(":k=", ":zz=", StringComparison.Ordinal),
            bare.Replace(id, id.ToUpperInvariant(), StringComparison.Ordinal),
        ]) (await portal.PushAsync(Utf8(text))).Dispose();
        Assert.Equal(5, (int)(await portal.GetAsync($"/api/beskeder/{id}"))["deliveries"]!);
        Assert.Equal(before, await CountAsync("/api/karantaene"));

        (await portal.PushAsync(Utf8(With("<a>2</a>")))).Dispose();

        Assert.Equal(before + 1, await CountAsync("/api/karantaene"));
        Assert.Equal("conflict", (string?)(await portal.GetAsync("/api/karantaene?limit=1"))["items"]![0]!["reason"]);
        Assert.Equal(Utf8(bare), await portal.Http.GetByteArrayAsync(new Uri($"/api/beskeder/{id}/raw", UriKind.Relative)));
    }

    [Fact]
    public async Task Person_numbers_are_masked_in_the_message_wherever_they_are()
    {
        var portal = one.Process;
        var filtering = $"<k:RelateretObjekt><k:ObjektId><URNIdentifikator>urn:oio:cpr-nr:{Secret}</URNIdentifikator></k:ObjektId>"
            + "</k:RelateretObjekt><k:TilladtModtager><URNIdentifikator>urn:oio:cvr:55133018</URNIdentifikator></k:TilladtModtager>";
        var payload = "<PKO_PostStatus xmlns=\"http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types\"><FejlDetaljer>"
            + $"<FejlKode>memo.invalid</FejlKode><FejlTekst>ukendt &lt;b&gt; {Secret}</FejlTekst></FejlDetaljer></PKO_PostStatus>";
        var id = Guid.NewGuid().ToString();
        (await portal.PushAsync(Utf8(EnvelopeText.Bare(id: $"<UUIDIdentifikator>{id}</UUIDIdentifikator>", filtering: filtering,
            data: EnvelopeText.Base64(EnvelopeText.Encode(payload)))))).Dispose();

        var message = await portal.GetAsync($"/api/beskeder/{id}");
        Assert.DoesNotContain(Secret, message.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("urn:oio:cpr-nr:020202-xxxx", (string?)message["objects"]![0]!["id"]);
        Assert.Equal("ukendt <b> 020202-xxxx", (string?)message["postStatus"]!["error"]!["text"]);
    }

    // How many rows a list has; other tests of the class may have left some.
    private async Task<int> CountAsync(string list) => (await one.Process.GetAsync(list + "?limit=1000"))["items"]!.AsArray().Count;

    private static string Fresh(string data = "") =>
        EnvelopeText.Bare(id: $"<UUIDIdentifikator>{Guid.NewGuid()}</UUIDIdentifikator>", data: data);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
