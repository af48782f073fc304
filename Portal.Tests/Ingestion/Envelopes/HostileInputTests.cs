using System.Text;
using CsCheck;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Xunit;
using static Portal.Tests.Ingestion.Envelopes.EnvelopeText;

namespace Portal.Tests.Ingestion.Envelopes;

public sealed class HostileInputTests
{
    private const string Secret = "hemmeligt-indhold-af-filen";

    [Fact]
    public void A_document_type_is_refused_and_no_file_is_read()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Secret);
            var text = $"<!DOCTYPE a [<!ENTITY x SYSTEM \"{new Uri(file)}\">]>" + Bare(id: "<UUIDIdentifikator>&x;</UUIDIdentifikator>");
            var refused = Refused(Read(text), QuarantineReason.Malformed);
            Assert.DoesNotContain(Secret, refused.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void An_external_document_type_is_refused() =>
        Refused(Read("<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\">" + Bare()), QuarantineReason.Malformed);

    [Fact]
    public void An_entity_bomb_is_refused()
    {
        var bomb = new StringBuilder("<!DOCTYPE a [<!ENTITY x0 \"haha\">");
        for (var i = 1; i < 40; i++)
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"<!ENTITY x{i} \"&x{i - 1};&x{i - 1};\">");
        Refused(Read(bomb.Append("]>").Append(Bare(id: "<UUIDIdentifikator>&x39;</UUIDIdentifikator>")).ToString()),
            QuarantineReason.Malformed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<k:Beskeddata xmlns:k=\"urn:oio:besked:kuvert:1.0\">")]
    public void A_hundred_thousand_levels_are_refused(string before)
    {
        var deep = before + string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000))
            + (before.Length > 0 ? "</k:Beskeddata>" : "");
        Refused(Read(deep), QuarantineReason.Malformed);
        Assert.Equal(BeskedId, Refused(
            Read(Bare(data: before.Length > 0 ? deep : $"<k:Beskeddata>{deep}</k:Beskeddata>")), QuarantineReason.Malformed).BeskedId);
    }

    [Fact]
    public void A_hundred_thousand_levels_inside_base64_are_trouble_on_an_accepted_message()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000));
        HasPayloadProblem(Read(Bare(data: Base64(Encode(deep)))));
    }

    // More than 64 KB, as only such documents are looked through for it.
    private static string Attributes(int count, string value = "v") =>
        string.Join(' ', Enumerable.Range(0, count).Select(i => $"a{i}=\"{value}\"")) + new string(' ', 70_000);

    [Theory]
    [InlineData("utf-8", "v")]
    [InlineData("utf-8", ">")]
    [InlineData("utf-8", "'")]
    [InlineData("utf-16", "v")]
    [InlineData("utf-16BE", "v")]
    [InlineData("iso-8859-1", ">")]
    public void An_element_with_too_many_attributes_is_refused_before_it_is_read(string encoding, string value)
    {
        var writing = Encoding.GetEncoding(encoding);
        EnvelopeReading Of(int count) => HaendelsesbeskedReader.Read((byte[])
            [.. writing.GetPreamble(), .. writing.GetBytes(Bare(data: $"<k:Beskeddata><a {Attributes(count, value)}/></k:Beskeddata>"))]);
        Assert.IsType<EnvelopeReading.Understood>(Of(XmlAttributeLimit.Most));
        var refused = Refused(Of(XmlAttributeLimit.Most + 1), QuarantineReason.Malformed);
        Assert.Contains("attributter", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_element_with_too_many_attributes_inside_base64_is_trouble_on_an_accepted_message() =>
        HasPayloadProblem(Read(Bare(data: Base64(Encode($"<a {Attributes(XmlAttributeLimit.Most + 1)}/>")))));

    [Theory]
    [InlineData("<!-- {0} -->")]
    [InlineData("<![CDATA[<a {0}/>]]>")]
    [InlineData("<?php <a {0}/>?>")]
    [InlineData("<a/>{0}<a/>")]
    [InlineData("<a b=\"<!-- \"/>", false)]
    public void What_only_looks_like_attributes_is_not_counted(string text, bool isXml = true)
    {
        var many = $"<r>{string.Format(System.Globalization.CultureInfo.InvariantCulture, text, Attributes(30_000))}</r>";
        Assert.False(XmlAttributeLimit.IsExceeded(many));
        Assert.False(XmlAttributeLimit.IsExceeded(Bytes(many)));
        if (isXml) Assert.True(XmlAttributeLimit.IsExceeded(many + $"<a {Attributes(XmlAttributeLimit.Most + 1)}/>"));
    }

    [Fact]
    public void A_message_cut_anywhere_is_refused()
    {
        var whole = Bytes(Bare(data: Base64(Encode("<PKO_PostStatus/>"))).TrimEnd());
        for (var length = 0; length < whole.Length; length++)
            Refused(HaendelsesbeskedReader.Read(whole.AsMemory(0, length)), QuarantineReason.Malformed);
        Assert.IsType<EnvelopeReading.Understood>(HaendelsesbeskedReader.Read(whole));
    }

    [Theory]
    [InlineData("utf-8", "iso-8859-1")]
    [InlineData("utf-16", "utf-8")]
    [InlineData("ukendt-tegnsaet", "utf-8")]
    [InlineData("utf-7", "utf-8")]
    [InlineData("", "utf-8")]
    public void A_text_in_another_encoding_than_it_says_is_refused(string declared, string actual)
    {
        var text = $"<?xml version=\"1.0\" encoding=\"{declared}\"?>" + Bare(id: "<UUIDIdentifikator>æøå</UUIDIdentifikator>");
        Refused(HaendelsesbeskedReader.Read(Encoding.GetEncoding(actual).GetBytes(text)), QuarantineReason.Malformed);
    }

    [Theory]
    [InlineData("iso-8859-1", "Windows-1252")]
    [InlineData("ibm850", "850")]
    public void An_envelope_that_says_utf_8_and_is_not_is_refused_with_what_it_looks_like(string actual, string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        foreach (var declaration in (string[])["", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"])
        {
            var bytes = Encoding.GetEncoding(actual)
                .GetBytes(declaration + Bare(data: "<k:Beskeddata><p>Afgørelse på påkrav</p></k:Beskeddata>"));
            Assert.Contains(
                $"ikke skrevet i UTF-8, men ligner {name}", Refused(HaendelsesbeskedReader.Read(bytes), QuarantineReason.Malformed).Detail
                    .Replace("tegnsæt ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("UTF-8", Refused(Read("<a>æ"), QuarantineReason.Malformed).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<k:BeskedId xmlns:k=\"urn:oio:besked:kuvert:1.0\"/>", QuarantineReason.Malformed)]
    [InlineData("bare tekst", QuarantineReason.Malformed)]
    [InlineData("<?xml version=\"1.0\"?>", QuarantineReason.Malformed)]
    [InlineData("{\"json\": true}", QuarantineReason.Malformed)]
    [InlineData("<ModtagBeskedInput xmlns=\"urn:oio:sts:1.0.0\"/>", QuarantineReason.Malformed)]
    [InlineData("<Haendelsesbesked/>", QuarantineReason.Malformed)]
    [InlineData("<Haendelsesbesked xmlns=\"urn:oio:besked:kuvert:1.0\"/>", QuarantineReason.MissingId)]
    public void What_is_no_envelope_is_refused(string text, QuarantineReason reason) => Refused(Read(text), reason);

    [Theory]
    [InlineData("")]
    [InlineData("<UUIDIdentifikator/>")]
    [InlineData("<UUIDIdentifikator> \n </UUIDIdentifikator>")]
    [InlineData("<Andet>1</Andet>")]
    public void A_message_without_id_is_refused(string id) => Assert.Null(Refused(Read(Bare(id: id)), QuarantineReason.MissingId).BeskedId);

    [Fact]
    public void A_message_without_type_is_refused_by_its_id() =>
        Assert.Equal(BeskedId, Refused(Read(Bare(type: "")), QuarantineReason.MissingType).BeskedId);

    [Theory]
    [InlineData("å")]
    [InlineData("😀")]
    public void An_id_of_two_hundred_characters_is_kept_and_one_of_two_hundred_and_one_refused(string character)
    {
        var id = string.Concat(Enumerable.Repeat(character, 200));
        Assert.Equal(
            id, Assert.IsType<EnvelopeReading.Understood>(Read(Bare(id: $"<UUIDIdentifikator>{id}</UUIDIdentifikator>"))).Besked.BeskedId);
        Assert.Null(Refused(Read(Bare(id: $"<UUIDIdentifikator>{id}1</UUIDIdentifikator>")), QuarantineReason.Malformed).BeskedId);
    }

    [Theory]
    [InlineData("&#x9;")]
    [InlineData("\n")]
    [InlineData("&#x85;")]
    [InlineData("&#x1;")]
    [InlineData("&#x0;")]
    [InlineData("&#xD800;")]
    public void An_id_with_a_control_character_is_refused(string character) =>
        Assert.Null(Refused(Read(Bare(id: $"<UUIDIdentifikator>a{character}b</UUIDIdentifikator>")), QuarantineReason.Malformed).BeskedId);

    [Theory]
    [InlineData("")]
    [InlineData("<s:ModtagBeskedInput xmlns:s=\"urn:oio:sts:1.0.0\">")]
    public void Two_envelopes_at_once_are_refused(string before)
    {
        var after = before.Length > 0 ? "</s:ModtagBeskedInput>" : "";
        Refused(Read(before + Bare() + Bare() + after), QuarantineReason.Malformed);
    }

    [Fact]
    public void No_bytes_are_refused() => Refused(HaendelsesbeskedReader.Read(ReadOnlyMemory<byte>.Empty), QuarantineReason.Malformed);

    [Fact]
    public void Random_bytes_never_throw() => Gen.Byte.Array[0, 300].Sample(bytes => { HaendelsesbeskedReader.Read(bytes); }, iter: 5000);

    [Fact]
    public void A_message_damaged_anywhere_never_throws() =>
        Gen.Select(EnvelopeGen.Besked, EnvelopeGen.Status, EnvelopeGen.Style, Gen.Select(Gen.Double.Unit, Gen.Byte).Array[1, 8]).Sample(
            (besked, status, style, damages) =>
            {
                var bytes = HaendelsesbeskedWriter.Write(besked with { Beskedtype = KnownBeskedtyper.PostStatus }, status, style);
                foreach (var (at, value) in damages) bytes[(int)(at * (bytes.Length - 1))] = value;
                HaendelsesbeskedReader.Read(bytes);
            },
            iter: 5000);

    [Fact]
    public void A_payload_damaged_anywhere_never_throws() =>
        Gen.Select(EnvelopeGen.Status, Gen.Select(Gen.Double.Unit, Gen.Byte).Array[1, 8]).Sample(
            (status, damages) =>
            {
                var payload = Bytes(new EnvelopePrinter(new EnvelopeStyle()).PrintPayload(PostStatusTree.Of(status)));
                foreach (var (at, value) in damages) payload[(int)(at * (payload.Length - 1))] = value;
                Assert.IsType<EnvelopeReading.Understood>(Read(Bare(data: Base64(Convert.ToBase64String(payload)))));
            },
            iter: 5000);

    [Theory]
    [InlineData("ikke base64!")]
    [InlineData("PFBLT19")]
    [InlineData("====")]
    public void Base64_that_is_none_is_trouble_on_an_accepted_message(string base64) => HasPayloadProblem(Read(Bare(data: Base64(base64))));

    [Theory]
    [InlineData("rubbish")]
    [InlineData("<PKO_PostStatus")]
    [InlineData("<!DOCTYPE a [<!ENTITY x \"y\">]><PKO_PostStatus "
        + "xmlns=\"http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types\"><MessageId>&x;</MessageId></PKO_PostStatus>")]
    [InlineData("<andet/>")]
    [InlineData("\u0000\u0001")]
    [InlineData("%PDF-1.7")]
    public void Rubbish_inside_base64_is_trouble_on_an_accepted_message(string inner) =>
        HasPayloadProblem(Read(Bare(data: Base64(Encode(inner)))));

    [Theory]
    [InlineData("encoding=\"UTF-8\"")]
    [InlineData("")]
    [InlineData("encoding=\"klingon\"")]
    [InlineData("encoding=\"utf-7\"")]
    public void A_payload_in_another_encoding_than_it_says_is_trouble_on_an_accepted_message(string attributes) =>
        HasPayloadProblem(Read(Bare(data: Base64(Convert.ToBase64String(Encoding.Latin1.GetBytes("<a>æøå</a>")), attributes))));

    [Fact]
    public void What_is_said_of_a_refusal_holds_nothing_of_the_message()
    {
        foreach (var text in new[] { $"<{Secret}>", $"<a>{Secret}</b>", $"<a>&{Secret};</a>",
            $"<?xml version=\"1.0\" encoding=\"{Secret}\"?><a/>", $"<a {Secret}/>" })
        {
            Assert.DoesNotContain(Secret, Refused(Read(text), QuarantineReason.Malformed).Detail, StringComparison.Ordinal);
        }
    }

    private static EnvelopeReading.NotUnderstood Refused(EnvelopeReading reading, QuarantineReason reason)
    {
        var refused = Assert.IsType<EnvelopeReading.NotUnderstood>(reading);
        Assert.Equal(reason, refused.Reason);
        Assert.NotEmpty(refused.Detail);
        return refused;
    }

    private static void HasPayloadProblem(EnvelopeReading reading)
    {
        var understood = Assert.IsType<EnvelopeReading.Understood>(reading);
        Assert.Equal(BeskedId, understood.Besked.BeskedId);
        Assert.Null(understood.PostStatus);
        Assert.NotNull(understood.PayloadTrouble);
    }
}
