using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Portal.Ingestion.Settings;
using Portal.Platform.Http.Problems;

namespace Portal.Platform.Access;

/// <summary>Signs in callers that send <c>X-Api-Key</c>.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyRing ring, RefusedKeys refused,
    PortalSettings settings)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "ApiKey";

    /// <summary>The header that holds the key.</summary>
    public const string Header = "X-Api-Key";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.Headers.TryGetValue(Header, out var sent)) return Task.FromResult(AuthenticateResult.NoResult());
        if (ring.Find(sent.ToString()) is { } key)
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(ViewerClaims.Of(key, settings.Cvr[0]), SchemeName)));
        refused.Report(Context);
        return Task.FromResult(AuthenticateResult.Fail("Unknown API key."));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => PortalProblems.NotSignedIn(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => PortalProblems.NotAllowed(Context);
}
