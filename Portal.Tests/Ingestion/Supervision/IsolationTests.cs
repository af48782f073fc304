using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;
using Portal.Tests.Ingestion.Letters;
using Xunit;

namespace Portal.Tests.Ingestion.Supervision;

/// <summary>What fails for one row of many; the database itself refuses that row, as nobody foresaw.</summary>
public sealed class IsolationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_status_that_cannot_be_placed_is_passed_by_and_placed_when_it_can_be()
    {
        await using var house = await LettersHouse.OpenAsync();
        for (var n = 1; n <= 5; n++)
        {
            await house.RegisterAsync(LettersHouse.Letter($"brev-{n}", $"id-{n}"));
            await house.StatusAsync(KnownHandlinger.AfleveretDigitalPost, 1, $"id-{n}", match: false);
        }

        await RunAsync(house, """CREATE TRIGGER "Poison" BEFORE INSERT ON "StatusMatches" WHEN NEW."Sequence" = 3 BEGIN SELECT RAISE(ABORT, 'refused'); END""");
        Assert.Equal(4, await house.Matcher.CatchUpAsync(Stop));
        foreach (var n in new[] { 1, 2, 4, 5 }) Assert.Equal(Verdict.Delivered, (await house.FindAsync($"brev-{n}")).Verdict);
        Assert.NotEqual(Verdict.Delivered, (await house.FindAsync("brev-3")).Verdict);
        Assert.Equal([3L], await SkippedAsync(house, LetterMatcher.Reader));

        // The log goes on, and what cannot be helped yet is neither lost nor noted twice.
        await house.RegisterAsync(LettersHouse.Letter("brev-6", "id-6"));
        await house.StatusAsync(KnownHandlinger.AfleveretDigitalPost, 1, "id-6");
        Assert.Equal(Verdict.Delivered, (await house.FindAsync("brev-6")).Verdict);
        Assert.Equal(0, await house.Matcher.TrySkippedAsync(Stop));
        Assert.Equal([3L], await SkippedAsync(house, LetterMatcher.Reader));

        await RunAsync(house, """DROP TRIGGER "Poison" """);
        Assert.Equal(1, await house.Matcher.TrySkippedAsync(Stop));
        Assert.Equal(Verdict.Delivered, (await house.FindAsync("brev-3")).Verdict);
        Assert.Empty(await SkippedAsync(house, LetterMatcher.Reader));
    }

    [Fact]
    public async Task A_letter_that_cannot_be_counted_is_passed_by_and_counted_after_a_start()
    {
        await using var house = await LettersHouse.OpenAsync();
        using var gate = new WriteGate();
        using var keeper = Keeper(house, gate);
        await keeper.CatchUpAsync(Stop);
        for (var n = 1; n <= 4; n++) await house.RegisterAsync(LettersHouse.Letter($"brev-{n}", $"id-{n}"));
        await RunAsync(house, """CREATE TRIGGER "Poison" BEFORE INSERT ON "LetterFigures" WHEN NEW."LetterKey" = 2 BEGIN SELECT RAISE(ABORT, 'refused'); END""");
        await keeper.CatchUpAsync(Stop);
        Assert.Equal([1L, 3L, 4L], await CountedAsync(house));
        Assert.Equal([2L], await SkippedAsync(house, FigureKeeper.Reader));
        Assert.Equal(0, await keeper.CatchUpAsync(Stop));

        await RunAsync(house, """DROP TRIGGER "Poison" """);
        using var again = Keeper(house, gate);
        await again.CatchUpAsync(Stop);
        Assert.Equal([1L, 2L, 3L, 4L], await CountedAsync(house));
        Assert.Empty(await SkippedAsync(house, FigureKeeper.Reader));
    }

    [Fact]
    public async Task Of_two_processes_one_has_a_lease_until_its_time_is_over_or_it_gives_it_back()
    {
        await using var house = await LettersHouse.OpenAsync();
        using var gate = new WriteGate();
        var (one, other) = (new ServiceLeases(house, gate, house.Time), new ServiceLeases(house, gate, house.Time));
        Assert.True(await one.TryTakeAsync("work", TimeSpan.FromMinutes(5), Stop));
        Assert.True(await one.TryTakeAsync("work", TimeSpan.FromMinutes(5), Stop));
        Assert.False(await other.TryTakeAsync("work", TimeSpan.FromMinutes(5), Stop));
        Assert.True(await other.TryTakeAsync("another", TimeSpan.FromMinutes(5), Stop));
        house.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await other.TryTakeAsync("work", TimeSpan.FromMinutes(5), Stop));
        Assert.False(await one.TryTakeAsync("work", TimeSpan.FromMinutes(5), Stop));
        await other.ReleaseAsync("work", Stop);
        Assert.True(await one.TryTakeAsync("work", TimeSpan.FromMinutes(5), Stop));
    }

    private static FigureKeeper Keeper(LettersHouse house, WriteGate gate) => new(house, gate, new LogSignal(), house.Time, NullLogger<FigureKeeper>.Instance);

    private static async Task RunAsync(LettersHouse house, string sql)
    {
        await using var db = house.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync(sql, Stop);
    }

    private static async Task<List<long>> SkippedAsync(LettersHouse house, string reader)
    {
        await using var db = house.CreateDbContext();
        return await db.Set<StoredSkippedRow>().Where(s => s.Reader == reader).Select(s => s.Key).ToListAsync(Stop);
    }

    private static async Task<List<long>> CountedAsync(LettersHouse house)
    {
        await using var db = house.CreateDbContext();
        return await db.LetterFigures.OrderBy(f => f.LetterKey).Select(f => f.LetterKey).ToListAsync(Stop);
    }
}
