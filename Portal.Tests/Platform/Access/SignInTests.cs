using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Portal.Features.FollowUp.People;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;
using Portal.Platform.Access;
using Portal.Tests.Api;
using Xunit;

namespace Portal.Tests.Platform.Access;

public sealed class SignInTests
{
    [Fact]
    public async Task A_page_leads_to_the_sign_in_and_back_and_then_opens()
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.Anonymous.Get("/side?a=1");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/login?returnUrl=%2Fside%3Fa%3D1", answer.Headers.Location?.OriginalString);
        var signedIn = await host.PostPersonaAsync(PortalRoles.Manager, "/side?a=1");
        Assert.Equal("/side?a=1", signedIn.Headers.Location?.OriginalString);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("portal=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("side", await (await (await host.SignedInAsync(PortalRoles.Manager)).Get("/side")).Text());
    }

    [Fact]
    public async Task A_page_without_the_right_is_refused_at_its_own_address()
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await (await host.SignedInAsync(PortalRoles.Manager)).Get("/side/operate");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/\t/evil.example/")]
    [InlineData("evil")]
    [InlineData("/logout")]
    [InlineData("/login?returnUrl=/login")]
    [InlineData("")]
    public async Task Nobody_is_sent_to_another_site(string returnUrl)
    {
        await using var host = await ApiHost.StartAsync();
        Assert.Equal("/", (await host.PostPersonaAsync(PortalRoles.Caseworker, returnUrl)).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_form_without_its_token_or_with_an_unknown_persona_signs_nobody_in()
    {
        await using var host = await ApiHost.StartAsync();
        var forged = await host.PostPersonaAsync(PortalRoles.Administrator, "/", withToken: false);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.False(forged.Headers.Contains("Set-Cookie"));
        Assert.Equal(HttpStatusCode.BadRequest, (await host.PostPersonaAsync("konge", "/")).StatusCode);
    }

    [Fact]
    public async Task Who_signs_in_and_may_work_with_cases_can_be_given_rows_at_once()
    {
        await using var host = await ApiHost.StartAsync();
        foreach (var role in (string[])[
            PortalRoles.Caseworker, PortalRoles.Manager, PortalRoles.Facilitator, PortalRoles.Administrator, PortalRoles.Caseworker])
        {
            await host.SignedInAsync(role);
        }
        var viewer = new Viewer("x", "X", ViewerRights.Cases, [ApiHost.Own], TypeScope.None);
        Assert.Equal(["Anders Administrator", "Sofie Sagsbehandler"],
            (await host.Get<IWorkPeople>().ColleaguesAsync(viewer, TestContext.Current.CancellationToken)).Select(c => c.Name));
        Assert.Empty(await host.Get<IWorkPeople>()
            .ColleaguesAsync(viewer with { Authorities = ["12345678"] }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_sign_in_succeeds_although_it_could_not_be_recorded()
    {
        await using var host = await ApiHost.StartWithAsync(services => services.AddSingleton<ISignInHandler, Unwell>());
        Assert.Equal("side", await (await (await host.SignedInAsync(PortalRoles.Manager)).Get("/side")).Text());
        Assert.Contains(host.Lines.Lines, l => l.StartsWith("Warning Unwell could not be told of a sign-in", StringComparison.Ordinal));
    }

    private sealed class Unwell : ISignInHandler
    {
        public Task SignedInAsync(Viewer viewer, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The database is away.");
    }

    [Fact]
    public async Task Personas_are_not_there_outside_development()
    {
        await using var host = await ApiHost.StartAsync("Production");
        Assert.Equal(HttpStatusCode.NotFound, (await host.PostPersonaAsync(PortalRoles.Administrator, "/")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.WithKey().Get("/api/beskeder")).StatusCode);
    }

    [Fact]
    public async Task Signing_out_takes_the_cookie_away_and_ends_the_session()
    {
        await using var host = await ApiHost.StartAsync();
        var client = await host.SignedInAsync(PortalRoles.Manager);
        using (var link = await client.Get("/logout")) Assert.Equal(HttpStatusCode.MethodNotAllowed, link.StatusCode);
        using var answer = await client.Post("/logout", new FormUrlEncodedContent([]));
        Assert.Equal("/login", answer.Headers.Location?.OriginalString);
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("portal=;", StringComparison.Ordinal));

        // A copy of the cookie is worth nothing either.
        Assert.Equal(HttpStatusCode.Redirect, (await client.Get("/side")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.Get("/api/effektkaeder")).StatusCode);
    }

    [Theory]
    [InlineData("Production", "Auth:Mode", "Development")]
    [InlineData("Development", "Auth:Mode", "Saml")]
    [InlineData("Development", "Api:Keys:0:Key", "")]
    [InlineData("Development", "Api:Keys:0:Cvr", "123")]
    [InlineData("Development", "Api:Keys:0:Scopes:0", "messages:all")]
    [InlineData("Development", "Api:Keys:0:MessageTypes:0", "x")]
    [InlineData("Production", "Api:Keys:0:Key", "abc")]
    public void A_wrong_key_stops_the_start_and_is_named(string environment, string key, string value)
    {
        var values = new Dictionary<string, string?> { ["Api:Keys:0:Key"] = "k", ["Api:Keys:0:Cvr"] = ApiHost.Own,
            ["Api:Keys:0:Scopes:1"] = "messages:read", ["Auth:OpenIdConnect:Authority"] = "https://login.kommune.dk",
            ["Auth:OpenIdConnect:ClientId"] = "portal", ["Auth:OpenIdConnect:ClientSecret"] = "hemmelig", [key] = value };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var problem = Assert.Throws<ConfigurationProblemException>(() => new ServiceCollection()
            .AddPortalAccess(configuration, new Environment(environment)));
        Assert.Equal(key, problem.Key);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/beskeder")]
    [InlineData("/beskedfordeler/modtag")]
    [InlineData("/health/live")]
    [InlineData("/scalar/")]
    [InlineData("/openapi/v1.json")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        await using var host = await ApiHost.StartAsync();
        var headers = (await host.Anonymous.Get(path)).Headers;
        var policy = headers.GetValues("Content-Security-Policy").Single();
        var scripts = policy.Split(';').Single(d => d.Trim().StartsWith("script-src", StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe", scripts, StringComparison.Ordinal);
        Assert.Equal(path == "/scalar/", scripts.Contains("nonce-", StringComparison.Ordinal));
        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("DENY", headers.GetValues("X-Frame-Options").Single());
    }

    private sealed class Environment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "Portal";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
