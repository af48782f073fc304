using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Portal.Tests.Platform.Access.OpenId;

/// <summary>
/// A real OpenID Connect provider (OpenIddict) over TLS in this process. Its sign-in page has a button for each person; a person is a name
/// and a role.
/// </summary>
internal sealed class RealProvider : IAsyncDisposable
{
    public const string ClientId = "beskedportalen";
    public const string Secret = "en-lang-hemmelighed-til-portalen";
    private static readonly string[] People = ["leder", "administrator", "ingen"];
    private readonly WebApplication _app;
    private readonly SqliteConnection _database;

    private RealProvider(WebApplication app, SqliteConnection database, X509Certificate2 certificate) =>
        (_app, _database, Certificate) = (app, database, certificate);

    public X509Certificate2 Certificate { get; }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The key that it signs with.</summary>
    public RsaSecurityKey Key { get; private init; } = null!;

    public static async Task<RealProvider> StartAsync()
    {
        var certificate = Outside.PushSender.Certificate("localhost");
        var key = new RsaSecurityKey(RSA.Create(2048)) { KeyId = "p1" };
        var database = new SqliteConnection("Data Source=:memory:");
        await database.OpenAsync();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.Sources.Clear();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddDbContext<Tables>(options => options.UseSqlite(database).UseOpenIddict());
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
            (options.Cookie.Name, options.LoginPath, options.ReturnUrlParameter) = ("provider", "/person", "to"));
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<Tables>())
            .AddServer(server =>
            {
                server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token")
                    .SetEndSessionEndpointUris("connect/end");
                server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
                server.RegisterScopes(Scopes.Profile);
                server.AddSigningKey(key).AddEphemeralEncryptionKey();
                server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableEndSessionEndpointPassthrough();
            });
        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.MapGet("/person", (string to) => Results.Content(PageOf(to), "text/html; charset=utf-8"));
        app.MapPost("/person", SignInAsync);
        app.MapMethods("/connect/authorize", ["GET", "POST"], (Delegate)AuthorizeAsync);
        app.MapMethods("/connect/end", ["GET", "POST"], (Delegate)EndAsync);
        await using (var scope = app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<Tables>().Database.EnsureCreatedAsync();
        await app.StartAsync();
        return new RealProvider(app, database, certificate) { Key = key };
    }

    /// <summary>Makes the portal known; with a key it proves itself by that instead of the secret.</summary>
    public async Task RegisterAsync(Uri portal, SecurityKey? key = null)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = ClientId, ClientType = ClientTypes.Confidential, ClientSecret = key is null ? Secret : null,
            ConsentType = ConsentTypes.Implicit,
            RedirectUris = { new Uri(portal, "/signin-oidc") }, PostLogoutRedirectUris = { new Uri(portal, "/signout-callback-oidc") },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.EndSession,
                Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code, Permissions.Scopes.Profile,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        };
        if (key is not null)
            descriptor.JsonWebKeySet = new JsonWebKeySet { Keys = { JsonWebKeyConverter.ConvertFromSecurityKey(key) } };
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(descriptor);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
        Certificate.Dispose();
    }

    private static string PageOf(string to) =>
        "<!DOCTYPE html><html lang=\"da\"><title>Fælles login</title><h1>Fælles login</h1>"
        + $"<form method=\"post\" action=\"/person?to={Uri.EscapeDataString(to)}\">"
        + string.Concat(People.Select(p => $"<button name=\"person\" value=\"{p}\" data-testid=\"person-{p}\">{p}</button>"))
        + "</form></html>";

    private static async Task SignInAsync(HttpContext context)
    {
        var person = (await context.Request.ReadFormAsync())["person"].ToString();
        await context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim("sub", person), new Claim("sid", Guid.NewGuid().ToString("N"))], "form", "sub", "role")));
        context.Response.Redirect(context.Request.Query["to"].ToString());
    }

    private static async Task<IResult> AuthorizeAsync(HttpContext context)
    {
        var known = await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        if (known.Principal?.FindFirst("sub")?.Value is not { } person) return Results.Challenge();
        var identity = new ClaimsIdentity("OpenIddict", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, person).SetClaim(Claims.Name, $"Person {person}").SetClaim("roles", person)
            .SetClaim("cvr", Api.ApiHost.Own).SetClaim("sid", known.Principal.FindFirst("sid")!.Value);
        identity.SetScopes(Scopes.OpenId, Scopes.Profile);
        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static async Task<IResult> EndAsync(HttpContext context)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.SignOut(
            new AuthenticationProperties { RedirectUri = "/" }, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }

    private sealed class Tables(DbContextOptions<Tables> options) : DbContext(options);
}
