using System.Globalization;
using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Portal.Platform.Access.Claims;
using Portal.Platform.Access.Limits;
using Portal.Platform.Access.Sessions;
using Portal.Platform.Http;
using Portal.Platform.Ui;

namespace Portal.Platform.Access.OpenId;

/// <summary>
/// What the portal adds to the framework's sign-in: its proof by key, the check of the answer's issuer, its own principal, and a readable
/// page for everything that is refused.
/// </summary>
internal sealed partial class OpenIdEvents(
    OpenIdSettings settings, ClientKey? key, OpenIdProvider provider, SignInClaims claims, SignInAttempts attempts,
    PublicAddress address, TimeProvider time,
    ILogger<OpenIdEvents> log)
    : OpenIdConnectEvents
{
    // In characters; servers take addresses of eight thousand.
    private const int LongestHint = 6000;
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    public override async Task RedirectToIdentityProvider(RedirectContext context)
    {
        // Not one step towards a provider that is another than the settings name.
        await provider.ReadAsync(context.HttpContext.RequestAborted);
        if (settings.MinimumLevel is { } level && settings.LevelClaim == "acr") context.ProtocolMessage.AcrValues = level;
        context.ProtocolMessage.RedirectUri = BackAt(context, context.Options.CallbackPath);
        context.ProtocolMessage.UiLocales = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
    }

    public override async Task PushAuthorization(PushedAuthorizationContext context)
    {
        if (key is null) return;
        await ProveAsync(context.ProtocolMessage, key, context.HttpContext.RequestAborted);
        context.HandleClientAuthentication();
    }

    // An answer with another issuer than the one that was asked is a mix-up (RFC 9207): another provider's code must not be sent on.
    public override async Task MessageReceived(MessageReceivedContext context)
    {
        var known = await provider.ReadAsync(context.HttpContext.RequestAborted);
        var sent = context.ProtocolMessage.Iss;
        var isMissing = known.AuthorizationResponseIssParameterSupported is true && context.ProtocolMessage.Error is null;
        if (sent is null ? isMissing : sent != known.Issuer)
            context.Fail(new SignInRefusedException(SignInNotice.Invalid));
    }

    public override async Task AuthorizationCodeReceived(AuthorizationCodeReceivedContext context)
    {
        if (key is not null) await ProveAsync(context.TokenEndpointRequest!, key, context.HttpContext.RequestAborted);
    }

    public override Task TokenValidated(TokenValidatedContext context)
    {
        try
        {
            // The framework takes an unsigned token from the provider's own address, as the standard allows.
            if (IsUnsigned(context.SecurityToken.InnerToken ?? context.SecurityToken))
                throw new SignInRefusedException(SignInNotice.Invalid);
            var sid = context.Principal!.FindFirst("sid")?.Value;
            var proved = context.Principal.FindFirst("auth_time")?.Value;
            context.Principal = claims.Read(context.Principal);
            if (proved is not null && context.Principal.Identity is ClaimsIdentity person)
                person.AddClaim(new Claim(Session.ProvedClaim, proved));
            if (sid is not null) context.Properties!.Items[Session.SidItem] = sid;

            // The provider asks for it when the person signs out, in an address: one that is too long for that is not kept.
            if ((context.TokenEndpointResponse?.IdToken ?? context.ProtocolMessage.IdToken) is { Length: <= LongestHint } token)
            {
                context.Properties!.StoreTokens(
                    [new AuthenticationToken { Name = OpenIdConnectParameterNames.IdToken, Value = token }]);
            }
        }
        catch (SignInRefusedException refused)
        {
            refused.ReturnUrl = context.Properties?.RedirectUri;
            context.Fail(refused);
        }

        return Task.CompletedTask;
    }

    private static bool IsUnsigned(JwtSecurityToken token) =>
        string.IsNullOrEmpty(token.RawSignature)
        || token.SignatureAlgorithm.Equals(SecurityAlgorithms.None, StringComparison.OrdinalIgnoreCase);

    public override Task AccessDenied(AccessDeniedContext context)
    {
        context.HandleResponse();
        return LeadToNotice(context.HttpContext, SignInNotice.Cancelled, context.Properties?.RedirectUri);
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        var notice = NoticeOf(context.Failure);
        if (notice is SignInNotice.Expired or SignInNotice.Invalid) attempts.Wrong(context.HttpContext);
        LogRefused(log, notice.ToWire(), context.Failure?.GetType().Name ?? "", ErrorOf(context.Failure) ?? "",
            context.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "an unknown address");
        context.HandleResponse();
        return LeadToNotice(
            context.HttpContext, notice, (context.Failure as SignInRefusedException)?.ReturnUrl ?? context.Properties?.RedirectUri);
    }

    // A provider without an address for it: the portal's session is over, and that is all there is.
    public override async Task RedirectToIdentityProviderForSignOut(RedirectContext context)
    {
        var known = await provider.ReadAsync(context.HttpContext.RequestAborted);
        if (!string.IsNullOrEmpty(known.EndSessionEndpoint))
        {
            context.ProtocolMessage.PostLogoutRedirectUri = BackAt(context, context.Options.SignedOutCallbackPath);
            if (string.IsNullOrEmpty(context.ProtocolMessage.IdTokenHint)) context.ProtocolMessage.ClientId = context.Options.ClientId;
            return;
        }

        context.HandleResponse();
        context.Response.Redirect(NoticeAddress(SignInNotice.SignedOut, null));
    }

    /// <summary>The sign-in page with a notice; <paramref name="returnUrl"/>: where the next sign-in leads.</summary>
    public static string NoticeAddress(SignInNotice notice, string? returnUrl)
    {
        var wanted = LocalPath.AfterSignIn(returnUrl);
        return $"{PortalUrls.Login}?{SignInNotices.Query}={notice.ToWire()}"
            + (wanted == PortalUrls.Overview ? "" : $"&returnUrl={Uri.EscapeDataString(wanted)}");
    }

    // Where the provider sends the browser back to must not follow from a Host header.
    private string BackAt(RedirectContext context, PathString path) => new Uri(address.For(context.Request), path.Value).AbsoluteUri;

    private async Task ProveAsync(OpenIdConnectMessage message, ClientKey by, CancellationToken cancellationToken)
    {
        var known = await provider.ReadAsync(cancellationToken);
        message.ClientSecret = null;
        message.ClientAssertionType = AssertionType;
        message.ClientAssertion = by.Assertion(settings.ClientId, known.Issuer, time.GetUtcNow());
    }

    private static Task LeadToNotice(HttpContext context, SignInNotice notice, string? returnUrl)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(NoticeAddress(notice, returnUrl));
        return Task.CompletedTask;
    }

    internal static SignInNotice NoticeOf(Exception? failure) => failure switch
    {
        SignInRefusedException refused => refused.Notice,
        _ when ErrorOf(failure) is { } error => error switch
        {
            "access_denied" => SignInNotice.Cancelled,
            "invalid_grant" => SignInNotice.Expired,
            _ => SignInNotice.Provider,
        },
        OpenIdConnectProtocolException or SecurityTokenException or ArgumentException => SignInNotice.Invalid,
        HttpRequestException or InvalidOperationException or OperationCanceledException or IOException => SignInNotice.Provider,

        // The state is missing, expired, another browser's, or used before.
        _ => SignInNotice.Expired,
    };

    // The provider's error code; its description may say anything.
    private static string? ErrorOf(Exception? failure) =>
        failure?.Data["error"] is string { Length: > 0 and < 60 } error && error.All(c => char.IsAsciiLetter(c) || c == '_') ? error : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in was refused: {Notice} ({Kind} {Error}) from {Address}")]
    private static partial void LogRefused(ILogger logger, string notice, string kind, string error, string address);
}
