using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Portal.Ingestion.Settings;
using Portal.Platform.Access.Claims;
using Portal.Platform.Access.Limits;
using Portal.Platform.Access.Profile;
using Portal.Platform.Access.Sessions;
using Portal.Platform.Http;

namespace Portal.Platform.Access.OpenId;

/// <summary>Registers sign-in by OpenID Connect: code flow with PKCE.</summary>
internal static class OpenIdSetup
{
    // Signatures that only the provider can make, and what an encrypted id_token may be encrypted with.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
        SecurityAlgorithms.Aes128CbcHmacSha256, SecurityAlgorithms.Aes192CbcHmacSha384, SecurityAlgorithms.Aes256CbcHmacSha512,
        SecurityAlgorithms.Aes128Gcm, SecurityAlgorithms.Aes192Gcm, SecurityAlgorithms.Aes256Gcm,
    ];

    // Base64 of base64 of the largest privileges that are read: the usual quarter of a megabyte would refuse before they are looked at.
    private const int LargestToken = 2 * PrivilegeReader.MaxLength;

    public static void Add(AuthenticationBuilder authentication, OpenIdSettings settings, SessionLimits limits)
    {
        var key = settings.ClientKeyPath is { } path ? ClientKey.Read(path) : null;
        var services = authentication.Services;
        services.AddSingleton(settings).AddSingleton<OpenIdProvider>().AddSingleton<LogoutTokens>().AddSingleton<ProviderLogout>()
            .AddSingleton<SignInClaims>();
        if (settings.PrivilegesClaim is null) services.AddSingleton<IPrivileges, ClaimPrivileges>();
        else services.AddSingleton<IPrivileges, ProfilePrivileges>();
        services.AddSingleton(p => new OpenIdEvents(
            settings, settings.ClientSecret is null ? key : null, p.GetRequiredService<OpenIdProvider>(),
            p.GetRequiredService<SignInClaims>(), p.GetRequiredService<SignInAttempts>(), p.GetRequiredService<PublicAddress>(),
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<OpenIdEvents>>()));

        // OpenIdEvents says in one line what failed; ASP.NET would add a stack trace for each forged answer.
        services.AddLogging(logging => logging.AddFilter(typeof(OpenIdConnectHandler).FullName, LogLevel.None));
        authentication.AddOpenIdConnect(options =>
        {
            options.Authority = settings.Authority.AbsoluteUri.TrimEnd('/');
            options.RequireHttpsMetadata = settings.Authority.Scheme == Uri.UriSchemeHttps;
            options.ClientId = settings.ClientId;
            options.ClientSecret = settings.ClientSecret;
            options.SignInScheme = SessionHandler.SchemeName;
            options.SignOutScheme = SessionHandler.SchemeName;
            options.EventsType = typeof(OpenIdEvents);
            options.Scope.Clear();
            foreach (var scope in settings.Scopes) options.Scope.Add(scope);

            // The answer comes by a link and not by a form of the provider's page, so that the cookies need not be sent across sites.
            options.ResponseType = OpenIdConnectResponseType.Code;
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.UsePkce = true;

            // No proof that is older than a session may be; and the provider then says how old it is (auth_time).
            options.MaxAge = limits.Longest;
            foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
            {
                cookie.Path = "/";
                cookie.SameSite = SameSiteMode.Lax;
                cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            }

            // The handler's own front-channel address asks for the cookie, which a frame does not send.
            options.RemoteSignOutPath = PathString.Empty;
            options.MapInboundClaims = false;
            options.SaveTokens = false;
            options.UseTokenLifetime = false;
            options.DisableTelemetry = true;
            options.TokenValidationParameters = Parameters(key);
            options.TokenHandler.MaximumTokenSizeInBytes = LargestToken;

            // Whom the secret and the codes are sent to follows from the settings alone.
            options.BackchannelHttpHandler = new SocketsHttpHandler
            {
                AllowAutoRedirect = false, SslOptions = { EnabledSslProtocols = TlsVersions.Allowed },
            };
        });
    }

    /// <summary>What every token of the provider must fulfil.</summary>
    public static TokenValidationParameters Parameters(ClientKey? key) => new()
    {
        ValidAlgorithms = Algorithms, TokenDecryptionKey = key?.Key, RequireSignedTokens = true, RequireExpirationTime = true,
        ValidateAudience = true, ValidateIssuer = true, ValidateIssuerSigningKey = true, ClockSkew = TimeSpan.FromMinutes(2),
        NameClaimType = "name", RoleClaimType = "roles",
    };
}
