using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Portal.Ingestion.Settings;
using Portal.Platform.Access.Rights;
using Portal.Platform.Http.Problems;

namespace Portal.Platform.Access;

/// <summary>Signs in callers that send <c>X-Api-Key</c>.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyRing ring, ApiKeyUse use,
    RefusedKeys refused, PortalSettings settings)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "ApiKey";

    /// <summary>The header that holds the key.</summary>
    public const string Header = "X-Api-Key";

    /// <summary>The key that the request was signed in with; null for a person or nobody.</summary>
    public static ApiKey? KeyOf(HttpContext context) => context.Items[typeof(ApiKey)] as ApiKey;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.Headers.TryGetValue(Header, out var sent)) return Task.FromResult(AuthenticateResult.NoResult());
        if (ring.Find(sent.ToString()) is { } key)
        {
            use.Use(key);
            Context.Items[typeof(ApiKey)] = key;
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(ViewerClaims.Of(key, settings.Cvr[0]), SchemeName)));
        }

        refused.Report(Context);
        return Task.FromResult(AuthenticateResult.Fail("Unknown API key."));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => PortalProblems.NotSignedIn(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Context.GetEndpoint()?.Metadata.GetMetadata<RightsRow>()?.Kind == RightsRow.Page
            ? PortalProblems.PagesAreForPeople(Context)
            : PortalProblems.NotAllowed(Context);
}
