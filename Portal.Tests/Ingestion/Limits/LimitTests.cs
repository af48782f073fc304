using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Verification;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Postgres;
using Xunit;

namespace Portal.Tests.Ingestion.Limits;

/// <summary>
/// Every read of a viewer with limits gives what the rules of DOMAIN §4 give, read over the same letters and messages in memory: random
/// viewers, on both databases.
/// </summary>
public abstract class LimitTests
{
    // Each viewer's queries are compiled anew, which is nearly all that this costs; the seed is another in each run.
    private const int Few = 12;
    private const int Many = 100;

    /// <summary>A message side over a separate database.</summary>
    private protected abstract Task<IngestionFixture> OpenAsync();

    [Fact]
    public Task Every_read_agrees_with_the_rules() => AgreeAsync(Few);

    [Fact]
    [Long]
    public Task Every_read_of_many_viewers_agrees_with_the_rules() => AgreeAsync(Many);

    private async Task AgreeAsync(int viewers)
    {
        await using var fixture = await OpenAsync();
        var seed = Random.Shared.Next();
        var world = await LimitedWorld.OpenAsync(fixture, seed);
        var random = new Random(seed);
        var seen = (Some: 0, All: 0, Waiting: 0);
        for (var n = 0; n < viewers; n++)
        {
            var viewer = LimitedWorld.SomeViewer(random);
            var because = $"seed {seed}, viewer {n}: {string.Join(" | ", viewer.Grants)}";
            await MessagesAgreeAsync(world, viewer, because);
            await LettersAgreeAsync(world, viewer, because);
            seen.Waiting += await WorklistAgreesAsync(world, viewer, because);
            await CountsAgreeAsync(world, viewer, because);
            var letters = world.AllLetters.Count(l => world.Sees(viewer, l, ViewerRights.Cases));
            seen = (seen.Some + (letters > 0 ? 1 : 0), seen.All + (letters == world.AllLetters.Count ? 1 : 0), seen.Waiting);
        }

        // The rule is no rule if all see all, or none anything; of few viewers that can be chance.
        if (viewers == Many) Assert.True(seen.Some > viewers / 5 && seen.All < viewers / 5 && seen.Waiting > 0, $"seed {seed}: {seen}");
    }

    private static async Task MessagesAgreeAsync(LimitedWorld world, Viewer viewer, string because)
    {
        var (messages, stop) = (world.Fixture.Messages, TestContext.Current.CancellationToken);
        string[] wanted = [.. world.AllMessages.Where(m => world.Sees(viewer, m, ViewerRights.Messages)).Select(m => m.BeskedId)];
        var all = MessageFilter.Everything;
        var followed = (await messages.ReadAfterAsync(viewer, all, 0, 1000, stop)).Items;
        Same(wanted, followed.Select(m => m.BeskedId), because);
        Same(wanted.Reverse(), (await messages.ListAsync(viewer, all, null, 1000, stop)).Items.Select(m => m.BeskedId), because);
        if (viewer.May(ViewerRights.Messages)) Same([wanted.Length], [(await messages.CountAsync(viewer, all, stop)).Value], because);
        foreach (var message in world.AllMessages.Where((_, n) => n % 8 == 0))
        {
            Same([wanted.Contains(message.BeskedId)], [await messages.FindAsync(viewer, message.BeskedId, stop) is not null], because);
            var proof = await world.Fixture.Services.GetRequiredService<ILedgerReader>().ProofAsync(viewer, message.BeskedId, stop);
            if (proof is not null) Assert.True(viewer.May(ViewerRights.Cases), because);
        }

        // A message tells of no letter that the viewer may not see.
        var named = world.AllLetters.Where(l => world.Sees(viewer, l, ViewerRights.Messages)).Select(l => l.LetterId).ToHashSet();
        Assert.True(followed.All(m => m.LetterId is null || named.Contains(m.LetterId)), because);
    }

    private static async Task LettersAgreeAsync(LimitedWorld world, Viewer viewer, string because)
    {
        var (services, stop) = (world.Fixture.Services, TestContext.Current.CancellationToken);
        var letters = world.AllLetters.Where(l => world.Sees(viewer, l, ViewerRights.Cases)).ToList();
        var list = services.GetRequiredService<ILetterList>();
        var listed = await list.ReadAsync(viewer, new LetterQuery(), null, 1000, stop);
        Same(letters.Select(l => l.LetterId).Order(), listed.Items.Select(l => l.LetterId).Order(), because);
        Same([letters.Count], [await list.CountAsync(viewer, new LetterQuery(), stop)], because);
        var cases = services.GetRequiredService<ICaseReader>();
        var found = await cases.SearchAsync(viewer, "afgørelse", null, 1000, stop);
        Same(letters.Select(l => l.CaseNumber).Distinct().Order(), found.Items.Select(c => c.CaseNumber).Order(), because);
        var one = await cases.FindAsync(viewer, "24-0003", stop);
        Same(letters.Where(l => l.CaseNumber == "24-0003").Select(l => l.LetterId).Order(),
            (one?.Letters.Select(l => l.LetterId) ?? []).Order(), because);
    }

    // Returns the number of rows without a letter.
    private static async Task<int> WorklistAgreesAsync(LimitedWorld world, Viewer viewer, string because)
    {
        var (services, stop) = (world.Fixture.Services, TestContext.Current.CancellationToken);
        var work = services.GetRequiredService<IWorklistService>();
        var waiting = world.AllMessages.Sum(m => world.WaitingRows(viewer, m));
        Same([waiting], [await work.CountAsync(viewer, new WorkQuery(FollowUpReason.Unmatched), stop)], because);
        var rows = (await work.ReadAsync(viewer, new WorkQuery(), null, 1000, stop)).Items;
        Same([rows.Count], [await services.GetRequiredService<ICaseReader>().AttentionCountAsync(viewer, stop)], because);
        var letters = world.AllLetters.Where(l => world.Sees(viewer, l, ViewerRights.Cases)).Select(l => l.LetterId).ToHashSet();
        Same(letters.Order(), rows.Where(r => r.LetterId is not null).Select(r => r.LetterId!).Order(), because);
        return waiting;
    }

    private static async Task CountsAgreeAsync(LimitedWorld world, Viewer viewer, string because)
    {
        var (services, stop) = (world.Fixture.Services, TestContext.Current.CancellationToken);
        var letters = world.AllLetters.Count(l => world.Sees(viewer, l, ViewerRights.Counts));
        var counts = await services.GetRequiredService<ICaseReader>().CountAsync(viewer, DateTimeOffset.MinValue, stop);
        Same([letters], [counts.Letters], because);
        var (first, last) = (Month.Of(world.Fixture.Time.GetUtcNow()) + -6, Month.Of(world.Fixture.Time.GetUtcNow()));
        var figures = services.GetRequiredService<IFigureReader>();
        var months = Enumerable.Range(0, 7).Select(n => first + n).ToList();
        var byMonth = await figures.LettersAsync(viewer, null, first, last, stop);
        Same([Added(world, viewer)], [byMonth.Letters(months)], because);
        if (!viewer.May(ViewerRights.Counts)) return;
        var messages = world.AllMessages.Count(m => world.Sees(viewer, m, ViewerRights.Counts, byType: false));
        Same([messages], [await figures.MessagesAsync(viewer, first, last, stop)], because);
    }

    // Tallies by month are sums: a letter that two grants admit must still count once.
    private static long Added(LimitedWorld world, Viewer viewer) =>
        world.AllLetters.LongCount(l => world.Sees(viewer, l, ViewerRights.Counts));

    private static void Same<T>(IEnumerable<T> wanted, IEnumerable<T> got, string because) =>
        Assert.True(wanted.ToList() is var w && got.ToList() is var g && w.SequenceEqual(g),
            $"{because}\nwanted {string.Join(", ", wanted)}\ngot {string.Join(", ", got)}");
}

/// <summary>On SQLite.</summary>
public sealed class SqliteLimitTests : LimitTests
{
    private protected override Task<IngestionFixture> OpenAsync() => IngestionFixture.OpenAsync();
}

/// <summary>On PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresLimitTests(PostgresServer server) : LimitTests
{
    private protected override Task<IngestionFixture> OpenAsync() => server.OpenAsync();
}
