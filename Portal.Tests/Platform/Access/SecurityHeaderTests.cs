using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Portal.Platform.Access;
using Portal.Tests.Api;
using Portal.Tests.Platform.Access.OpenId;
using Xunit;

namespace Portal.Tests.Platform.Access;

/// <summary>Headers that bound what a browser lets a page do, and who may send what with a person's cookie.</summary>
public sealed class SecurityHeaderTests
{
    private const string Key = "en-lang-hemmelig-noegle", Lesser = "en-anden-hemmelig-noegle";

    private static readonly (string Key, string? Value)[] Keys =
    [
        ("Api:Keys:0:Key", Key), ("Api:Keys:0:Cvr", ApiHost.Own), ("Api:Keys:0:Scopes:0", "operations:read"),
        ("Api:Keys:1:Key", Lesser), ("Api:Keys:1:Cvr", ApiHost.Own), ("Api:Keys:1:Scopes:0", "messages:read"),
    ];

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.Single() : "";

    private static async Task<string> SentAsync(ApiHost host, string path, bool https)
    {
        var context = await host.Server.SendAsync(
            c => (c.Request.Method, c.Request.Path, c.Request.Scheme, c.Request.Host) =
                ("GET", path, https ? "https" : "http", new HostString("portal.kommune.dk")),
            TestContext.Current.CancellationToken);
        return $"{context.Response.StatusCode} {context.Response.Headers.StrictTransportSecurity}".Trim();
    }

    [Fact]
    public async Task Https_is_asked_for_on_https_alone_and_nothing_is_redirected_to_it()
    {
        await using var host = await ApiHost.StartAsync("Production", null, Keys);
        Assert.Equal("200 max-age=31536000; includeSubDomains", await SentAsync(host, "/health/live", https: true));
        Assert.Equal("200", await SentAsync(host, "/health/live", https: false));
        Assert.Equal("401", await SentAsync(host, "/api/beskeder", https: false));
        Assert.Equal("405", await SentAsync(host, "/beskedfordeler/modtag", https: false));
        await using var development = await ApiHost.StartAsync();
        Assert.Equal("200", await SentAsync(development, "/health/live", https: true));
    }

    [Fact]
    public async Task Every_answer_bounds_what_a_page_may_do_and_only_files_are_kept()
    {
        await using var host = await ApiHost.StartAsync();
        foreach (var path in (string[])["/api/effektkaeder", "/api/findes-ikke", "/login", "/side"])
        {
            using var answer = await host.WithKey().Get(path);
            Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
            Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
            Assert.Contains("camera=()", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
            Assert.Contains("connect-src 'self';", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.True(answer.Headers.CacheControl?.NoStore, path);
        }
    }

    [Fact]
    public async Task A_pages_scripts_carry_the_nonce_of_its_answer_and_each_answer_has_its_own()
    {
        await using var host = await ApiHost.StartAsync();
        var nonces = new List<string>();
        for (var n = 0; n < 2; n++)
        {
            using var answer = await host.Anonymous.Get("/login");
            var nonce = Regex.Match(Header(answer, "Content-Security-Policy"), "script-src 'nonce-([A-Za-z0-9+/=]{24})' 'strict-dynamic';");
            Assert.True(nonce.Success);
            var scripts = Regex.Matches(await answer.Text(), "<script [^>]*>").Select(s => WebUtility.HtmlDecode(s.Value)).ToList();
            Assert.NotEmpty(scripts);
            Assert.All(scripts, s => Assert.Contains($"nonce=\"{nonce.Groups[1].Value}\"", s, StringComparison.Ordinal));
            nonces.Add(nonce.Groups[1].Value);
        }

        Assert.Distinct(nonces);
    }

    [Fact]
    public async Task No_answer_is_opened_to_other_origins_and_every_text_says_its_charset()
    {
        await using var host = await ApiHost.StartAsync();
        var client = host.WithKey();
        client.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        client.DefaultRequestHeaders.Add("Access-Control-Request-Method", "POST");
        foreach (var call in (string[])["GET /login", "GET /api/effektkaeder", "GET /api/findes-ikke", "GET /findes-ikke",
            "GET /health/live", "GET /metrics", "GET /openapi/v1.json", "OPTIONS /api/effektkaeder", "OPTIONS /beskedfordeler/modtag",
            "POST /beskedfordeler/modtag"])
        {
            var (method, path) = (call.Split(' ')[0], call.Split(' ')[1]);
            using var answer = await client.Ask(new HttpRequestMessage(new HttpMethod(method), path));
            Assert.DoesNotContain(answer.Headers, h => h.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            if ((await answer.Text()).Length == 0) continue;
            var type = answer.Content.Headers.ContentType;
            Assert.True(type is not null, call);
            if (type.MediaType!.StartsWith("text/", StringComparison.Ordinal) || type.MediaType.EndsWith("xml", StringComparison.Ordinal))
                Assert.True(type.CharSet?.Equals("utf-8", StringComparison.OrdinalIgnoreCase) == true, $"{call}: {type}");
        }
    }

    [Fact]
    public async Task On_https_every_cookie_is_of_this_host_alone_and_closed_to_scripts()
    {
        await using var host = await ApiHost.StartAsync();
        foreach (var (path, query) in new[] { ("/login", ""), ("/sprog", "?kultur=en") })
        {
            var context = await host.Server.SendAsync(
                c => (c.Request.Method, c.Request.Path, c.Request.QueryString, c.Request.Scheme, c.Request.Host) =
                    ("GET", path, new QueryString(query), "https", new HostString("portal.kommune.dk")),
                TestContext.Current.CancellationToken);
            var cookie = Assert.Single(context.Response.Headers.SetCookie)!;
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            foreach (var flag in (string[])["; secure", "; path=/", "; httponly", "; samesite="])
                Assert.Contains(flag, cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Metrics_and_the_description_are_the_operators_outside_Development(string environment)
    {
        await using var host = await ApiHost.StartAsync(environment, null, Keys);
        var open = environment == "Development";
        foreach (var path in (string[])["/metrics", "/openapi/v1.json", "/scalar/"])
        {
            var anonymous = (await host.Anonymous.Get(path)).StatusCode;
            Assert.Equal(open ? HttpStatusCode.OK : path == "/scalar/" ? HttpStatusCode.Redirect : HttpStatusCode.Unauthorized, anonymous);
            Assert.Equal(open ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await host.WithKey(Lesser).Get(path)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await host.WithKey(Key).Get(path)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await host.Anonymous.Get("/health/live")).StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Origin", "http://localhost:81", false)]
    [InlineData("Origin", "http://localhost", true)]
    [InlineData("Origin", "https://portal.kommune.dk", true)]
    [InlineData("Origin", "http://portal.kommune.dk", false)]
    [InlineData("Origin", "http://portal.kommune.dk:443", false)]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Accept", "*/*", true)]
    public async Task With_a_persons_cookie_only_the_portals_own_pages_connect_and_change_things(string header, string value, bool own)
    {
        await using var host = await ApiHost.StartWithAsync(_ => { }, ("Portal:PublicUrl", "https://portal.kommune.dk"));
        var person = await host.SignedInAsync(PortalRoles.Administrator);
        person.DefaultRequestHeaders.Add(header, value);
        async Task<HttpStatusCode> AskAsync(string method, string path) =>
            (await person.Ask(new HttpRequestMessage(new HttpMethod(method), path))).StatusCode;
        var refused = new List<string>();
        string[] calls = ["POST /_blazor/negotiate?negotiateVersion=1", "POST /hubs/beskeder/negotiate?negotiateVersion=1",
            "POST /api/effektkaeder", "DELETE /api/effektkaeder/findes-ikke", "POST /api/karantaene/q1/retry", "POST /logout"];
        foreach (var (method, path) in calls.Select(c => (c.Split(' ')[0], c.Split(' ')[1])))
        {
            if (await AskAsync(method, path) == HttpStatusCode.Forbidden) refused.Add(path);
        }

        Assert.Equal(own ? 0 : 6, refused.Count);
        Assert.NotEqual(HttpStatusCode.Forbidden, await AskAsync("GET", "/api/effektkaeder"));

        // A key is no cookie: it is in no browser's keeping, whatever page sends it.
        var key = host.WithKey();
        key.DefaultRequestHeaders.Add(header, value);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType,
            (await key.Ask(new HttpRequestMessage(HttpMethod.Post, "/api/effektkaeder"))).StatusCode);
    }

    [Fact]
    public async Task Signing_out_clears_what_the_browser_kept()
    {
        await using var host = await ApiHost.StartAsync();
        var person = await host.SignedInAsync(PortalRoles.Manager);
        using var answer = await person.Post("/logout", new FormUrlEncodedContent([]));
        Assert.Equal("\"cache\", \"storage\"", Header(answer, "Clear-Site-Data"));
        Assert.Equal("", Header(await person.Get("/login"), "Clear-Site-Data"));
    }

    [Fact]
    public async Task Forms_lead_to_the_provider_and_it_alone_frames_the_sign_out()
    {
        await using var flow = await SignInFlow.StartAsync();
        var page = Header(await flow.GetAsync("/login?besked=logget-ud"), "Content-Security-Policy");
        Assert.Contains($"form-action 'self' {CrookedProvider.Issuer.TrimEnd('/')}", page, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", page, StringComparison.Ordinal);
        var framed = Header(await flow.GetAsync("/logout/frontchannel?iss=x&sid=y"), "Content-Security-Policy");
        Assert.Matches($"frame-ancestors {Regex.Escape(CrookedProvider.Issuer.TrimEnd('/'))}[^;*]*;", framed);
    }
}
