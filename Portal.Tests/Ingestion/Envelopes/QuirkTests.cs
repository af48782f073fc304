using System.Text;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Envelopes;
using Xunit;
using static Portal.Tests.Ingestion.Envelopes.EnvelopeText;

namespace Portal.Tests.Ingestion.Envelopes;

public sealed class QuirkTests
{
    private const string Status = "<PKO_PostStatus xmlns=\"http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types\">"
        + "<MessageUUID>8853363B-43EC-4D0A-A54D-65447F9447ED</MessageUUID></PKO_PostStatus>";

    [Theory]
    [InlineData("urn:besked:kuvert:1.0")]
    [InlineData("urn:oio:besked:kuvert:1.0")]
    public void Base64_is_decoded_with_white_space_and_in_either_namespace(string ns)
    {
        var text = string.Join("\n\t ", Encode(Status).Chunk(20).Select(c => new string(c)));
        var read = Understood(Bare(data: Base64($"\n {text} \n").Replace("urn:besked:kuvert:1.0", ns, StringComparison.Ordinal)));
        Assert.Equal("8853363b-43ec-4d0a-a54d-65447f9447ed", read.PostStatus?.MessageUUID);
        Assert.Equal(
            new Beskeddata(Status, "application/xml", "UTF-8", ".xml", IsBase64: true, Error: null), Assert.Single(read.Besked.Beskeddata));
    }

    [Fact]
    public void A_payload_with_declaration_and_byte_order_mark_is_read() =>
        Assert.NotNull(Understood(Bare(data: Base64(Encode("\uFEFF<?xml version=\"1.0\" encoding=\"utf-16\"?>\n" + Status)))).PostStatus);

    [Fact]
    public void A_payload_in_the_encoding_that_it_says_is_read() =>
        Assert.Equal("<a>æøå</a>", Assert.Single(Understood(Bare(data: Base64(
            Convert.ToBase64String(Encoding.Latin1.GetBytes("<a>æøå</a>")), "encoding=\"ISO-8859-1\""))).Besked.Beskeddata).Xml);

    [Theory]
    [InlineData("")]
    [InlineData("<k:Beskeddata/>")]
    [InlineData("<k:Beskeddata>  <!-- intet --> </k:Beskeddata>")]
    public void A_message_without_payload_is_accepted_without_trouble(string data)
    {
        var read = Understood(Bare(data: data));
        Assert.Empty(read.Besked.Beskeddata);
        Assert.Null(read.PostStatus);
        Assert.Null(read.PayloadTrouble);
    }

    [Fact]
    public void Of_several_payloads_the_status_is_found_whichever_it_is()
    {
        var read = Understood(Bare(
            data: $"<k:Beskeddata><andet xmlns=\"\"/></k:Beskeddata><k:Beskeddata>{Status}</k:Beskeddata>" + Base64(Encode("<mere/>"))));
        Assert.Equal(3, read.Besked.Beskeddata.Count);
        Assert.NotNull(read.PostStatus);
    }

    [Fact]
    public void Of_several_elements_in_one_payload_the_status_is_found() =>
        Assert.NotNull(Understood(Bare(data: $"<k:Beskeddata>{Status}<andet xmlns=\"\"/></k:Beskeddata>")).PostStatus);

    [Fact]
    public void A_status_inside_another_element_is_found() =>
        Assert.NotNull(Understood(Bare(data: $"<k:Beskeddata><x:Svar xmlns:x=\"urn:x\">{Status}</x:Svar></k:Beskeddata>")).PostStatus);

    [Theory]
    [InlineData("<a xmlns:xml=\"http://www.w3.org/XML/1998/namespace\" xml:lang=\"da\"/>")]
    [InlineData("<a xmlns=\"\"><b xmlns=\"urn:b\"><c xmlns=\"\"/></b></a>")]
    [InlineData("<p:a xmlns:p=\"urn:1\" p:b=\"2\"><p:a xmlns:p=\"urn:2\"/></p:a>")]
    [InlineData("<k:a k:b=\"1\"><![CDATA[<&]]></k:a>")]
    [InlineData("<a><?php echo 1 ?></a>")]
    public void Any_xml_is_taken_as_payload(string xml)
    {
        var data = Assert.Single(Understood(Bare(data: $"<k:Beskeddata>{xml}</k:Beskeddata>")).Besked.Beskeddata);
        Assert.Null(data.Error);
        Assert.NotNull(System.Xml.Linq.XElement.Parse(data.Xml!));
    }

    [Fact]
    public void Both_spellings_of_an_authority_and_other_urns_are_kept_as_written()
    {
        string[] receivers = ["urn:oio:cvr:55133018", "urn:oio:cvr-nr:12345678", "URN:oio:Kle:32.01.01"];
        var filtering =
            string.Concat(receivers.Select(r => $"<k:TilladtModtager><URNIdentifikator> {r} </URNIdentifikator></k:TilladtModtager>"));
        Assert.Equal(receivers, Understood(Bare(filtering: filtering)).Besked.TilladtModtager);
    }

    [Fact]
    public void Uuids_are_lower_case_and_other_identifiers_as_written()
    {
        var read = Understood(Bare(id: "<UUIDIdentifikator>BD12C645-DE98-453A-AC80-F58A76942EDA</UUIDIdentifikator>",
            type: "<UUIDIdentifikator>Type ABC</UUIDIdentifikator>")).Besked;
        Assert.Equal(BeskedId, read.BeskedId);
        Assert.Equal("Type ABC", read.Beskedtype);
        Assert.Equal("1", Understood(Bare(id: "<UUIDIdentifikator>1</UUIDIdentifikator>")).Besked.BeskedId);
    }

    [Fact]
    public void Comments_are_allowed_anywhere() =>
        Assert.Equal(BeskedId, Understood("<!-- først -->" + Bare(id: $"<!-- id --><UUIDIdentifikator><!-- i -->{BeskedId[..9]}<!-- midt "
            + $"-->{BeskedId[9..]}</UUIDIdentifikator>") + "<!-- sidst -->").Besked.BeskedId);

    [Fact]
    public void An_unbounded_time_has_no_moment()
    {
        var read = Understood(Bare().Replace("</k:Beskedkuvert>",
            "<k:GyldighedTil><GraenseIndikator>true</GraenseIndikator></k:GyldighedTil></k:Beskedkuvert>", StringComparison.Ordinal));
        Assert.Equal(new Tidsstempel("true", null), read.Besked.GyldighedTil);
    }

    [Fact]
    public void Elements_of_other_namespaces_and_unknown_elements_are_passed_over()
    {
        var filtering = "<x:TilladtModtager xmlns:x=\"urn:x\"><URNIdentifikator>urn:oio:cvr:1</URNIdentifikator></x:TilladtModtager>"
            + "<k:NytElement><k:Beskedtype>2</k:Beskedtype></k:NytElement>";
        var read = Understood(Bare(filtering: filtering)).Besked;
        Assert.Empty(read.TilladtModtager);
        Assert.Equal(KnownBeskedtyper.PostStatus, read.Beskedtype);
    }

    [Fact]
    public void A_wrapped_message_is_found_next_to_other_elements() =>
        Assert.Equal(BeskedId, Understood("<s:ModtagBeskedInput "
            + $"xmlns:s=\"urn:oio:sts:1.0.0\"><s:Andet><a/></s:Andet>{Bare()}<s:Mere/></s:ModtagBeskedInput>").Besked.BeskedId);

    [Fact]
    public void A_long_error_text_with_markup_is_text()
    {
        var trace = string.Concat(Enumerable.Repeat("<b>memo.invalid</b> & mere 😀\n", 5000)).Trim();
        var bytes = HaendelsesbeskedWriter.Write(
            new Haendelsesbesked { BeskedId = "1", Beskedtype = KnownBeskedtyper.PostStatus },
            new PostStatus { FejlTekst = trace },
            new EnvelopeStyle { Base64Payload = false, Encoding = EnvelopeEncoding.Latin1 });
        Assert.Equal(trace, Assert.IsType<EnvelopeReading.Understood>(HaendelsesbeskedReader.Read(bytes)).PostStatus?.FejlTekst);
    }

    private static EnvelopeReading.Understood Understood(string text) => Assert.IsType<EnvelopeReading.Understood>(Read(text));
}
