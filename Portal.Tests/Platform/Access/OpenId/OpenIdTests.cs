using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Platform.Access.OpenId;
using Portal.Platform.Access.Sessions;
using Portal.Tests.Api;
using Xunit;

namespace Portal.Tests.Platform.Access.OpenId;

/// <summary>Sign-in by OpenID Connect: who is let in, and that everything else is refused with a readable page.</summary>
public sealed class OpenIdTests(OneSignIn one) : IClassFixture<OneSignIn>
{
    private static readonly Viewer Administrator =
        new("a", "A", PortalRoles.RightsOf(PortalRoles.Administrator), [ApiHost.Own], TypeScope.None);

    private static Task<IReadOnlyList<Session>> SessionsAsync(SignInFlow flow) =>
        flow.Host.Get<ISessions>().ReadAsync(Administrator, TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_person_is_led_to_the_provider_and_back_and_is_signed_in()
    {
        var flow = await one.AfreshAsync();
        var page = await flow.GetAsync("/side?a=1");
        Assert.Equal("/login?returnUrl=%2Fside%3Fa%3D1", page.Headers.Location?.OriginalString);
        var asked = QueryHelpers.ParseQuery((await flow.BeginAsync()).Query);
        Assert.Equal("S256", asked["code_challenge_method"]);
        Assert.Equal("code", asked["response_type"]);
        Assert.Equal("openid profile", asked["scope"]);

        Assert.Equal("/side?a=1", await flow.SignInAsync("/side?a=1"));
        Assert.Equal("side", await (await flow.GetAsync("/side")).Text());
        Assert.Equal(HttpStatusCode.Forbidden, (await flow.GetAsync("/api/beskeder")).StatusCode);
        var session = Assert.Single(await SessionsAsync(flow));
        Assert.Equal(("oidc:mette", "Mette Hansen"), (session.ViewerId, session.Name));
        Assert.Equal([PortalRoles.Manager], session.Roles);
        Assert.Equal([ApiHost.Own], session.Authorities);
    }

    [Fact]
    public async Task Nobody_is_led_elsewhere_or_round_in_circles()
    {
        var flow = await one.AfreshAsync();
        foreach (var returnUrl in (string[])["https://evil.example/", "//evil.example", "/login?returnUrl=/x", "/signin-oidc"])
            Assert.Equal("/", await flow.SignInAsync(returnUrl));
    }

    [Theory]
    [InlineData("none", null, null, true)]
    [InlineData("same-origin", null, null, true)]
    [InlineData(null, null, null, true)]
    [InlineData("cross-site", "?1", "document", true)]
    [InlineData("cross-site", null, "document", false)]
    [InlineData("same-site", null, "document", false)]
    [InlineData("cross-site", "?1", "iframe", false)]
    public async Task A_session_begins_when_a_person_opens_a_page_and_not_when_another_site_leads_the_browser_there(
        string? site, string? user, string? dest, bool leads)
    {
        await using var flow = await SignInFlow.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/login?returnUrl=%2Fside");
        foreach (var (name, value) in new[] { ("Site", site), ("User", user), ("Dest", dest) })
        {
            if (value is not null) request.Headers.Add("Sec-Fetch-" + name, value);
        }

        using var answer = await flow.SendAsync(request);
        Assert.Equal(leads ? HttpStatusCode.Redirect : HttpStatusCode.OK, answer.StatusCode);
        if (!leads) Assert.Contains("login-openid", await answer.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://login.kommune.dk/realms/another")]
    [InlineData("")]
    public async Task A_provider_that_calls_itself_otherwise_than_the_settings_is_not_gone_to_and_the_log_says_why(string named)
    {
        await using var flow = await SignInFlow.StartAsync();
        flow.Provider.Named = named;
        Assert.Equal("/login?besked=udbyder&returnUrl=%2Fside", (await flow.BeginAsync()).OriginalString);
        await flow.BeginAsync();
        var line = Assert.Single(flow.Host.Lines.Lines, l => l.StartsWith("Error Nobody can sign in", StringComparison.Ordinal));
        Assert.Contains("Auth:OpenIdConnect:Authority", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_provider_is_asked_for_a_proof_no_older_than_a_session_and_on_demand_for_a_new_one()
    {
        await using var flow = await SignInFlow.StartAsync(("Auth:Session:MaxHours", "8"));
        var usual = (await flow.BeginAsync()).Query;
        Assert.Contains("max_age=28800", usual, StringComparison.Ordinal);
        Assert.DoesNotContain("prompt=", usual, StringComparison.Ordinal);
        var again = (await flow.GetAsync("/login?igen=1&returnUrl=%2Fadgang")).Headers.Location!.Query;
        Assert.Contains("prompt=login", again, StringComparison.Ordinal);
        Assert.Contains("max_age=0", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_in_and_out_are_lines_with_who_and_from_where_and_a_refusal_too()
    {
        await using var flow = await SignInFlow.StartAsync();
        await flow.SignInAsync();
        await flow.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/logout") { Content = new FormUrlEncodedContent([]) });
        flow.Provider.Bend = t => t.Audience = "another";
        await flow.SignInAsync();
        await flow.GetAsync("/api/effektkaeder");
        var lines = flow.Host.Lines.Lines;
        Assert.DoesNotContain(lines, l => l.Contains("challenged", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("Information Signed in: oidc:mette as leder from ", StringComparison.Ordinal));
        Assert.Contains("Information 1 session(s) ended: SignedOut, by oidc:mette", lines);
        Assert.Matches(@"^Warning A sign-in was refused: ugyldigt \(\w+ \) from .+\z", Assert.Single(
            lines, l => l.StartsWith("Warning A sign-in was refused", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Outside_Development_a_start_without_a_least_level_of_assurance_says_so()
    {
        static bool Says(SignInFlow flow) =>
            flow.Host.Lines.Lines.Any(l => l.Contains("Auth:MinimumLevel is empty", StringComparison.Ordinal));
        await using var without = await SignInFlow.StartAsync(null, [], "Production");
        Assert.True(Says(without));
        await using var with = await SignInFlow.StartAsync(null, [("Auth:MinimumLevel", "3")], "Production");
        Assert.False(Says(with));
    }

    private static readonly Dictionary<string, Action<CrookedProvider>> Bad = new(StringComparer.Ordinal)
    {
        ["another audience"] = p => p.Bend = t => t.Audience = "another",
        ["another issuer"] = p => p.Bend = t => t.Issuer = "https://evil.example",
        ["expired"] = p => p.Bend = t =>
        {
            t.IssuedAt = t.NotBefore = DateTime.UtcNow.AddHours(-2);
            t.Expires = DateTime.UtcNow.AddHours(-1);
        },
        ["not valid yet"] = p => p.Bend = t => (t.NotBefore, t.Expires) = (DateTime.UtcNow.AddHours(1), DateTime.UtcNow.AddHours(2)),
        ["without expiry"] = p => p.Bend = t => t.Expires = null,
        ["alg none"] = p => p.Bend = t => t.SigningCredentials = null,
        ["signed with the shared secret"] = p => p.Bend = t => t.SigningCredentials = new SigningCredentials(
            new SymmetricSecurityKey(Encoding.UTF8.GetBytes(CrookedProvider.Secret)), SecurityAlgorithms.HmacSha256),
        ["another's key"] = p => p.Bend = t => t.SigningCredentials = new SigningCredentials(
            new RsaSecurityKey(RSA.Create(2048)) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256),
        ["changed after signing"] = p => p.Forge = t => string.Join('.', t.Split('.')[0], Base64UrlEncoder.Encode(
            Base64UrlEncoder.Decode(t.Split('.')[1]).Replace("leder", "administrator", StringComparison.Ordinal)), t.Split('.')[2]),
        ["no token at all"] = p => p.Forge = _ => "rubbish",
        ["without nonce"] = p => p.Bend = t => t.Claims.Remove("nonce"),
        ["another nonce"] = p => p.Bend = t => t.Claims["nonce"] = "another",
        ["without subject"] = p => p.Claims.Remove("sub"),
    };

    [Fact]
    public async Task A_token_that_is_not_the_providers_for_this_sign_in_lets_nobody_in()
    {
        var flow = await one.AfreshAsync();
        int Refused() =>
            flow.Host.Lines.Lines.Count(l => l.StartsWith("Warning A sign-in was refused: ugyldigt", StringComparison.Ordinal));
        var before = Refused();
        foreach (var (which, bend) in Bad)
        {
            flow.Provider.MakeGood();
            bend(flow.Provider);
            Assert.Equal($"{which}: /login?besked=ugyldigt&returnUrl=%2Fside", $"{which}: {await flow.SignInAsync()}");
            Assert.DoesNotContain("portal", flow.Cookies.Keys);
        }

        Assert.Equal(Bad.Count, Refused() - before);
        Assert.DoesNotContain(flow.Host.Lines.Lines, l => l.StartsWith("Error", StringComparison.Ordinal));
        var page = await flow.GetAsync("/login?besked=ugyldigt");
        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Contains("login-openid", await page.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_no_rights_here_is_told_so_on_a_page_and_not_sent_round_in_circles()
    {
        await using var flow = await SignInFlow.StartAsync(("Auth:MinimumLevel", "https://data.gov.dk/concept/core/nsis/loa/Substantial"));
        foreach (var (claim, value, notice) in ((string, string?, string)[])[
            ("roles", "konge", "ingen-rolle"), ("roles", null, "ingen-rolle"), ("cvr", "12345678", "anden-myndighed"),
            ("cvr", null, "anden-myndighed"), ("acr", "https://data.gov.dk/concept/core/nsis/loa/Low", "niveau"), ("acr", null, "niveau"),
            ("acr", "noget helt andet", "niveau")])
        {
            flow.Provider.MakeGood();
            if (value is null) flow.Provider.Claims.Remove(claim);
            else flow.Provider.Claims[claim] = value;
            var address = await flow.SignInAsync();
            Assert.Equal($"/login?besked={notice}&returnUrl=%2Fside", address);
            var page = await flow.GetAsync(address);
            Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
            var text = await page.Text();
            Assert.Contains("brugeradministrator", text, StringComparison.Ordinal);
            Assert.Contains("login-openid", text, StringComparison.Ordinal);
        }

        Assert.Empty(await SessionsAsync(flow));
        flow.Provider.MakeGood();
        flow.Provider.Claims["acr"] = "https://data.gov.dk/concept/core/nsis/loa/high";
        Assert.Contains("acr_values=", (await flow.BeginAsync()).Query, StringComparison.Ordinal);
        Assert.Equal("/side", await flow.SignInAsync());
    }

    [Fact]
    public async Task Who_signs_in_with_other_limits_no_longer_has_those_of_before_in_any_browser()
    {
        static string Ticket(string kle) => Convert.ToBase64String(Encoding.UTF8.GetBytes(
            "<b:PrivilegeList xmlns:b=\"http://itst.dk/oiosaml/basic_privilege_profile\">"
            + "<PrivilegeGroup Scope=\"urn:dk:gov:saml:cvrNumberIdentifier:55133018\"><Privilege>http://x/leder/1</Privilege>"
            + $"<Constraint Name=\"http://sts.kombit.dk/constraints/KLE/1\">{kle}</Constraint></PrivilegeGroup></b:PrivilegeList>"));
        await using var flow = await SignInFlow.StartAsync(("Auth:OpenIdConnect:PrivilegesClaim", "privileges"));
        flow.Provider.Claims["privileges"] = Ticket("27.*");
        await flow.SignInAsync();
        flow.Cookies.Clear();
        await flow.SignInAsync();
        Assert.Equal(2, (await SessionsAsync(flow)).Count);

        flow.Cookies.Clear();
        flow.Provider.Claims["privileges"] = Ticket("32.*");
        await flow.SignInAsync();
        Assert.Single(await SessionsAsync(flow));
    }

    [Fact]
    public async Task Roles_are_mapped_several_add_up_and_foreign_authorities_give_nothing()
    {
        await using var flow = await SignInFlow.StartAsync(
            ("Auth:RoleMap:http://kommune.dk/roles/skriv/1", "Facilitator"), ("Auth:OpenIdConnect:RoleClaim", "grupper"));
        flow.Provider.Claims["grupper"] = new[] { "http://kommune.dk/roles/skriv/1", "LEDER", "andet" };
        flow.Provider.Claims["cvr"] = new[] { "DK12345678", "DK55133018" };
        Assert.Equal("/side", await flow.SignInAsync());
        var session = Assert.Single(await SessionsAsync(flow));
        Assert.Equal([PortalRoles.Facilitator, PortalRoles.Manager], session.Roles);
        Assert.Equal([ApiHost.Own], session.Authorities);
    }

    [Fact]
    public async Task A_person_number_becomes_neither_id_nor_name()
    {
        var flow = await one.AfreshAsync();
        Portal.Ingestion.Letters.CprHash.ReadOrMake(flow.Host.Get<Portal.Ingestion.Settings.PortalSettings>().SearchKeyPath);
        foreach (var subject in (string[])["0101011234", "PID 010101-1234", "0101011234"])
        {
            (flow.Provider.Claims["sub"], flow.Provider.Claims["name"]) = (subject, $"Mette {subject}");
            flow.Cookies.Clear();
            Assert.Equal("/side", await flow.SignInAsync());
        }

        var sessions = await SessionsAsync(flow);
        Assert.Equal(3, sessions.Count);
        Assert.Equal(2, sessions.Select(s => s.ViewerId).Distinct().Count());
        Assert.All(sessions, s => Assert.StartsWith("oidc:#", s.ViewerId, StringComparison.Ordinal));
        Assert.DoesNotContain(sessions, s => $"{s.Name} {s.ViewerId}".Contains("1234", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_used_again_or_in_another_browser_or_mixed_up_with_anothers_lets_nobody_in()
    {
        var flow = await one.AfreshAsync();
        var answer = flow.Provider.Answer(await flow.BeginAsync());
        var before = new Dictionary<string, string>(flow.Cookies);
        Assert.Equal("/side", await flow.ReturnAsync(answer));
        flow.Cookies.Clear();
        Assert.StartsWith("/login?besked=udloebet", await flow.ReturnAsync(answer), StringComparison.Ordinal);

        // With the cookies of the first time, the provider refuses the code.
        foreach (var (name, value) in before) flow.Cookies[name] = value;
        Assert.StartsWith("/login?besked=udloebet", await flow.ReturnAsync(answer), StringComparison.Ordinal);
        foreach (var issuer in (string?[])["https://evil.example", null])
        {
            flow.Cookies.Clear();
            var mixed = flow.Provider.Answer(await flow.BeginAsync());
            if (issuer is null) mixed.Remove("iss");
            else mixed["iss"] = issuer;
            Assert.StartsWith("/login?besked=ugyldigt", await flow.ReturnAsync(mixed), StringComparison.Ordinal);
        }

        Assert.StartsWith("/login?besked=udloebet", await flow.ReturnAsync(
            new() { ["code"] = "x", ["state"] = "x", ["iss"] = CrookedProvider.Issuer }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_and_a_provider_that_is_away_are_said()
    {
        var flow = await one.AfreshAsync();
        var answer = flow.Provider.Answer(await flow.BeginAsync("/side"));
        answer.Remove("code");
        answer["error"] = "access_denied";
        Assert.Equal("/login?besked=afbrudt&returnUrl=%2Fside", await flow.ReturnAsync(answer));
        Assert.Equal(HttpStatusCode.OK, (await flow.GetAsync("/login?besked=afbrudt")).StatusCode);

        await using var away = await SignInFlow.StartAsync();
        away.Provider.IsAway = true;
        Assert.Equal("/login?besked=udbyder&returnUrl=%2Fside", (await away.BeginAsync()).OriginalString);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await away.GetAsync("/login?besked=udbyder")).StatusCode);
    }

    [Theory]
    [InlineData("rsa.pem")]
    [InlineData("ec.pem")]
    [InlineData("rsa.pfx")]
    public async Task The_portal_proves_itself_by_its_key_and_reads_what_is_encrypted_for_it(string file)
    {
        var folder = Directory.CreateTempSubdirectory("key").FullName;
        var path = Path.Combine(folder, file);
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Outside.PushSender.Certificate("portal");
        if (file == "rsa.pfx")
            await File.WriteAllBytesAsync(path, certificate.Export(System.Security.Cryptography.X509Certificates.X509ContentType.Pfx));
        else await File.WriteAllTextAsync(path, file == "ec.pem" ? ec.ExportECPrivateKeyPem() : rsa.ExportPkcs8PrivateKeyPem());
        var key = ClientKey.Read(path);
        await using var flow = await SignInFlow.StartAsync(
            ("Auth:OpenIdConnect:ClientAuthentication", "private_key_jwt"), ("Auth:OpenIdConnect:ClientKeyPath", path),
            ("Auth:OpenIdConnect:ClientSecret", ""));
        flow.Provider.Prove = form => !form.ContainsKey("client_secret") && new JsonWebTokenHandler().ValidateTokenAsync(
            form["client_assertion"], new TokenValidationParameters
            {
                IssuerSigningKey = key.Key, ValidIssuer = CrookedProvider.ClientId, ValidAudience = CrookedProvider.Issuer,
            }).Result.IsValid;
        if (key.Key is RsaSecurityKey)
        {
            flow.Provider.Bend = t => t.EncryptingCredentials = new EncryptingCredentials(
                key.Key, SecurityAlgorithms.RsaOAEP, SecurityAlgorithms.Aes256CbcHmacSha512);
        }

        Assert.Equal("/side", await flow.SignInAsync());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Who_signs_in_with_other_roles_loses_the_old_ones_in_every_browser()
    {
        var flow = await one.AfreshAsync();
        await flow.SignInAsync();
        var first = new Dictionary<string, string>(flow.Cookies);
        flow.Cookies.Clear();
        await flow.SignInAsync();
        Assert.Equal(2, (await SessionsAsync(flow)).Count);
        flow.Cookies.Clear();
        flow.Provider.Claims["roles"] = "facilitator";
        await flow.SignInAsync();
        Assert.Equal([PortalRoles.Facilitator], Assert.Single(await SessionsAsync(flow)).Roles);
        flow.Cookies.Clear();
        foreach (var (name, value) in first) flow.Cookies[name] = value;
        Assert.Equal(HttpStatusCode.Redirect, (await flow.GetAsync("/side")).StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_leads_on_to_the_provider()
    {
        var flow = await one.AfreshAsync();
        await flow.SignInAsync();
        var cookies = new Dictionary<string, string>(flow.Cookies);
        var answer = await flow.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/logout"));
        var leads = answer.Headers.Location!;
        Assert.Equal($"{CrookedProvider.Issuer}/end", leads.GetLeftPart(UriPartial.Path));
        var asked = QueryHelpers.ParseQuery(leads.Query);
        Assert.NotEmpty(asked["id_token_hint"].ToString());
        Assert.DoesNotContain("portal", flow.Cookies.Keys);
        foreach (var (name, value) in cookies) flow.Cookies[name] = value;
        Assert.Equal(HttpStatusCode.Redirect, (await flow.GetAsync("/side")).StatusCode);
        var back = await flow.GetAsync($"/signout-callback-oidc?state={Uri.EscapeDataString(asked["state"].ToString())}");
        Assert.Equal("/login?besked=logget-ud", back.Headers.Location?.OriginalString);
        Assert.Contains("login-openid", await (await flow.GetAsync("/login?besked=logget-ud")).Text(), StringComparison.Ordinal);
    }
}
