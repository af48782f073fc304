using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Platform.Access.Rights;
using Xunit;

namespace Portal.Tests.Platform.Access.Rights;

/// <summary>Calls every route as everybody, about the things of each authority, and compares with DOMAIN §4.</summary>
public sealed class RouteRightsTests(ITestOutputHelper output)
{
    private const int AtOnce = 4;

    // Calls that walks must at least have made: a walk that finds no callers would be right about all of them.
    private const int FewestShort = 600, FewestLong = 5000;

    // One of each kind of route: page, page of a thing, list, thing, file, change, stream, hub, and open to all.
    private static readonly string[] OneOfEachKind =
    [
        "PAGE /sager", "PAGE /effektkaeder/{Id}", "GET /api/karantaene", "GET /api/beskeder/{beskedId}", "GET /api/sager/{caseNumber}",
        "GET /api/effektkaeder/{id}/eksport.svg", "POST /api/effektkaeder/{id}/maalinger", "GET /api/beskeder/stream",
        "* /hubs/beskeder/negotiate", "GET /health/live",
    ];

    [Fact]
    public void The_expected_rights_have_the_same_routes_as_the_table()
    {
        var routes = RightsTable.Rows.Where(r => r.Kind != RightsRow.Hub).Select(r => r.Key).Order(StringComparer.Ordinal);
        Assert.Equal(routes, ExpectedRoute.All.Select(e => e.Key).Concat(ExpectedRoute.Elsewhere).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_table_has_no_row_without_a_route()
    {
        var portal = await RightsPortal.GetAsync();
        var mapped = portal.Portal.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(e => e.Metadata.GetMetadata<RightsRow>()?.Key).ToHashSet();
        var unused = RightsTable.Rows.Where(r => r.Kind != RightsRow.Hub && !mapped.Contains(r.Key)).Select(r => r.Key);

        // These are mapped with a sign-in provider only.
        Assert.Equal(["POST /logout/backchannel", "GET /logout/frontchannel"], unused);
    }

    [Fact]
    public async Task Only_an_operator_starts_a_full_verification()
    {
        var portal = await RightsPortal.GetAsync();
        foreach (var caller in portal.Callers.Where(c => c is { IsLimited: false,
            Role: PortalRoles.Caseworker or PortalRoles.Administrator }))
        {
            using var answer = await caller.Http.GetAsync(
                new Uri("/api/bevis/verificer?nu=1", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(caller.Role == PortalRoles.Administrator ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public void The_expected_rights_name_every_scope()
    {
        var named = ExpectedRoute.All.SelectMany(e => e.Who.Split(' ')).Where(w => w.Contains(':', StringComparison.Ordinal)).ToHashSet();

        // A push is answered in its own format, and events have no address yet.
        string[] elsewhere = ["messages:push", "events:read"];
        Assert.Equal(ApiScopes.All.Except(elsewhere).Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_route_of_each_kind_lets_in_whom_it_should() =>
        await WalkAsync([.. ExpectedRoute.All.Where(e => OneOfEachKind.Contains(e.Key))], FewestShort);

    [Fact, Long]
    public async Task Every_route_lets_in_whom_it_should() => await WalkAsync(ExpectedRoute.All, FewestLong);

    private async Task WalkAsync(IReadOnlyList<ExpectedRoute> routes, int fewest)
    {
        var portal = await RightsPortal.GetAsync();
        var wrong = new System.Collections.Concurrent.ConcurrentBag<string>();
        var calls = (from route in routes
                     from caller in portal.Callers
                     from owner in new[] { portal.Own, portal.Other }
                     select (route, caller, owner)).ToList();
        await Parallel.ForEachAsync(
            calls, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken },
            async (call, stop) =>
            {
                var foreign = call.owner == portal.Own ? portal.Other : portal.Own;
                if (await ProblemAsync(call.route, call.caller, call.owner, foreign, stop) is { } problem) wrong.Add(problem);
            });
        output.WriteLine($"{routes.Count} routes × {portal.Callers.Count} callers ({PortalRoles.All.Count} roles, {ApiScopes.All.Count} "
            + $"scopes, nobody, without a role, with limits) × 2 authorities: {calls.Count} calls, {calls.Count - wrong.Count} right");
        Assert.True(calls.Count >= fewest, $"Only {calls.Count} calls were made.");
        Assert.True(wrong.IsEmpty, $"{wrong.Count} wrong:\n{string.Join('\n', wrong.Order(StringComparer.Ordinal).Take(60))}");
    }

    private static async Task<string?> ProblemAsync(
        ExpectedRoute route, Caller caller, AuthorityData owner, AuthorityData foreign, CancellationToken stop)
    {
        using var request = RouteCall.Of(route, owner);
        using var answer = await caller.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        var expected = Expected(route, caller, owner);
        if ((int)answer.StatusCode != expected)
            return $"{route.Key} as {caller} about {owner.Cvr}: {(int)answer.StatusCode}, not {expected}";
        if (answer.StatusCode != HttpStatusCode.OK || answer.Content.Headers.ContentType?.MediaType == "text/event-stream") return null;
        var text = await answer.Content.ReadAsStringAsync(stop);
        var (theirs, mine) = caller.Cvr == owner.Cvr ? (foreign, owner) : (owner, foreign);
        var marks = caller.IsLimited ? theirs.Marks.Concat(mine.LetterMarks) : theirs.Marks;
        return marks.FirstOrDefault(m => text.Contains(m, StringComparison.OrdinalIgnoreCase)) is { } mark
            ? $"{route.Key} as {caller} about {owner.Cvr} shows {mark}"
            : null;
    }

    private static int Expected(ExpectedRoute route, Caller caller, AuthorityData owner)
    {
        if (route.Allows(caller))
            return caller.Cvr == owner.Cvr && !(caller.IsLimited && route.IsNarrowed) ? route.Answer : route.Foreign;
        return caller.IsAnonymous || route.IsOfCircuits ? route.Refused : 403;
    }
}
