using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using Portal.Tests.Api;
using Xunit;

namespace Portal.Tests.Platform.Access.OpenId;

/// <summary>Sign-out that the provider begins: from server to server, and in a frame.</summary>
public sealed class ProviderLogoutTests(OneSignIn one) : IClassFixture<OneSignIn>
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    private static SecurityTokenDescriptor Token(CrookedProvider provider) => new()
    {
        Issuer = CrookedProvider.Issuer, Audience = CrookedProvider.ClientId, IssuedAt = DateTime.UtcNow,
        Expires = DateTime.UtcNow.AddMinutes(2), TokenType = "logout+jwt",
        Claims = new Dictionary<string, object>
        {
            ["jti"] = Guid.NewGuid().ToString(), ["sid"] = "s-1", ["sub"] = "mette",
            ["events"] = new Dictionary<string, object> { [Event] = new Dictionary<string, object>() },
        },
        SigningCredentials = new SigningCredentials(provider.Key, SecurityAlgorithms.RsaSha256),
    };

    private static Task<HttpResponseMessage> SendAsync(SignInFlow flow, string token) =>
        flow.Host.Anonymous.Post("/logout/backchannel", new FormUrlEncodedContent([new("logout_token", token)]));

    private static async Task<bool> IsSignedInAsync(SignInFlow flow) => (await flow.GetAsync("/side")).StatusCode == HttpStatusCode.OK;

    [Fact]
    public async Task A_logout_token_ends_the_session_once()
    {
        var flow = await one.AfreshAsync();
        foreach (var (without, type) in ((string?, string)[])[("sid", "logout+jwt"), ("sub", "logout+jwt"), (null, "JWT")])
        {
            await flow.SignInAsync();
            var token = Token(flow.Provider);
            token.TokenType = type;
            if (without is not null) token.Claims.Remove(without);
            var signed = flow.Provider.Sign(token);
            using (var answer = await SendAsync(flow, signed))
            {
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                Assert.True(answer.Headers.CacheControl?.NoStore);
            }

            Assert.False(await IsSignedInAsync(flow));
            await flow.SignInAsync();
            using (var again = await SendAsync(flow, signed)) Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
            Assert.True(await IsSignedInAsync(flow));
        }
    }

    private static readonly Dictionary<string, Action<SecurityTokenDescriptor>> Bad = new(StringComparer.Ordinal)
    {
        ["another audience"] = t => t.Audience = "another",
        ["another issuer"] = t => t.Issuer = "https://evil.example",
        ["expired"] = t => (t.IssuedAt, t.Expires) = (DateTime.UtcNow.AddMinutes(-4), DateTime.UtcNow.AddMinutes(-3)),
        ["old"] = t => t.IssuedAt = DateTime.UtcNow.AddHours(-1),
        ["of the future"] = t => t.IssuedAt = DateTime.UtcNow.AddHours(1),
        ["without time of issue"] = t => t.IssuedAt = null,
        ["alg none"] = t => t.SigningCredentials = null,
        ["another's key"] = t => t.SigningCredentials = new SigningCredentials(
            new RsaSecurityKey(RSA.Create(2048)) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256),
        ["an id_token"] = t => (t.Claims["nonce"], t.TokenType) = ("n", "JWT"),
        ["without events"] = t => t.Claims.Remove("events"),
        ["another event"] = t => t.Claims["events"] = new Dictionary<string, object> { ["other"] = new Dictionary<string, object>() },
        ["without id"] = t => t.Claims.Remove("jti"),
        ["naming nobody"] = t =>
        {
            t.Claims.Remove("sid");
            t.Claims.Remove("sub");
        },
        ["another type"] = t => t.TokenType = "at+jwt",
    };

    [Fact]
    public async Task A_token_that_is_no_logout_token_of_the_provider_ends_nothing()
    {
        var flow = await one.AfreshAsync();
        await flow.SignInAsync();
        foreach (var (which, bend) in Bad)
        {
            var token = Token(flow.Provider);
            bend(token);
            using var answer = await SendAsync(flow, flow.Provider.Sign(token));
            Assert.Equal($"{which}: BadRequest", $"{which}: {answer.StatusCode}");
            Assert.Equal("invalid_request", JsonNode.Parse(await answer.Text())!["error"]!.GetValue<string>());
            Assert.True(await IsSignedInAsync(flow));
        }
    }

    [Fact]
    public async Task Rubbish_and_nothing_end_nothing()
    {
        var flow = await one.AfreshAsync();
        foreach (var text in (string[])["", "rubbish", "a.b.c", new string('x', 20000)])
        {
            using var answer = await SendAsync(flow, text);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        using var empty = await flow.Host.Anonymous.Post("/logout/backchannel", new StringContent(""));
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
    }

    [Fact]
    public async Task The_front_channel_checks_issuer_and_session_and_is_framed_by_the_provider_alone()
    {
        var flow = await one.AfreshAsync();
        await flow.SignInAsync();
        foreach (var wrong in (string[])["", "?sid=s-1", $"?iss={CrookedProvider.Issuer}", "?iss=https://evil.example&sid=s-1"])
        {
            using var refused = await flow.Host.Anonymous.Get($"/logout/frontchannel{wrong}");
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        using (var other = await flow.Host.Anonymous.Get($"/logout/frontchannel?iss={CrookedProvider.Issuer}&sid=s-2"))
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.True(await IsSignedInAsync(flow));
        using var answer = await flow.Host.Anonymous.Get($"/logout/frontchannel?iss={CrookedProvider.Issuer}&sid=s-1");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains($"frame-ancestors {CrookedProvider.Issuer};", answer.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("X-Frame-Options"));
        Assert.False(await IsSignedInAsync(flow));
    }
}
