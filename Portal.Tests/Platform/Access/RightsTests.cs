using System.Net;
using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Tests.Api;
using Xunit;

namespace Portal.Tests.Platform.Access;

public sealed class RightsTests
{
    private const string Key = "en-lang-hemmelig-noegle";

    // Calls, the right that each needs, and the answer to a caller with that right: no call sends a body, and of the items named only the
    // quarantine row exists.
    private static readonly (string Method, string Path, ViewerRights Right, HttpStatusCode Answer)[] Calls =
    [
        ("GET", "/api/beskeder", ViewerRights.Messages, HttpStatusCode.OK),
        ("GET", "/api/beskeder/findes-ikke", ViewerRights.Messages, HttpStatusCode.NotFound),
        ("GET", "/api/beskeder/findes-ikke/raw", ViewerRights.Messages | ViewerRights.ExactBytes, HttpStatusCode.NotFound),
        ("POST", "/hubs/beskeder/negotiate", ViewerRights.Messages, HttpStatusCode.OK),
        ("POST", "/api/forsendelser", ViewerRights.RegisterLetters, HttpStatusCode.BadRequest),
        ("POST", "/api/sager/soeg", ViewerRights.Cases, HttpStatusCode.BadRequest),
        ("GET", "/api/sager/24-0117", ViewerRights.Cases, HttpStatusCode.NotFound),
        ("GET", "/api/breve", ViewerRights.Cases, HttpStatusCode.OK),
        ("GET", "/api/breve/eksport.csv", ViewerRights.Cases, HttpStatusCode.OK),
        ("GET", "/api/opfoelgning", ViewerRights.Cases, HttpStatusCode.OK),
        ("GET", "/api/opfoelgning/eksport.csv", ViewerRights.Cases, HttpStatusCode.OK),
        ("GET", "/api/sager/eksport.xlsx", ViewerRights.Cases, HttpStatusCode.OK),
        ("GET", "/api/karantaene", ViewerRights.Quarantine, HttpStatusCode.OK),
        ("GET", "/api/karantaene/q1/raw", ViewerRights.Quarantine | ViewerRights.ExactBytes, HttpStatusCode.OK),
        ("POST", "/api/karantaene/q1/retry", ViewerRights.Quarantine | ViewerRights.Administer, HttpStatusCode.OK),
        ("GET", "/api/beskedkatalog", ViewerRights.Catalogue, HttpStatusCode.OK),
        ("GET", "/api/effektkaeder", ViewerRights.Chains, HttpStatusCode.OK),
        ("GET", "/api/effektkaeder/findes-ikke", ViewerRights.Chains, HttpStatusCode.NotFound),
        ("GET", "/api/effektkaeder/findes-ikke/eksport.svg", ViewerRights.Chains, HttpStatusCode.NotFound),
        ("POST", "/api/effektkaeder", ViewerRights.EditChains, HttpStatusCode.UnsupportedMediaType),
        ("PUT", "/api/effektkaeder/findes-ikke", ViewerRights.EditChains, HttpStatusCode.NotFound),
        ("DELETE", "/api/effektkaeder/findes-ikke", ViewerRights.EditChains, HttpStatusCode.NotFound),
        ("POST", "/api/effektkaeder/findes-ikke/maalinger", ViewerRights.SteerBenefits, HttpStatusCode.NotFound),
        ("POST", "/api/effektkaeder/findes-ikke/rapporter", ViewerRights.SteerBenefits, HttpStatusCode.NotFound),
    ];

    private static async Task<HttpStatusCode> Call(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await client.Ask(request);
        if ((int)answer.StatusCode is 401 or 403 or 404)
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return answer.StatusCode;
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Without_key_or_with_a_wrong_one_every_call_is_401_and_never_a_redirect(string environment)
    {
        await using var host = await ApiHost.StartAsync(environment);
        foreach (var (method, path) in Calls.Select(c => (c.Method, c.Path)).Append(("GET", "/api/findes-ikke"))
            .Append(("GET", "/api/beskeder/stream")))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await Call(host.Anonymous, method, path));
            Assert.Equal(HttpStatusCode.Unauthorized, await Call(host.WithKey("forkert"), method, path));
        }
    }

    [Theory]
    [InlineData(PortalRoles.Facilitator)]
    [InlineData(PortalRoles.Caseworker)]
    [InlineData(PortalRoles.Manager)]
    [InlineData(PortalRoles.Administrator)]
    public async Task A_role_may_what_its_rights_say_and_gets_403_for_the_rest(string role)
    {
        await using var host = await ApiHost.StartAsync();
        var client = await host.SignedInAsync(role);
        await OpensAsync(client, PortalRoles.RightsOf(role));
    }

    [Theory]
    [InlineData("letters:write", ViewerRights.RegisterLetters)]
    [InlineData("evidence:read", ViewerRights.Cases | ViewerRights.Counts)]
    [InlineData("messages:read", ViewerRights.Messages | ViewerRights.Counts | ViewerRights.Catalogue)]
    [InlineData("messages:raw", ViewerRights.Messages | ViewerRights.ExactBytes | ViewerRights.EvidenceBytes)]
    [InlineData("messages:push", ViewerRights.Push)]
    [InlineData("chains:read", ViewerRights.Chains)]
    [InlineData("chains:write", ViewerRights.EditChains | ViewerRights.SteerBenefits)]
    [InlineData("operations:read", ViewerRights.Quarantine | ViewerRights.Operate | ViewerRights.Counts | ViewerRights.Catalogue)]
    [InlineData("operations:write", ViewerRights.Quarantine | ViewerRights.Administer)]
    [InlineData("access:read", ViewerRights.AccessLog)]
    [InlineData("events:read", ViewerRights.Events)]
    public async Task A_scope_opens_its_own_calls_alone(string scope, ViewerRights rights)
    {
        Assert.Equal(rights, ApiScopes.RightsOf(scope));
        await using var host = await ApiHost.StartAsync(
            "Production", null, ("Api:Keys:0:Key", Key), ("Api:Keys:0:Cvr", ApiHost.Own), ("Api:Keys:0:Scopes:0", scope));
        await OpensAsync(host.WithKey(Key), rights);
    }

    private static async Task OpensAsync(HttpClient client, ViewerRights rights)
    {
        var wrong = new List<string>();
        foreach (var (method, path, right, answer) in Calls)
        {
            var expected = (rights & right) == right ? answer : HttpStatusCode.Forbidden;
            var answered = await Call(client, method, path);
            if (answered != expected) wrong.Add($"{method} {path}: {answered}, not {expected}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task What_another_authority_owns_does_not_exist()
    {
        await using var host = await ApiHost.StartAsync(
            "Production", null, ("Api:Keys:0:Key", Key), ("Api:Keys:0:Cvr", "11111111"), ("Api:Keys:0:Scopes:0", "messages:read"),
            ("Api:Keys:0:Scopes:1", "messages:raw"));
        host.Log.Add("b1");
        Assert.Equal(HttpStatusCode.NotFound, await Call(host.WithKey(Key), "GET", "/api/beskeder/b1"));
        Assert.Equal(HttpStatusCode.NotFound, await Call(host.WithKey(Key), "GET", "/api/beskeder/b1/raw"));
        Assert.Empty((await (await host.WithKey(Key).Get("/api/beskeder")).Json())["items"]!.AsArray());
    }

    [Fact]
    public void A_persona_becomes_a_viewer_with_its_roles_rights_and_types()
    {
        var anders = ViewerClaims.Read(ViewerClaims.Of(Persona.All.Single(p => p.Role == PortalRoles.Administrator), ApiHost.Own));
        Assert.Equal("Anders Administrator", anders.Name);
        Assert.Equal([ApiHost.Own], anders.Authorities);
        Assert.Equal(PortalRoles.RightsOf(PortalRoles.Administrator), anders.Rights);
        Assert.True(anders.Types.All);
        Assert.False(ViewerClaims.Read(ViewerClaims.Of(Persona.All.Single(p => p.Role == PortalRoles.Caseworker), ApiHost.Own)).Types.All);
    }

    [Fact]
    public void A_key_sees_the_types_it_names_and_a_star_sees_all()
    {
        var named = ViewerClaims.Read(ViewerClaims.Of(new ApiKey("n", "k", null, ["messages:read"], ["t1"]), ApiHost.Own));
        Assert.Equal(["t1"], named.Types.Granted);
        Assert.False(named.Types.OpenTypes);
        Assert.Equal(TypeScope.Everything, ViewerClaims.Read(ViewerClaims.Of(new ApiKey("n", "k", null, [], ["*"]), ApiHost.Own)).Types);
    }

    [Fact]
    public void A_person_never_gets_rights_by_a_claim_that_only_keys_hold()
    {
        var key = ViewerClaims.Of(new ApiKey("n", "k", null, ["operations:read"], ["*"]), ApiHost.Own);
        var person = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity(key.Claims, "oidc"));
        Assert.Equal(ViewerRights.None, ViewerClaims.Read(person).Rights);
        Assert.Equal(Viewer.Nobody, ViewerClaims.Read(new System.Security.Claims.ClaimsPrincipal()));
    }
}
