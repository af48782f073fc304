using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Portal.Tests.Platform.Access.OpenId;

/// <summary>
/// A provider of sign-in in memory that answers as well as it should, or as badly as a test wants. The portal reaches it as its back
/// channel; what its page would do is <see cref="Answer"/>.
/// </summary>
internal sealed class CrookedProvider : HttpMessageHandler
{
    public const string Issuer = "https://login.kommune.dk";
    public const string ClientId = "portal";
    public const string Secret = "en-hemmelighed-der-er-lang-nok-til-hs256";
    private readonly Dictionary<string, (string Nonce, string Challenge)> _codes = new(StringComparer.Ordinal);

    public RsaSecurityKey Key { get; } = new(RSA.Create(2048)) { KeyId = "k1" };

    /// <summary>Claims of the next id_token, beside those that every token has.</summary>
    public Dictionary<string, object> Claims { get; } = new(StringComparer.Ordinal);

    public CrookedProvider() => MakeGood();

    /// <summary>Answers as a provider should, for Mette.</summary>
    public void MakeGood()
    {
        (Bend, Forge) = (null, null);
        Claims.Clear();
        foreach (var (name, value) in ((string, string)[])[
            ("sub", "mette"), ("name", "Mette Hansen"), ("roles", "leder"), ("cvr", "55133018"), ("sid", "s-1"),
            ("acr", "https://data.gov.dk/concept/core/nsis/loa/Substantial")])
        {
            Claims[name] = value;
        }
    }

    /// <summary>Changes the next id_token before it is signed.</summary>
    public Action<SecurityTokenDescriptor>? Bend { get; set; }

    /// <summary>Replaces the whole id_token.</summary>
    public Func<string, string>? Forge { get; set; }

    /// <summary>What its description calls it.</summary>
    public string Named { get; set; } = Issuer;

    /// <summary>The back channel cannot be reached.</summary>
    public bool IsAway { get; set; }

    /// <summary>Checks the client's proof in a token request; null: the secret.</summary>
    public Func<Dictionary<string, string>, bool>? Prove { get; set; }

    /// <summary>What the person brings back after signing in: a code for the request that the portal sent them with.</summary>
    public Dictionary<string, string?> Answer(Uri sentTo)
    {
        var asked = QueryHelpers.ParseQuery(sentTo.Query);
        var code = Guid.NewGuid().ToString("N");
        _codes[code] = (asked["nonce"].ToString(), asked["code_challenge"].ToString());
        return new(StringComparer.Ordinal) { ["code"] = code, ["state"] = asked["state"].ToString(), ["iss"] = Issuer };
    }

    /// <summary>Signs a token.</summary>
    public string Sign(SecurityTokenDescriptor token) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsAway) throw new HttpRequestException("Away.");
        return request.RequestUri!.AbsolutePath switch
        {
            "/.well-known/openid-configuration" => Json(new Dictionary<string, object>
            {
                ["issuer"] = Named, ["authorization_endpoint"] = $"{Issuer}/authorize", ["token_endpoint"] = $"{Issuer}/token",
                ["jwks_uri"] = $"{Issuer}/jwks", ["end_session_endpoint"] = $"{Issuer}/end",
                ["authorization_response_iss_parameter_supported"] = true,
            }),
            "/jwks" => Json(new { keys = new[] { Public(Key) } }),
            "/token" => Token(QueryHelpers.ParseQuery(await request.Content!.ReadAsStringAsync(cancellationToken))
                .ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal)),
            _ => new HttpResponseMessage(HttpStatusCode.NotFound),
        };
    }

    private HttpResponseMessage Token(Dictionary<string, string> form)
    {
        if (!(Prove?.Invoke(form) ?? form.GetValueOrDefault("client_secret") == Secret))
            return Json(new { error = "invalid_client" }, HttpStatusCode.Unauthorized);
        if (!_codes.Remove(form["code"], out var code)
            || Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]))) != code.Challenge)
        {
            return Json(new { error = "invalid_grant" }, HttpStatusCode.BadRequest);
        }

        var now = DateTime.UtcNow;
        var token = new SecurityTokenDescriptor
        {
            Issuer = Issuer, Audience = ClientId, IssuedAt = now, NotBefore = now, Expires = now.AddMinutes(5),
            Claims = new Dictionary<string, object>(Claims) { ["nonce"] = code.Nonce },
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
        };
        Bend?.Invoke(token);
        var text = Sign(token);
        return Json(new
        {
            id_token = Forge?.Invoke(text) ?? text, access_token = "a", token_type = "Bearer", expires_in = 300,
        });
    }

    private static object Public(RsaSecurityKey key)
    {
        var jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(key.Rsa.ExportParameters(false)) { KeyId = key.KeyId });
        return new { kty = jwk.Kty, kid = jwk.Kid, n = jwk.N, e = jwk.E, use = "sig", alg = "RS256" };
    }

    private static HttpResponseMessage Json(object value, HttpStatusCode status = HttpStatusCode.OK) => new(status)
    {
        Content = new StringContent(JsonSerializer.Serialize(value), Encoding.UTF8, "application/json"),
    };
}
