using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Platform.Access.Claims;
using Portal.Platform.Access.Sessions;
using Portal.Tests.Stories;
using Xunit;

[assembly: AssemblyFixture(typeof(Portal.Tests.Platform.Access.Rights.RightsPortal))]

namespace Portal.Tests.Platform.Access.Rights;

/// <summary>
/// The whole portal with two authorities, both with the same kinds of data, and a caller of every role and scope of each. Started when
/// first needed, stopped with the run.
/// </summary>
public sealed class RightsPortal : IAsyncDisposable
{
    private const string OwnCvr = "55133018";
    private const string OtherCvr = "19438414";
    private const string ThirdCvr = "29189846";
    private static readonly Lazy<Task<RightsPortal>> Shared = new(StartAsync);
    private HostedPortal? _portal;

    internal HostedPortal Portal => _portal!;

    internal AuthorityData Own { get; private set; } = null!;

    internal AuthorityData Other { get; private set; } = null!;

    /// <summary>An authority at which no ticket of <see cref="Tickets"/> has a role.</summary>
    internal AuthorityData Third { get; private set; } = null!;

    /// <summary>What is inside and outside the limits of tickets, of all three authorities.</summary>
    internal IReadOnlyList<LimitedThing> Things { get; private set; } = [];

    /// <summary>People whose tickets have limits, or differ by authority.</summary>
    internal IReadOnlyList<TicketCaller> Tickets { get; private set; } = [];

    /// <summary>Everybody who calls: nobody, each role and scope of either authority, and somebody without a role.</summary>
    internal IReadOnlyList<Caller> Callers { get; private set; } = [];

    internal static Task<RightsPortal> GetAsync() => Shared.Value;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_portal is not null)
        {
            foreach (var client in Callers.Select(c => c.Http).Concat(Tickets.Select(t => t.Http))) client.Dispose();
            await _portal.DisposeAsync();
        }
        else if (Shared is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await Shared.Value).DisposeAsync();
        }
    }

    private static async Task<RightsPortal> StartAsync()
    {
        var keys = new[] { OwnCvr, OtherCvr }.SelectMany(cvr => ApiScopes.All.Select(scope => (cvr, scope))).ToList();
        var portal = await HostedPortal.StartAsync(settings:
        [
            $"--Municipality:Cvr:0={OwnCvr}", $"--Municipality:Cvr:1={OtherCvr}", $"--Municipality:Cvr:2={ThirdCvr}",
            .. keys.SelectMany((k, n) => (string[])
            [
                $"--Api:Keys:{n}:Name={k.scope} {k.cvr}", $"--Api:Keys:{n}:Key={KeyOf(k.cvr, k.scope)}", $"--Api:Keys:{n}:Cvr={k.cvr}",
                $"--Api:Keys:{n}:Scopes:0={k.scope}", $"--Api:Keys:{n}:MessageTypes:0=*",
            ]),
        ]);
        var stop = CancellationToken.None;
        var one = new RightsPortal
        {
            _portal = portal, Own = await AuthorityData.AddAsync(portal, OwnCvr, stop),
            Other = await AuthorityData.AddAsync(portal, OtherCvr, stop), Third = await AuthorityData.AddAsync(portal, ThirdCvr, stop),
        };
        one.Things = [.. await LimitedThing.AddAsync(portal, [one.Own, one.Other, one.Third], stop)];
        foreach (var (name, roles) in TicketRole.Tickets(OwnCvr, OtherCvr))
            one.Tickets = [.. one.Tickets, new TicketCaller(name, roles, await one.SignedInAsync(TicketRole.PrincipalOf(name, roles)))];
        one.Callers =
        [
            new Caller(Caller.Anonymous, "", OwnCvr, one.Client()),
            .. keys.Select(k => new Caller("", k.scope, k.cvr, one.Client("X-Api-Key", KeyOf(k.cvr, k.scope)))),
            .. await one.PeopleAsync(OwnCvr), .. await one.PeopleAsync(OtherCvr),
            await one.LimitedAsync(OwnCvr), await one.LimitedAsync(OtherCvr),
        ];
        return one;
    }

    private async Task<IReadOnlyList<Caller>> PeopleAsync(string cvr)
    {
        var people = new List<Caller>();
        foreach (var persona in Persona.All.Append(new Persona(Caller.Roleless, "Rikke Uden Rolle", [])))
        {
            var principal = ViewerClaims.Of(persona, cvr);
            principal = new ClaimsPrincipal(new ClaimsIdentity(
                principal.Claims.Select(c => c.Type == ClaimTypes.NameIdentifier ? new Claim(c.Type, $"{c.Value}:{cvr}") : c),
                ViewerClaims.PersonaAuthentication));
            people.Add(new Caller(persona.Role, "", cvr, await SignedInAsync(principal)));
        }

        return people;
    }

    // An administrator whose role is limited to what nothing here is about.
    private async Task<Caller> LimitedAsync(string cvr)
    {
        var role = new GrantedRole(PortalRoles.Administrator, "prøve") { Authority = cvr, Limits = AuthorityData.Elsewhere };
        var principal = ViewerClaims.Of($"lise:{cvr}", "Lise Begrænset", new Privileges([role], [cvr]), ["*"]);
        return new Caller(PortalRoles.Administrator, "", cvr, await SignedInAsync(principal)) { IsLimited = true };
    }

    private async Task<HttpClient> SignedInAsync(ClaimsPrincipal principal)
    {
        var token = await Portal.Services.GetRequiredService<SessionStore>().BeginAsync(
            new AuthenticationTicket(principal, SessionHandler.SchemeName), "Prøve", "127.0.0.1", CancellationToken.None);
        return Client("Cookie", $"{SessionHandler.Cookie}={token}");
    }

    private HttpClient Client(string? header = null, string? value = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Portal.Address,
        };
        if (header is not null) client.DefaultRequestHeaders.Add(header, value);
        return client;
    }

    private static string KeyOf(string cvr, string scope) => $"en-lang-hemmelig-noegle-{scope}-{cvr}";
}

/// <summary>Somebody who calls: nobody, a person with a role, or a key with a scope.</summary>
internal sealed record Caller(string Role, string Scope, string Cvr, HttpClient Http)
{
    public const string Anonymous = "ingen";
    public const string Roleless = "uden rolle";

    public bool IsAnonymous => Role == Anonymous;

    /// <summary>The role has limits that nothing is within.</summary>
    public bool IsLimited { get; init; }

    public override string ToString() => IsAnonymous ? "nobody"
        : $"{(Scope.Length > 0 ? Scope : Role)}{(IsLimited ? " with limits" : "")} of {Cvr}";
}
