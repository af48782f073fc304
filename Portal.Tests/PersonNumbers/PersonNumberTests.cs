using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Platform.Access;
using Portal.Tests.Platform.Access.Rights;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.PersonNumbers;

/// <summary>
/// Person numbers are put into the portal wherever a message or a person can put one, the whole portal is used, and everything that comes
/// out is searched: pages, answers, files, mails, logs, traces, metrics, and what a browser has.
/// </summary>
public sealed class PersonNumberTests(PersonNumberFixture fixture) : IClassFixture<PersonNumberFixture>
{
    private const string Planted = "plantet i";

    private static readonly string[] LivePages =
        ["/beskeder", "/beskeder/{besked}", "/opfoelgning", "/effektkaeder/{chain}", "/effektkaeder/{chain}/gevinster", "/adgangslog"];

    private static readonly string[] Kinds =
        ["answer", "log", "trace", "metric", "document", "storage", "cookies", "circuit", "request", "title", "address"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_person_number_comes_out_but_where_it_is_asked_for()
    {
        var administrator = fixture.Of(PortalRoles.Administrator);
        await fixture.Walk.AllAsync(administrator, Stop);
        await fixture.Walk.TypedAsync(administrator, Stop);
        await fixture.Walk.BodiesAsync(administrator, Stop);
        await fixture.Walk.StreamsAsync(PersonNumberFixture.Key, Stop);
        await SeededMails.SearchAsync(fixture.Portal, fixture.Mails, fixture.Output, Stop);
        await using (var browser = await Browser.SignInAsync(fixture.Portal.Address, "administrator"))
        {
            var pages = new BrowserWalk(browser, fixture.Output, "administrator");
            await pages.UseAsync(fixture.Seeded, fixture.Numbers);
            await pages.OpenAsync(LivePages.Select(fixture.Walk.FirstOf));
        }

        fixture.Measure();
        NothingCameOut("stream", "hub", "mail");
        FindsWhatIsPlanted();
    }

    [Fact, Long]
    public async Task No_person_number_comes_out_to_any_role_on_any_page_or_route()
    {
        foreach (var caller in fixture.Callers)
        {
            await fixture.Walk.AllAsync(caller, Stop);
            await fixture.Walk.TypedAsync(caller, Stop);
            await fixture.Walk.BodiesAsync(caller, Stop);
        }

        foreach (var caller in fixture.Callers.Where(c => !c.IsAnonymous))
        {
            await using var browser = await Browser.SignInAsync(fixture.Portal.Address, caller.Role);
            await new BrowserWalk(browser, fixture.Output, caller.Role).OpenAsync(
                ExpectedRoute.All.Where(r => r.IsPage && r.Allows(caller) && r.Path is not ("/login" or "/status/404" or "/status/403"))
                    .SelectMany(r => fixture.Walk.PathsOf(r.Path)));
        }

        NothingCameOut();
    }

    private void NothingCameOut(params string[] alsoSearched)
    {
        var output = fixture.Output;
        var leaks = output.Leaks.Where(l => !l.Place.StartsWith(Planted, StringComparison.Ordinal)).ToList();
        Assert.True(leaks.Count == 0, $"{leaks.Count} came out:\n" + string.Join('\n', leaks.GroupBy(l => l.Where).Select(g =>
            $"{g.Key} ← {string.Join("; ", g.Select(l => l.Place).Take(12))}: {output.Around(g.First())}")));
        foreach (var kind in Kinds.Concat(alsoSearched))
            Assert.True(output.Searched.GetValueOrDefault(kind) > 0, $"Nothing of the kind »{kind}« was searched.");
    }

    // Otherwise the search would prove nothing.
    private void FindsWhatIsPlanted()
    {
        string Plant(string where) => fixture.Numbers.For($"{Planted} {where}");
        fixture.Portal.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Prøve").LogPlanted(Plant("log"));
        using (var source = new ActivitySource("Prøve"))
        using (var activity = source.StartActivity("prøve")) activity?.SetTag("person", Plant("trace"));
        using (var meter = new Meter("Prøve"))
            meter.CreateCounter<long>("prøve").Add(1, new KeyValuePair<string, object?>("person", Plant("metric")));
        var found = fixture.Output.Leaks.Select(l => l.Place).ToHashSet();
        Assert.All(["log", "trace", "metric"], where => Assert.Contains($"{Planted} {where}", found));
    }
}

internal static partial class PlantedLog
{
    [LoggerMessage(Level = LogLevel.Trace, Message = "Person {Person}")]
    public static partial void LogPlanted(this ILogger logger, string person);
}
