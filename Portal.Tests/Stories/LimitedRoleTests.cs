using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Envelopes;
using Portal.Tests.Api;
using Portal.Tests.Platform.Access.OpenId;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>
/// A caseworker whose ticket has groups at two authorities, each with its limits, over the whole portal: what is outside a limit is not
/// there, in the interface and in the pages, and is counted nowhere.
/// </summary>
public sealed class LimitedRoleTests
{
    private const string First = "55133018";
    private const string Second = "29189846";
    private const string Unit = "5a1b0c9e-0000-4000-8000-000000000001";
    private const string KeyOfFirst = "noegle-til-den-foerste";
    private const string KeyOfSecond = "noegle-til-den-anden";

    private static readonly string[] Settings =
    [
        $"--Municipality:Cvr:0={First}", $"--Municipality:Cvr:1={Second}", "--Auth:Mode=OpenIdConnect",
        $"--Auth:OpenIdConnect:Authority={CrookedProvider.Issuer}", $"--Auth:OpenIdConnect:ClientId={CrookedProvider.ClientId}",
        $"--Auth:OpenIdConnect:ClientSecret={CrookedProvider.Secret}", "--Auth:OpenIdConnect:PrivilegesClaim=privileges",
        .. Key(0, KeyOfFirst, First), .. Key(1, KeyOfSecond, Second),
    ];

    private static string[] Key(int n, string key, string cvr) =>
    [
        $"--Api:Keys:{n}:Name=system-{n}", $"--Api:Keys:{n}:Key={key}", $"--Api:Keys:{n}:Cvr={cvr}",
        $"--Api:Keys:{n}:Scopes:0=letters:write", $"--Api:Keys:{n}:Scopes:1=messages:push", $"--Api:Keys:{n}:Scopes:2=evidence:read",
        $"--Api:Keys:{n}:Scopes:3=messages:read", $"--Api:Keys:{n}:MessageTypes:0=*",
    ];

    // KLE at the first authority, a unit at the second, and a group that is closed since nobody knows its constraint.
    private static string Ticket() => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        $"""
        <bpp:PrivilegeList xmlns:bpp="http://itst.dk/oiosaml/basic_privilege_profile">
          <PrivilegeGroup Scope="urn:dk:gov:saml:cvrNumberIdentifier:{First}">
            <Privilege>http://portal.example.dk/roles/usersystemrole/sagsbehandler/1</Privilege>
            <Constraint Name="http://sts.kombit.dk/constraints/KLE/1">27.45.*</Constraint>
          </PrivilegeGroup>
          <PrivilegeGroup Scope="urn:dk:gov:saml:cvrNumberIdentifier:{Second}">
            <Constraint Name="http://sts.kombit.dk/constraints/orgenhed/1">{Unit}</Constraint>
            <Privilege>http://portal.example.dk/roles/usersystemrole/sagsbehandler/1</Privilege>
          </PrivilegeGroup>
          <PrivilegeGroup Scope="urn:dk:gov:saml:cvrNumberIdentifier:{First}">
            <Privilege>http://portal.example.dk/roles/usersystemrole/administrator/1</Privilege>
            <Constraint Name="http://sts.kombit.dk/constraints/maane/1">fuld</Constraint>
          </PrivilegeGroup>
        </bpp:PrivilegeList>
        """));

    [Fact]
    public async Task What_is_outside_the_limits_of_a_role_is_not_there_and_is_not_counted()
    {
        using var provider = new CrookedProvider();
        await using var portal = await HostedPortal.StartAsync(settings: Settings, more: builder =>
            builder.Services.Configure<OpenIdConnectOptions>(
                OpenIdConnectDefaults.AuthenticationScheme, options => options.BackchannelHttpHandler = provider));
        var address = portal.Addresses.First();
        using var first = Client(address, ("X-Api-Key", KeyOfFirst));
        using var second = Client(address, ("X-Api-Key", KeyOfSecond));
        await RegisterAsync(first, "24-1", "inde", 1, "27.45.12", null);
        await RegisterAsync(first, "24-1", "ude", 2, "32.03.01", null);
        await RegisterAsync(first, "24-2", "uden-emne", 3, null, null);
        await RegisterAsync(second, "24-3", "i-enheden", 4, null, $"{{{Unit.ToUpperInvariant()}}}");
        await RegisterAsync(second, "24-4", "anden-enhed", 5, "27.45.12", "77c00000-0000-4000-8000-000000000002");
        foreach (var (n, cvr) in ((int, string)[])[(1, First), (2, First), (3, First), (4, Second), (5, Second)])
            await PushAsync(first, n, cvr);
        using var mette = await SignInAsync(provider, address);

        // The interface: cases, letters, messages, worklist.
        await RunningPortal.EventuallyAsync(async () => await ItemsAsync(mette, "/api/beskeder", "beskedId"), ids => ids.Length == 2);
        Assert.Equal([BeskedId(4), BeskedId(1)], await ItemsAsync(mette, "/api/beskeder", "beskedId"));
        Assert.Equal([BeskedId(1)], await ItemsAsync(mette, "/api/beskeder?caseNumber=24-1", "beskedId"));
        Assert.Equal(["i-enheden", "inde"], (await ItemsAsync(mette, "/api/breve", "letterId")).Order());
        Assert.Equal(["i-enheden", "inde"], (await ItemsAsync(mette, "/api/opfoelgning", "letterId")).Order());
        var found = await mette.PostAsJsonAsync("/api/sager/soeg", new { text = "afgørelse" }, TestContext.Current.CancellationToken);
        Assert.Equal(["24-1", "24-3"], Fields(await JsonAsync(found), "caseNumber").Order());
        var letter = Assert.Single(
            (await JsonAsync(await mette.Get("/api/sager/24-1"))).RootElement.GetProperty("letters").EnumerateArray());
        Assert.Equal(("inde", "27.45.12"), (letter.GetProperty("letterId").GetString(), letter.GetProperty("kle").GetString()));
        foreach (var outside in (string[])[
            "/api/sager/24-2", "/api/sager/24-4", $"/api/beskeder/{BeskedId(2)}", $"/api/beskeder/{BeskedId(3)}",
            $"/api/beskeder/{BeskedId(5)}", $"/api/beskeder/{BeskedId(2)}/bevis", "/api/sager/24-2/bevis.pdf"])
        {
            using var answer = await mette.Get(outside);
            Assert.Equal((outside, HttpStatusCode.NotFound), (outside, answer.StatusCode));
        }

        foreach (var whole in (string[])["/api/karantaene", "/api/beskedkatalog", $"/api/beskeder/{BeskedId(1)}/raw"])
        {
            using var answer = await mette.Get(whole);
            Assert.Equal((whole, HttpStatusCode.Forbidden), (whole, answer.StatusCode));
        }

        // Nor may she register what she cannot see, nor learn what is registered.
        foreach (var (id, kle) in ((string, string?)[])[("ny", null), ("ny", "32.03.01"), ("ude", "27.45.12")])
            Assert.Equal((id, HttpStatusCode.Forbidden), (id, (await SendAsync(mette, "24-1", id, 6, kle, null)).StatusCode));
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(mette, "24-1", "ny", 6, "27.45", null)).StatusCode);

        // The pages say what she sees.
        var line = $"Du ser 27.45.* (CVR {First}); enhed 5a1b0c9e… (CVR {Second}).";
        foreach (var page in (string[])["/sager", "/opfoelgning", "/beskeder", "/"])
            Assert.Contains(line, await TextAsync(mette, page), StringComparison.Ordinal);
        Assert.Contains("data-testid=\"attention-count\">3<", await TextAsync(mette, "/"), StringComparison.Ordinal);
        var own = await TextAsync(mette, "/adgang");
        Assert.Contains($"hos CVR {Second}: enhed 5a1b0c9e…", own, StringComparison.Ordinal);
        Assert.Contains("http://sts.kombit.dk/constraints/maane/1", own, StringComparison.Ordinal);

        // A system's key has no limits.
        Assert.Equal(["inde", "ny", "ude", "uden-emne"], (await ItemsAsync(first, "/api/breve", "letterId")).Order());
    }

    private static string BeskedId(int n) => $"b0000000-0000-4000-8000-{n:000000000000}";

    private static string Uuid(int n) => $"a0000000-0000-4000-8000-{n:000000000000}";

    private static async Task RegisterAsync(HttpClient client, string caseNumber, string id, int n, string? kle, string? unit) =>
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(client, caseNumber, id, n, kle, unit)).StatusCode);

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string caseNumber, string id, int n, string? kle, string? unit) =>
        client.PostAsJsonAsync("/api/forsendelser", new
        {
            caseNumber, letterId = id, title = "Afgørelse", recipient = new { name = "Anna Lejer" }, sentAt = "2026-01-05T10:00:00+01:00",
            identifiers = new { messageUuid = Uuid(n) }, kle, organisationUnit = unit,
        }, TestContext.Current.CancellationToken);

    private static async Task PushAsync(HttpClient client, int n, string cvr)
    {
        var envelope = Ingestion.Log.IngestionFixture.Envelope(BeskedId(n), to: cvr, status: "Modtaget Digital Post",
            extra: $"<k:ObjektRegistrering><k:ObjektId><s:UUIDIdentifikator>{Uuid(n)}</s:UUIDIdentifikator></k:ObjektId><k:ObjektHandling>"
                + $"<s:UUIDIdentifikator>{KnownHandlinger.ModtagetDigitalPost}</s:UUIDIdentifikator></k:ObjektHandling>"
                + "</k:ObjektRegistrering>");
        using var content = new ByteArrayContent(envelope) { Headers = { ContentType = new("application/xml") } };
        using var answer = await client.PostAsync("/beskedfordeler/modtag", content, TestContext.Current.CancellationToken);
        Assert.Contains("<sd:StatusKode>20<", await answer.Text(), StringComparison.Ordinal);
    }

    private static async Task<HttpClient> SignInAsync(CrookedProvider provider, Uri address)
    {
        provider.Claims.Remove("roles");
        provider.Claims.Remove("cvr");
        provider.Claims["privileges"] = Ticket();
        using var anonymous = Client(address);
        using var begun = await anonymous.Get("/login?returnUrl=%2Fsager");
        using var back = new HttpRequestMessage(
            HttpMethod.Get, QueryHelpers.AddQueryString("/signin-oidc", provider.Answer(begun.Headers.Location!)));
        back.Headers.Add("Cookie", string.Join("; ", begun.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0])));
        using var signedIn = await anonymous.Ask(back);
        Assert.Equal("/sager", signedIn.Headers.Location?.OriginalString);
        return Client(address, ("Cookie",
            signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("portal=", StringComparison.Ordinal)).Split(';')[0]));
    }

    private static HttpClient Client(Uri address, params (string Name, string Value)[] headers)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
        foreach (var (name, value) in headers) client.DefaultRequestHeaders.Add(name, value);
        return client;
    }

    private static async Task<string> TextAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html");
        using var answer = await client.Ask(request);
        return WebUtility.HtmlDecode(await answer.Text());
    }

    private static async Task<string[]> ItemsAsync(HttpClient client, string path, string field) =>
        [.. Fields(await JsonAsync(await client.Get(path)), field)];

    private static IEnumerable<string> Fields(JsonDocument list, string field) =>
        list.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty(field).GetString()!);

    private static async Task<JsonDocument> JsonAsync(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Text());
}
