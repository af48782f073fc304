using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

public sealed class IdentifierKeyTests
{
    private const string Uuid = "4f1c2d3e-00ab-4000-8000-0000000000cd";

    [Theory]
    [InlineData("4f1c2d3e-00ab-4000-8000-0000000000cd")]
    [InlineData("4F1C2D3E-00AB-4000-8000-0000000000CD")]
    [InlineData("4f1c2d3e00ab400080000000000000cd")]
    [InlineData("{4F1C2D3E-00AB-4000-8000-0000000000CD}")]
    [InlineData("(4f1c2d3e-00ab-4000-8000-0000000000cd)")]
    [InlineData("{4f1c2d3e00ab400080000000000000cd}")]
    [InlineData("urn:uuid:4f1c2d3e-00ab-4000-8000-0000000000cd")]
    [InlineData("URN:UUID:4F1C2D3E00AB400080000000000000CD")]
    [InlineData("uuid:4f1c2d3e-00ab-4000-8000-0000000000cd")]
    [InlineData("urn:uuid:{4f1c2d3e-00ab-4000-8000-0000000000cd}")]
    [InlineData(" \t4f1c2d3e-00ab-4000-8000-0000000000cd\r\n")]
    [InlineData("\uFEFF4f1c2d3e-00ab-4000-8000-0000000000cd\u200B")]
    [InlineData("4f1c2d3e\u201100ab\u20114000\u20118000\u20110000000000cd")]
    [InlineData("4f1c2d3e–00ab–4000–8000–0000000000cd")]
    [InlineData("\u00A04f1c2d3e-00ab-4000-8000-0000000000cd\u00A0")]
    [InlineData("\u201C4f1c2d3e-00ab-4000-8000-0000000000cd\u201D")]
    [InlineData("»4f1c2d3e-00ab-4000-8000-0000000000cd«")]
    [InlineData("{urn:uuid:4F1C2D3E00AB400080000000000000CD}")]
    [InlineData("4f1c2d3e 00ab 4000 8000 0000000000cd")]
    [InlineData("\uFF14\uFF46\uFF11\uFF43\uFF12\uFF44\uFF13\uFF45\uFF0D00ab-4000-8000-0000000000cd")]
    [InlineData("4f1c2d3e\u00AD-00ab-4000-8000-0000000000cd")]
    public void A_uuid_is_the_same_in_every_writing(string text)
    {
        Assert.Equal(Uuid, IdentifierKey.Of(text));
        Assert.Equal(Uuid, Identifier.Normalise(text));
        Assert.Equal(MessageIdentifiers.KeyOf(Uuid), MessageIdentifiers.KeyOf(text));
    }

    [Theory]
    [InlineData("4f1c2d3e-00ab-4000-8000-0000000000c")]
    [InlineData("4f1c2d3e-00ab-4000-8000-0000000000cdx")]
    [InlineData("4f1c-2d3e00ab40008000-0000000000cd")]
    public void What_is_nearly_a_uuid_is_kept_as_written(string text)
    {
        Assert.Null(IdentifierKey.Uuid(text));
        Assert.Equal(text, Identifier.Normalise(text));
    }

    [Theory]
    [InlineData("4f1c2d3e", "4f1c2d3e")]
    [InlineData("4F1C2D3E00AB", "4f1c2d3e-00ab")]
    [InlineData("{4f1c2d3e-00ab-", "4f1c2d3e-00ab")]
    [InlineData("4f1c2d3e\u201100ab\u20114", "4f1c2d3e-00ab-4")]
    [InlineData("urn:uuid:4f1c2d3e00ab4000800000000000", "4f1c2d3e-00ab-4000-8000-00000000")]
    [InlineData("4f1c-2d3e00ab", null)]
    [InlineData("4f1c2d3", null)]
    [InlineData("L-88213001", null)]
    [InlineData(Uuid, null)]
    public void The_beginning_of_a_uuid_is_the_same_in_every_writing(string text, string? beginning) =>
        Assert.Equal(beginning, IdentifierKey.UuidBeginning(text));

    [Theory]
    [InlineData("26-0412")]
    [InlineData("26\u20110412")]
    [InlineData("26–0412")]
    [InlineData("26\u22120412")]
    [InlineData("26-0412\u200B")]
    [InlineData("26-\u00AD0412")]
    [InlineData("\uFEFF26-0412\u200E")]
    [InlineData(" 26-0412\u00A0")]
    [InlineData("26\u20100412")]
    [InlineData("26\u20150412")]
    [InlineData("26\uFE630412")]
    [InlineData("26\uFF0D0412")]
    [InlineData("26\u27960412")]
    [InlineData("\uFF12\uFF16\uFF0D\uFF10\uFF14\uFF11\uFF12")]
    [InlineData("26-\u20640412\uFE0F")]
    [InlineData("26-0412\u2800")]
    public void Hyphens_and_what_is_not_seen_make_no_other_case_number(string text) => Assert.Equal("26-0412", IdentifierKey.Of(text));

    [Fact]
    public void Spaces_case_and_composition_make_no_other_id()
    {
        Assert.Equal(IdentifierKey.Of("sag å 12"), IdentifierKey.Of("SAG\u00A0A\u030A\u2009 12"));
        Assert.NotEqual(IdentifierKey.Of("26-0412"), IdentifierKey.Of("260412"));
        Assert.Equal("", IdentifierKey.Of("\u200B\u00AD "));
        Assert.Equal("\uFFFDx", IdentifierKey.Of("\uD800X"));
    }

    [Fact]
    public void What_an_earlier_version_wrote_under_another_key_is_asked_for_too()
    {
        Assert.Equal(5, MessageIdentifiers.FormerKeysOf(Uuid).Distinct().Count());
        Assert.Empty(MessageIdentifiers.FormerKeysOf("L-88213"));
        Assert.Single(MessageIdentifiers.FormerKeysOf("L–88213"));
    }

    [Fact]
    public void A_BeskedId_stays_as_it_is_written_unless_it_is_a_plain_uuid()
    {
        Assert.Equal(Uuid, Identifier.AsBeskedId(Uuid.ToUpperInvariant()));
        Assert.Equal("{4F1C2D3E-00AB-4000-8000-0000000000CD}", Identifier.AsBeskedId(" {4F1C2D3E-00AB-4000-8000-0000000000CD} "));
    }
}
