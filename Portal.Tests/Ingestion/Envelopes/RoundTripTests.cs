using System.Xml.Linq;
using CsCheck;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Ingestion.Envelopes;

public sealed class RoundTripTests
{
    [Fact]
    public void What_is_written_is_read_back_for_any_value_prefix_quirk_and_order() =>
        Gen.Select(EnvelopeGen.Besked, EnvelopeGen.Style).Sample(
            (besked, style) => Assert.Equal(Comparable(besked), Comparable(Read(besked, null, style).Besked)),
            iter: 2000);

    [Fact]
    public void A_status_is_read_back_for_any_value_prefix_quirk_and_order() =>
        Gen.Select(EnvelopeGen.Besked, EnvelopeGen.Status, EnvelopeGen.Style).Sample(
            (any, status, style) =>
            {
                var besked = any with { Beskedtype = KnownBeskedtyper.PostStatus };
                var read = Read(besked, status, style);
                Assert.Equal(status, read.PostStatus);
                Assert.Equal(besked.Beskeddata.Count + 1, read.Besked.Beskeddata.Count);
                Assert.Equal(Comparable(besked),
                    Comparable(read.Besked with { Beskeddata = [.. read.Besked.Beskeddata.Take(besked.Beskeddata.Count)] }));
            },
            iter: 2000);

    [Fact]
    public void The_same_style_gives_the_same_bytes() =>
        Gen.Select(EnvelopeGen.Besked, EnvelopeGen.Status, EnvelopeGen.Style).Sample(
            (besked, status, style) => Assert.Equal(
                HaendelsesbeskedWriter.Write(besked, status, style), HaendelsesbeskedWriter.Write(besked, status, style)),
            iter: 200);

    [Fact]
    public void A_payload_that_could_not_be_decoded_is_not_written_as_something_else() =>
        Assert.Throws<ArgumentException>(() => HaendelsesbeskedWriter.Write(
            new Haendelsesbesked { BeskedId = "1", Beskedtype = "2",
                Beskeddata = [new Beskeddata(null, null, null, null, IsBase64: true, "Ulæselig.")] },
            null,
            new EnvelopeStyle()));

    private static EnvelopeReading.Understood Read(Haendelsesbesked besked, PostStatus? status, EnvelopeStyle style) =>
        Assert.IsType<EnvelopeReading.Understood>(HaendelsesbeskedReader.Read(HaendelsesbeskedWriter.Write(besked, status, style)));

    // Compares XML by meaning, not by bytes: the writer chooses where a namespace is declared.
    private static Haendelsesbesked Comparable(Haendelsesbesked besked) =>
        besked with { Beskeddata = [.. besked.Beskeddata.Select(data => data.IsBase64 ? data : data with { Xml = Meaning(data.Xml!) })] };

    private static string Meaning(string xml)
    {
        var root = XElement.Parse($"<root>{xml}</root>", LoadOptions.PreserveWhitespace);
        return string.Concat(root.Elements().Select(Meaning));
    }

    private static string Meaning(XElement element) =>
        $"({element.Name} {string.Join(' ', element.Attributes().Where(a => !a.IsNamespaceDeclaration))} "
        + string.Concat(element.Nodes().Select(node => node is XElement child ? Meaning(child) : ((XText)node).Value)) + ")";
}
