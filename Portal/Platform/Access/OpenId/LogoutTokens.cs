using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Portal.Platform.Access.OpenId;

/// <summary>What a valid logout token says.</summary>
/// <param name="Id">Its own id (<c>jti</c>).</param>
/// <param name="Sid">The provider's session to end; null: all of the subject's.</param>
/// <param name="Subject">The person; null when only the session is named.</param>
/// <param name="IssuedAt">When it was issued.</param>
internal sealed record LogoutToken(string Id, string? Sid, string? Subject, DateTimeOffset IssuedAt);

/// <summary>Checks logout tokens (OpenID Connect Back-Channel Logout 1.0).</summary>
internal sealed class LogoutTokens(OpenIdProvider provider, OpenIdSettings settings, TimeProvider time)
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    // Providers of before 2024 write "JWT", or nothing, which the standard allows.
    private static readonly string[] Types = ["logout+jwt", "application/logout+jwt", "JWT", ""];
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Oldest = TimeSpan.FromMinutes(5);
    private readonly ClientKey? _key = settings.ClientKeyPath is { } path ? ClientKey.Read(path) : null;
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <summary>The token's content; null when it is not a valid one.</summary>
    /// <exception cref="InvalidOperationException">The provider's keys cannot be fetched.</exception>
    public async Task<LogoutToken?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        var result = await ValidateAsync(token, cancellationToken);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            provider.Refresh();
            result = await ValidateAsync(token, cancellationToken);
        }

        return result.IsValid && result.SecurityToken is JsonWebToken outer ? Of(outer.InnerToken ?? outer) : null;
    }

    private async Task<TokenValidationResult> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        var known = await provider.ReadAsync(cancellationToken);
        var parameters = OpenIdSetup.Parameters(_key);
        parameters.ValidIssuer = known.Issuer;
        parameters.ValidAudience = settings.ClientId;
        parameters.IssuerSigningKeys = known.SigningKeys;

        // Older providers leave the expiry out; the time of issue is checked in any case.
        parameters.RequireExpirationTime = false;
        parameters.LifetimeValidator = (_, expires, _, _) => expires is null || expires > (time.GetUtcNow() - Skew).UtcDateTime;
        return await _handler.ValidateTokenAsync(token, parameters);
    }

    private LogoutToken? Of(JsonWebToken token)
    {
        // A token for another purpose must not end sessions: by its type where it says one (at+jwt), otherwise by the event below.
        if (!Types.Contains(token.Typ ?? "", StringComparer.OrdinalIgnoreCase)) return null;
        if (token.TryGetClaim("nonce", out _) || string.IsNullOrEmpty(token.Id) || !token.TryGetPayloadValue("iat", out long issued))
            return null;
        if (!token.TryGetPayloadValue("events", out JsonElement events) || events.ValueKind != JsonValueKind.Object
            || !events.TryGetProperty(Event, out var meant) || meant.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var (now, at) = (time.GetUtcNow(), DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(issued, 0, int.MaxValue)));
        if (at > now + Skew || at < now - Oldest - Skew) return null;
        token.TryGetPayloadValue("sid", out string? sid);
        token.TryGetPayloadValue("sub", out string? subject);
        return string.IsNullOrEmpty(sid) && string.IsNullOrEmpty(subject)
            ? null
            : new LogoutToken(token.Id, string.IsNullOrEmpty(sid) ? null : sid, string.IsNullOrEmpty(subject) ? null : subject, at);
    }
}
