using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using Portal.Platform.Access;
using Xunit;

namespace Portal.Tests.Platform.Access.Rights;

/// <summary>
/// Calls every route with tickets whose roles have limits or differ by authority, about what is inside and outside the limits and about
/// each authority's things, and compares with DOMAIN §4: inside 200, all else as if it were not there.
/// </summary>
public sealed class TicketRightsTests(ITestOutputHelper output)
{
    private const int AtOnce = 4;

    // What walks must at least have tried: calls, and answers whose text was searched for what is not the caller's.
    private static readonly (int Calls, int Searched) FewestShort = (400, 100), FewestLong = (3000, 900);

    // One of each kind of thing and list.
    private static readonly string[] OneOfEachKind =
    [
        "PAGE /sager/{CaseNumber}", "GET /api/sager/{caseNumber}", "GET /api/beskeder/{beskedId}", "GET /api/beskeder/{beskedId}/raw",
        "GET /api/effektkaeder/{id}", "POST /api/effektkaeder/{id}/maalinger", "GET /api/karantaene", "GET /api/beskeder", "GET /api/breve",
        "GET /api/opfoelgning",
    ];

    // Lists that hold every letter, message or chain that the caller sees.
    private static readonly string[] OfLetters = ["GET /api/breve", "GET /api/breve/eksport.csv", "GET /api/opfoelgning"];

    [Fact]
    public async Task One_route_of_each_kind_shows_what_is_within_a_tickets_limits_and_nothing_else() =>
        await WalkAsync([.. ExpectedRoute.All.Where(e => OneOfEachKind.Contains(e.Key))], FewestShort);

    [Fact, Long]
    public async Task Every_route_shows_what_is_within_a_tickets_limits_and_nothing_else() =>
        await WalkAsync(ExpectedRoute.All, FewestLong);

    [Fact]
    public async Task A_package_with_exact_bytes_holds_credentials_for_the_administrators_of_that_authority_alone()
    {
        var portal = await RightsPortal.GetAsync();
        var packed = 0;
        foreach (var (ticket, thing) in portal.Tickets.SelectMany(t => portal.Things.Where(t.SeesLetter), (t, thing) => (t, thing)))
        {
            using var body = JsonContent.Create(new { purpose = "prøve" });
            using var answer = await ticket.Http.PostAsync(
                new Uri($"/api/sager/{thing.Case}/bevis.zip", UriKind.Relative), body, TestContext.Current.CancellationToken);
            Assert.Equal((ticket.Name, thing.Case, HttpStatusCode.OK), (ticket.Name, thing.Case, answer.StatusCode));
            using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            var texts = zip.Entries.Select(e => new StreamReader(e.Open()).ReadToEnd()).ToList();
            var isAdministrator = ticket.Roles.Any(r => r.Cvr == thing.Owner.Cvr && r.Role == PortalRoles.Administrator);
            Assert.Equal(
                (ticket.Name, thing.Case, isAdministrator),
                (ticket.Name, thing.Case, texts.Exists(t => t.Contains(thing.Credentials, StringComparison.Ordinal))));
            packed++;
        }

        Assert.True(packed >= 10, $"Only {packed} packages were taken.");
    }

    private async Task WalkAsync(IReadOnlyList<ExpectedRoute> routes, (int Calls, int Searched) fewest)
    {
        var portal = await RightsPortal.GetAsync();
        var (wrong, searched, calls) = (new ConcurrentBag<string>(), 0, new List<(ExpectedRoute, TicketCaller, LimitedThing)>());
        foreach (var route in routes)
        {
            // A route that names nothing is called once by each, one that names a chain or the like about each authority's.
            var things = route.IsNarrowed ? portal.Things
                : route.NamesThing ? portal.Things.Where(t => t.IsInside)
                : portal.Things.Take(1);
            calls.AddRange(things.SelectMany(_ => portal.Tickets, (thing, ticket) => (route, ticket, thing)));
        }

        await Parallel.ForEachAsync(
            calls, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken },
            async (call, stop) =>
            {
                var (route, ticket, thing) = call;
                var (problem, text) = await CallAsync(route, ticket, thing, stop);
                if (text is not null) Interlocked.Increment(ref searched);
                problem ??= text is null ? null : Leak(portal, route, ticket, text);
                if (problem is not null) wrong.Add($"{route.Key} as {ticket.Name} about {thing.Case}: {problem}");
            });
        output.WriteLine($"{routes.Count} routes × {portal.Tickets.Count} tickets "
            + $"({TicketLimit.All.Count} limits, {portal.Tickets.SelectMany(t => t.Roles).Select(r => r.Role).Distinct().Count()} roles) × "
            + $"{portal.Things.Count} things of {portal.Things.Select(t => t.Owner.Cvr).Distinct().Count()} authorities: "
            + $"{calls.Count} calls, {calls.Count - wrong.Count} right; {searched} answers searched for what is others'");
        Assert.True(wrong.IsEmpty, $"{wrong.Count} wrong:\n{string.Join('\n', wrong.Order(StringComparer.Ordinal).Take(60))}");
        Assert.True(calls.Count >= fewest.Calls, $"Only {calls.Count} calls were made.");
        Assert.True(searched >= fewest.Searched, $"Only {searched} answers were searched.");
    }

    private static async Task<(string? Problem, string? Text)> CallAsync(
        ExpectedRoute route, TicketCaller ticket, LimitedThing thing, CancellationToken stop)
    {
        using var request = RouteCall.Of(route, thing.Owner, thing.Case, thing.Letter, thing.Besked);
        using var answer = await ticket.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        var expected = Expected(route, ticket, thing);
        if ((int)answer.StatusCode != expected) return ($"{(int)answer.StatusCode}, not {expected}", null);
        return answer.StatusCode == HttpStatusCode.OK && answer.Content.Headers.ContentType?.MediaType != "text/event-stream"
            ? (null, await answer.Content.ReadAsStringAsync(stop))
            : (null, null);
    }

    private static int Expected(ExpectedRoute route, TicketCaller ticket, LimitedThing thing)
    {
        var roles = ticket.Roles.Where(r => route.AllowsRole(r.Role, r.Limit is not null)).ToList();
        if (roles.Count == 0) return 403;
        if (!route.NamesThing || route.Who is "all") return route.Answer;
        var here = roles.Any(r => r.Cvr == thing.Owner.Cvr
            && (r.Limit is null || !route.IsNarrowed || r.Limit.Admits(thing, route.NamesMessage)
                || (route.NamesProof && r.Limit.Admits(thing, message: false))));
        return here ? route.Answer : route.Foreign;
    }

    // What the answer shows of others, or does not show of the caller's own.
    private static string? Leak(RightsPortal portal, ExpectedRoute route, TicketCaller ticket, string text)
    {
        bool Has(string mark) => text.Contains(mark, StringComparison.OrdinalIgnoreCase);
        var hidden = portal.Things.Where(t => !ticket.SeesLetter(t) && !ticket.SeesMessage(t)).SelectMany(t => t.Marks)
            .Concat(portal.Things.Where(t => !ticket.SeesCredentials(t)).Select(t => t.Credentials))
            .Concat(new[] { portal.Own, portal.Other, portal.Third }.Where(a => !ticket.SeesChain(a.Cvr)).Select(a => a.Chain));
        if (route.Who != "all" && hidden.FirstOrDefault(Has) is { } mark) return $"shows {mark}";
        var missing = OfLetters.Contains(route.Key) ? portal.Things.Where(ticket.SeesLetter).Select(t => t.Letter)
            : route.Key == "GET /api/beskeder" ? portal.Things.Where(ticket.SeesMessage).Select(t => t.Besked)
            : [];
        return missing.FirstOrDefault(m => !Has(m)) is { } lost ? $"does not show {lost}" : null;
    }
}
