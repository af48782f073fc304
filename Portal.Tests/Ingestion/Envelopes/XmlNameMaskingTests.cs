using System.Xml.Linq;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Ingestion.Envelopes;

/// <summary>A person number in a name of the XML is masked as one in its texts is, and the XML stays XML.</summary>
public sealed class XmlNameMaskingTests
{
    [Theory]
    [InlineData("<n0203641234>x</n0203641234>")]
    [InlineData("<a n0203641234='x' n0203645678='y' n020364-xxxx='z'/>")]
    [InlineData("<p0203641234:a xmlns:p0203641234='urn:person:020364-1234' p0203641234:b='x'><p0203641234:c/></p0203641234:a>")]
    [InlineData("<a xmlns='urn:oio:cpr-nr:0203641234'><b/></a>")]
    public void It_is_masked(string data)
    {
        var masked = XmlMasking.Mask(
            EnvelopeText.Bytes(EnvelopeText.Bare(data: $"<k:Beskeddata>{data}</k:Beskeddata>")), credentials: false);
        Assert.DoesNotContain("1234", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("5678", masked, StringComparison.Ordinal);
        Assert.Contains("020364-xxxx", masked, StringComparison.Ordinal);
        Assert.NotNull(XDocument.Parse(masked).Root);
    }
}
