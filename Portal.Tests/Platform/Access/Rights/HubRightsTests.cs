using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Features.Chains.Join;
using Portal.Features.Messages.Api;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Platform.Access;
using Portal.Platform.Access.Rights;
using Portal.Platform.Access.Sessions;
using Portal.Tests.Api;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Platform.Access.Rights;

/// <summary>Calls every method of every hub over a real connection, as everybody, and compares with DOMAIN §4.</summary>
public sealed class HubRightsTests
{
    // By method: where its hub is, who may (as ExpectedRoute writes it), and what it gives when called with nothing left out. A method that
    // is not here fails the test.
    private static readonly Dictionary<string, (string Path, string Who, Func<HubConnection, Task<string>> Call)> Methods =
        new(StringComparer.Ordinal)
        {
            ["MessageHub.Stream"] = (
                MessageHub.Path, "c a messages:read messages:raw",
                hub => FirstAsync(hub, "Stream", null, 0L).WaitAsync(TestTimeouts.ForPages, Ended)),
        };

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    private static IEnumerable<Type> Hubs => typeof(MessageHub).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Hub)));

    [Fact]
    public void Every_method_of_every_hub_is_called() => Assert.Equal(
        Hubs.SelectMany(RightsCheck.MethodsOf).Order(StringComparer.Ordinal), Methods.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Who_may_gets_the_own_authoritys_alone_and_who_may_not_is_not_connected()
    {
        var portal = await RightsPortal.GetAsync();
        foreach (var (method, (path, who, call)) in Methods)
        {
            var expected = new ExpectedRoute($"HUB {method}", who, path);
            foreach (var caller in portal.Callers.Where(c => !c.IsLimited))
            {
                await using var hub = Connect(portal, path, caller.Http);
                var problem = await Record.ExceptionAsync(() => hub.StartAsync(Ended));
                Assert.Equal((caller.ToString(), expected.Allows(caller)), (caller.ToString(), problem is null));
                if (problem is null)
                {
                    var (own, other) = caller.Cvr == portal.Own.Cvr ? (portal.Own, portal.Other) : (portal.Other, portal.Own);
                    var given = await call(hub);
                    Assert.DoesNotContain(other.Marks, m => given.Contains(m, StringComparison.OrdinalIgnoreCase));
                    Assert.DoesNotContain(portal.Third.Marks, m => given.Contains(m, StringComparison.OrdinalIgnoreCase));
                    Assert.Contains(own.Marks, m => given.Contains(m, StringComparison.OrdinalIgnoreCase));
                }
                else Assert.Equal(caller.IsAnonymous ? 401 : 403, (int?)((HttpRequestException)problem).StatusCode);
            }
        }
    }

    [Fact]
    public async Task A_ticket_gets_what_is_within_its_limits()
    {
        var portal = await RightsPortal.GetAsync();
        foreach (var ticket in portal.Tickets.Where(t => portal.Things.Any(t.SeesMessage)))
        {
            await using var hub = Connect(portal, MessageHub.Path, ticket.Http);
            await hub.StartAsync(Ended);
            var mine = portal.Things.Where(ticket.SeesMessage).Select(t => t.Besked).ToList();
            var seen = await UntilAllAsync(hub, mine).WaitAsync(TestTimeouts.ForPages, Ended);
            Assert.DoesNotContain(portal.Things.Where(t => !ticket.SeesMessage(t)), t => seen.Contains(t.Besked));
        }
    }

    // The same connection a caller without the right would have if the hub's address let everybody in: the method itself refuses.
    [Fact]
    public async Task The_methods_themselves_refuse_whoever_may_not_though_connected()
    {
        var callers = PortalRoles.All.Select(r => (Name: r, User: ViewerClaims.Of(Persona.All.Single(p => p.Role == r), ApiHost.Own)))
            .Concat(ApiScopes.All.Select(s => (Name: s, User: ViewerClaims.Of(KeyWith(s), ApiHost.Own))))
            .Append((Caller.Anonymous, new ClaimsPrincipal(new ClaimsIdentity()))).ToList();
        foreach (var (method, (_, who, call)) in Methods)
        {
            foreach (var (name, user) in callers)
            {
                await using var app = await OpenHubsAsync(user);
                await using var hub = new HubConnectionBuilder().WithUrl($"http://localhost/{method.Split('.')[0]}", options =>
                {
                    options.HttpMessageHandlerFactory = _ => app.GetTestServer().CreateHandler();
                    options.Transports = HttpTransportType.LongPolling;
                }).Build();
                await hub.StartAsync(Ended);
                using var none = new HttpClient();
                var isScope = ApiScopes.All.Contains(name);
                var may = new ExpectedRoute(method, who, "").Allows(new Caller(isScope ? "" : name, isScope ? name : "", "", none));
                var problem = await Record.ExceptionAsync(() => call(hub));
                Assert.Equal((method, name, may), (method, name, problem is null));
                if (problem is null) continue;
                Assert.Contains("har ikke ret", Assert.IsType<HubException>(problem).Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task After_the_session_nothing_more_comes_and_nobody_connects()
    {
        var portal = await RightsPortal.GetAsync();
        var services = portal.Portal.Services;
        foreach (var (path, _, call) in Methods.Values)
        {
            var token = await services.GetRequiredService<SessionStore>().BeginAsync(
                new Microsoft.AspNetCore.Authentication.AuthenticationTicket(
                    ViewerClaims.Of(Persona.All.Single(p => p.Role == PortalRoles.Caseworker), portal.Own.Cvr), SessionHandler.SchemeName),
                "Prøve", "127.0.0.1", Ended);
            using var client = new HttpClient();
            client.DefaultRequestHeaders.Add("Cookie", $"{SessionHandler.Cookie}={token}");
            await using var hub = Connect(portal, path, client);
            var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            hub.Closed += _ =>
            {
                closed.TrySetResult();
                return Task.CompletedTask;
            };
            await hub.StartAsync(Ended);
            Assert.NotEmpty(await call(hub));
            var session = (await services.GetRequiredService<SessionStore>().FindAsync(token, SessionHandler.SchemeName, Ended))!;
            await services.GetRequiredService<SessionStore>().EndAsync(s => s.Id == session.Id, null, SessionEnd.Owner, Ended);
            await closed.Task.WaitAsync(TestTimeouts.ForPages, Ended);
            await Assert.ThrowsAnyAsync<Exception>(() => call(hub));
            await using var again = Connect(portal, path, client);
            await IsRefusedAsync(again);
        }
    }

    [Fact]
    public async Task A_guest_of_a_workshop_is_not_connected()
    {
        var portal = await RightsPortal.GetAsync();
        var given = new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = portal.Portal.Services };
        portal.Portal.Services.GetRequiredService<GuestPass>().Give(given, portal.Own.Code, "Gæst");
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("Cookie", given.Response.Headers.SetCookie.Single()!.Split(';')[0]);
        foreach (var path in Methods.Values.Select(m => m.Path).Distinct())
        {
            await using var hub = Connect(portal, path, client);
            await IsRefusedAsync(hub);
        }
    }

    private static async Task<IReadOnlyList<string>> UntilAllAsync(HubConnection hub, IReadOnlyList<string> wanted)
    {
        var seen = new List<string>();
        await foreach (var message in hub.StreamAsync<JsonObject>("Stream", null, 0L, Ended))
        {
            seen.Add((string)message["beskedId"]!);
            if (wanted.All(seen.Contains)) break;
        }

        return seen;
    }

    private static async Task IsRefusedAsync(HubConnection hub) => Assert.Equal(
        401, (int?)(await Assert.ThrowsAsync<HttpRequestException>(() => hub.StartAsync(Ended))).StatusCode);

    // Each hub at an address that asks for no right, for this user; only the filter of its methods stands before them.
    private static async Task<WebApplication> OpenHubsAsync(ClaimsPrincipal user)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        var log = new FakeLog();
        log.Add();
        builder.Services.AddSingleton<IMessageReader>(log).AddSingleton<LogSignal>().AddSingleton(TimeProvider.System)
            .AddSingleton<IAccessLooks, NoLooks>().AddSingleton<MessageTail>().AddSingleton<HubRights>();
        builder.Services.AddSignalR(options => options.AddFilter<HubRights>());
        var app = builder.Build();
        app.Use((context, next) =>
        {
            context.User = user;
            return next(context);
        });
        foreach (var hub in Hubs)
        {
            typeof(HubEndpointRouteBuilderExtensions).GetMethods()
                .Single(m => m.Name == nameof(HubEndpointRouteBuilderExtensions.MapHub) && m.GetParameters().Length == 2)
                .MakeGenericMethod(hub).Invoke(null, [app, $"/{hub.Name}"]);
        }

        await app.StartAsync(Ended);
        return app;
    }

    private static ApiKey KeyWith(string scope) => new(scope, ApiKeyHash.Of(scope), ApiHost.Own, [scope], ["*"]);

    private static async Task<string> FirstAsync(HubConnection hub, string method, params object?[] arguments)
    {
        await foreach (var item in hub.StreamAsyncCore<JsonObject>(method, arguments, Ended)) return item.ToJsonString();
        return "";
    }

    private static HubConnection Connect(RightsPortal portal, string path, HttpClient caller) => new HubConnectionBuilder()
        .WithUrl(new Uri(portal.Portal.Address, path), options =>
        {
            foreach (var (name, values) in caller.DefaultRequestHeaders) options.Headers[name] = string.Join("; ", values);
        }).Build();

    private sealed class NoLooks : IAccessLooks
    {
        public void Add(Viewer viewer, AccessNote note)
        {
        }
    }
}
