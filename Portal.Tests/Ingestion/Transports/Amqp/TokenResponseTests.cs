using System.Text;
using CsCheck;
using Portal.Ingestion.Transports.Amqp.Token;
using Xunit;

namespace Portal.Tests.Ingestion.Transports.Amqp;

public sealed class TokenResponseTests
{
    private const string Trust = "http://docs.oasis-open.org/ws-sx/ws-trust/200512";
    private const string Saml = "urn:oasis:names:tc:SAML:2.0:assertion";
    private const string Utility = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_token_keeps_white_space_and_takes_the_prefixes_it_needs_along_and_no_others()
    {
        var (decoded, _) = Read(Answer("<saml:Assertion ID=\"_1\">\n  <saml:Attribute x:type=\"xs:string\"> a&#xD;b </saml:Attribute>"
            + "</saml:Assertion>", around: $"xmlns:saml=\"{Saml}\" xmlns:x=\"urn:x\" xmlns:xs=\"urn:xs\" xmlns:andet=\"urn:andet\""));

        Assert.Equal("<saml:Assertion ID=\"_1\"", decoded[..23]);
        Assert.Contains(">\n  <saml:Attribute x:type=\"xs:string\"", decoded, StringComparison.Ordinal);
        Assert.EndsWith("> a&#xD;b </saml:Attribute></saml:Assertion>", decoded, StringComparison.Ordinal);
        Assert.Contains("xmlns:xs=\"urn:xs\"", decoded, StringComparison.Ordinal);
        Assert.DoesNotContain("andet", decoded, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-24T13:00:00Z", "2026-11-24T12:00:00Z")]
    [InlineData("2026-11-24T12:00:00Z", "2026-11-24T13:00:00Z")]
    [InlineData("2026-11-24T13:00:00+01:00", null)]
    [InlineData(null, "2026-11-24T12:00:00.000Z")]
    public void The_earliest_end_counts(string? lifetime, string? notOnOrAfter)
    {
        var conditions = notOnOrAfter is null ? "" : $"<Conditions NotOnOrAfter=\"{notOnOrAfter}\"/>";
        Assert.Equal(Noon, Read(Answer($"<Assertion xmlns=\"{Saml}\">{conditions}</Assertion>", lifetime)).ExpiresAt);
    }

    [Fact]
    public void An_end_that_nobody_tells_is_unknown() => Assert.Null(Read(Answer("<hemmeligt/>")).ExpiresAt);

    [Theory]
    [InlineData("11/24/2026 12:00:00")]
    [InlineData("2026-11-24T12:00:00Z")]
    public void In_JSON_the_lifetime_counts_where_the_token_cannot_be_read(string lifetime)
    {
        var (decoded, expiresAt) = Read(
            $"{{\"RequestedSecurityToken\":{{\"Assertion\":\"{Convert.ToBase64String("krypteret"u8)}\"}},\"Lifetime\":\"{lifetime}\"}}");
        Assert.Equal(("krypteret", Noon), (decoded, expiresAt));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"RequestedSecurityToken\":{\"Assertion\":\"ikke base64!\"}}")]
    [InlineData("{\"RequestedSecurityToken\":{\"Assertion\":null}}")]
    [InlineData("{\"RequestedSecurityToken\":{\"Assertion\":\"\"}}")]
    [InlineData("<html/>")]
    [InlineData("<a><RequestedSecurityToken/></a>")]
    [InlineData("<a><RequestedSecurityToken>tekst</RequestedSecurityToken></a>")]
    [InlineData(
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a><RequestedSecurityToken><b>&b;</b></RequestedSecurityToken></a>")]
    public void What_is_no_token_is_said_to_be_none(string answer) => Assert.Throws<FormatException>(() => Read(answer));

    [Fact]
    public void Depth_is_bounded()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 5000)) + string.Concat(Enumerable.Repeat("</a>", 5000));
        Assert.Throws<FormatException>(() => Read($"<r>{deep}<RequestedSecurityToken><b/></RequestedSecurityToken></r>"));
        Assert.Throws<FormatException>(() => Read($"<r><RequestedSecurityToken>{deep}</RequestedSecurityToken></r>"));
    }

    [Fact]
    public void Whatever_comes_it_is_a_token_or_a_format_exception() => Gen.OneOf(
        Gen.String, Gen.String.Select(s => Answer(s)), Gen.String.Select(s => "{\"RequestedSecurityToken\":" + s)).Sample(answer =>
        {
            try
            {
                Read(answer);
            }
            catch (FormatException)
            {
                // The only exception allowed.
            }
        });

    [Fact]
    public void A_token_is_renewed_five_minutes_before_its_end_or_a_fifth_of_a_short_life()
    {
        Assert.Equal(Noon.AddMinutes(55), new SecurityToken([], Noon, Noon.AddHours(1)).RenewAt);
        Assert.Equal(Noon.AddMinutes(8), new SecurityToken([], Noon, Noon.AddMinutes(10)).RenewAt);
    }

    private static (string Decoded, DateTimeOffset? ExpiresAt) Read(string answer)
    {
        var (decoded, expiresAt) = TokenResponse.Read(Encoding.UTF8.GetBytes(answer));
        return (Encoding.UTF8.GetString(decoded), expiresAt);
    }

    private static string Answer(string token, string? lifetime = null, string around = "") =>
        $"<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" {around}><t:RequestSecurityTokenResponse "
        + $"xmlns:t=\"{Trust}\"><t:RequestedSecurityToken>{token}</t:RequestedSecurityToken>"
        + (lifetime is null ? "" : $"<t:Lifetime><u:Expires xmlns:u=\"{Utility}\">{lifetime}</u:Expires></t:Lifetime>")
        + "</t:RequestSecurityTokenResponse></s:Envelope>";
}
