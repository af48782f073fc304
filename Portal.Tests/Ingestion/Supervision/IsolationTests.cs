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

/// <summary>Work that fails for one row of many: a trigger makes the database refuse that row with an unforeseen error.</summary>
public sealed class IsolationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_status_that_cannot_be_placed_is_passed_by_and_placed_when_it_can_be()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        for (var n = 1; n <= 5; n++)
        {
            await fixture.RegisterAsync(LettersFixture.Letter($"brev-{n}", $"id-{n}"));
            await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, 1, $"id-{n}", match: false);
        }

        await RunAsync(fixture, """CREATE TRIGGER "Poison" BEFORE INSERT ON "StatusMatches" WHEN NEW."Sequence" = 3 BEGIN SELECT """
            + """RAISE(ABORT, 'refused'); END""");
        Assert.Equal(4, await fixture.Matcher.CatchUpAsync(Stop));
        foreach (var n in new[] { 1, 2, 4, 5 }) Assert.Equal(Verdict.Delivered, (await fixture.FindAsync($"brev-{n}")).Verdict);
        Assert.NotEqual(Verdict.Delivered, (await fixture.FindAsync("brev-3")).Verdict);
        Assert.Equal([3L], await SkippedAsync(fixture, LetterMatcher.Reader));

        // Later messages are matched, and the row that still fails is neither lost nor recorded twice.
        await fixture.RegisterAsync(LettersFixture.Letter("brev-6", "id-6"));
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, 1, "id-6");
        Assert.Equal(Verdict.Delivered, (await fixture.FindAsync("brev-6")).Verdict);
        Assert.Equal(0, await fixture.Matcher.TrySkippedAsync(Stop));
        Assert.Equal([3L], await SkippedAsync(fixture, LetterMatcher.Reader));

        await RunAsync(fixture, """DROP TRIGGER "Poison" """);
        Assert.Equal(1, await fixture.Matcher.TrySkippedAsync(Stop));
        Assert.Equal(Verdict.Delivered, (await fixture.FindAsync("brev-3")).Verdict);
        Assert.Empty(await SkippedAsync(fixture, LetterMatcher.Reader));
    }

    [Fact]
    public async Task A_letter_that_cannot_be_counted_is_passed_by_and_counted_after_a_start()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        using var gate = new WriteGate();
        using var service = Service(fixture, gate);
        await service.CatchUpAsync(Stop);
        for (var n = 1; n <= 4; n++) await fixture.RegisterAsync(LettersFixture.Letter($"brev-{n}", $"id-{n}"));
        await RunAsync(fixture, """CREATE TRIGGER "Poison" BEFORE INSERT ON "LetterFigures" WHEN NEW."LetterKey" = 2 BEGIN SELECT """
            + """RAISE(ABORT, 'refused'); END""");
        await service.CatchUpAsync(Stop);
        Assert.Equal([1L, 3L, 4L], await CountedAsync(fixture));
        Assert.Equal([2L], await SkippedAsync(fixture, LetterCountingService.Reader));
        Assert.Equal(0, await service.CatchUpAsync(Stop));

        await RunAsync(fixture, """DROP TRIGGER "Poison" """);
        using var again = Service(fixture, gate);
        await again.CatchUpAsync(Stop);
        Assert.Equal([1L, 2L, 3L, 4L], await CountedAsync(fixture));
        Assert.Empty(await SkippedAsync(fixture, LetterCountingService.Reader));
    }

    [Fact]
    public async Task Of_two_processes_one_has_a_lease_until_its_time_is_over_or_it_gives_it_back()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        using var gate = new WriteGate();
        var (one, other) = (new ServiceLeases(fixture, gate, fixture.Time), new ServiceLeases(fixture, gate, fixture.Time));
        Assert.True(await one.TryTakeAsync("work", TimeSpan.FromMinutes(5), Stop));
        Assert.True(await one.TryTakeAsync("work", TimeSpan.FromMinutes(5), Stop));
        Assert.False(await other.TryTakeAsync("work", TimeSpan.FromMinutes(5), Stop));
        Assert.True(await other.TryTakeAsync("another", TimeSpan.FromMinutes(5), Stop));
        fixture.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await other.TryTakeAsync("work", TimeSpan.FromMinutes(5), Stop));
        Assert.False(await one.TryTakeAsync("work", TimeSpan.FromMinutes(5), Stop));
        await other.ReleaseAsync("work", Stop);
        Assert.True(await one.TryTakeAsync("work", TimeSpan.FromMinutes(5), Stop));
    }

    private static LetterCountingService Service(LettersFixture fixture, WriteGate gate) =>
        new(fixture, gate, new LogSignal(), fixture.Time, NullLogger<LetterCountingService>.Instance);

    private static async Task RunAsync(LettersFixture fixture, string sql)
    {
        await using var db = fixture.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync(sql, Stop);
    }

    private static async Task<List<long>> SkippedAsync(LettersFixture fixture, string reader)
    {
        await using var db = fixture.CreateDbContext();
        return await db.Set<StoredSkippedRow>().Where(s => s.Reader == reader).Select(s => s.Key).ToListAsync(Stop);
    }

    private static async Task<List<long>> CountedAsync(LettersFixture fixture)
    {
        await using var db = fixture.CreateDbContext();
        return await db.LetterFigures.OrderBy(f => f.LetterKey).Select(f => f.LetterKey).ToListAsync(Stop);
    }
}
