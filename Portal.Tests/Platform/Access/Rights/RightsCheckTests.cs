using System.Reflection;
using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Portal.Features.Messages.Api;
using Portal.Hosting;
using Portal.Platform.Access;
using Portal.Platform.Access.Rights;
using Portal.Platform.Shell;
using Xunit;

namespace Portal.Tests.Platform.Access.Rights;

public sealed class RightsCheckTests
{
    [Fact]
    public async Task A_route_without_a_row_does_not_start()
    {
        await using var app = WebApplication.CreateBuilder().Build();
        var routes = app.MapWithRights();
        routes.MapGet("/health/live", () => "ok");
        routes.MapGet("/api/ny", () => "ny");
        app.MapGet("/uden-tabel", () => "ny");
        var problem = Assert.Throws<MissingRightsException>(app.CheckRights);
        Assert.Equal(["GET /api/ny", "GET /uden-tabel"], problem.Routes);
        Assert.Contains("RightsTable.cs", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_with_rights_of_its_own_does_not_start()
    {
        await using var app = WebApplication.CreateBuilder().Build();
        var routes = app.MapWithRights();
        routes.MapGet("/api/beskeder", () => "ok").AllowAnonymous();
        routes.MapGet("/api/karantaene", () => "ok").RequireAuthorization(p => p.RequireAssertion(_ => true));
        Assert.Equal(2, Assert.Throws<MissingRightsException>(app.CheckRights).Routes.Count);
    }

    [Fact]
    public void Every_hub_method_has_a_row_and_every_row_a_hub_method()
    {
        var methods = typeof(MessageHub).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Hub))).SelectMany(RightsCheck.MethodsOf);
        Assert.Equal(
            RightsTable.Rows.Where(r => r.Kind == RightsRow.Hub).Select(r => r.Name).Order(StringComparer.Ordinal),
            methods.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(PortalRoles.Caseworker, true)]
    [InlineData(PortalRoles.Administrator, true)]
    [InlineData(PortalRoles.Manager, false)]
    [InlineData(PortalRoles.Facilitator, false)]
    public void The_hubs_method_is_for_those_who_may_read_messages(string role, bool may) =>
        Assert.Equal(may, RightsTable.Find(RightsRow.Hub, "MessageHub.Stream")!.Allows(PrincipalOf(role)));

    // A static method with the attribute can be called from any page's script, whatever the page.
    [Fact]
    public void No_page_can_call_static_methods() => Assert.DoesNotContain(
        typeof(App).Assembly.GetTypes().SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)),
        m => m.IsDefined(typeof(JSInvokableAttribute), false));

    [Fact]
    public void Inside_a_circuit_a_page_opens_only_for_those_whom_its_row_lets_in()
    {
        var wrong = new List<string>();
        foreach (var page in Pages)
        {
            foreach (var expected in page.GetCustomAttributes(typeof(RouteAttribute), false).Cast<RouteAttribute>()
                .Select(r => ExpectedRoute.All.Single(e => e.Key == $"PAGE {r.Template}")))
            {
                foreach (var role in PortalRoles.All.Append(Caller.Anonymous))
                {
                    using var client = new HttpClient();
                    var may = expected.Allows(new Caller(role, "", "", client));
                    var rows = RightsTable.OfPage(page);
                    if (rows.All(r => r!.Allows(PrincipalOf(role))) != may) wrong.Add($"{page.Name} as {role}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(Pages.Count > 15, $"Only {Pages.Count} pages were found.");
    }

    [Fact]
    public async Task A_page_without_the_right_shows_what_stands_for_it_and_nothing_of_itself()
    {
        await using var context = new BunitContext();
        Assert.Equal("inside", Shown<QuarantineStub>(context, PortalRoles.Administrator));
        Assert.Equal("refused", Shown<QuarantineStub>(context, PortalRoles.Manager));
    }

    [Fact]
    public async Task A_page_without_a_row_is_for_nobody()
    {
        await using var context = new BunitContext();
        Assert.Equal("refused", Shown<NewPageStub>(context, PortalRoles.Administrator));
    }

    private static string Shown<TPage>(BunitContext context, string role)
    {
        var state = Task.FromResult(new AuthenticationState(PrincipalOf(role)));
        var route = new RouteData(typeof(TPage), new Dictionary<string, object?>());
        return context.Render<CascadingValue<Task<AuthenticationState>>>(p => p
            .Add(c => c.Value, state)
            .AddChildContent<RightsRouteView>(r => r
                .Add(v => v.RouteData, route).Add(v => v.DefaultLayout, typeof(EmptyLayout))
                .Add(v => v.NotAuthorized, _ => b => b.AddContent(0, "refused")))).Markup.Trim();
    }

    private static IReadOnlyList<Type> Pages =>
        [.. typeof(App).Assembly.GetTypes().Where(t => t.IsDefined(typeof(RouteAttribute), false))];

    private static ClaimsPrincipal PrincipalOf(string role) => role == Caller.Anonymous
        ? new ClaimsPrincipal(new ClaimsIdentity())
        : ViewerClaims.Of(Persona.All.Single(p => p.Role == role), "55133018");

    [Route("/karantaene")]
    private sealed class QuarantineStub : ComponentBase
    {
        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) =>
            builder.AddContent(0, "inside");
    }

    [Route("/ny-side")]
    private sealed class NewPageStub : ComponentBase;

    private sealed class EmptyLayout : LayoutComponentBase
    {
        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) =>
            builder.AddContent(0, Body);
    }
}
