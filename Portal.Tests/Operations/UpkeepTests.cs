using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Storage;
using Portal.Tests.Storage;
using Xunit;

namespace Portal.Tests.Operations;

public sealed class UpkeepTests
{
    private static async Task<List<StoredHourlyVolume>> VolumesAsync(OperationsHouse house)
    {
        await using var db = await house.Get<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync();
        return await db.Set<StoredHourlyVolume>().AsNoTracking().OrderBy(v => v.Hour).ThenBy(v => v.Beskedtype).ToListAsync();
    }

    [Fact]
    public async Task Messages_are_counted_once_by_hour_door_and_type_however_many_count()
    {
        await using var one = await OperationsHouse.OpenAsync();
        await using var other = await OperationsHouse.OpenAsync("b/2/2", folder: one.House.Folder);
        var type = "7654895c-a3f3-4c77-8afd-4c77330f963c";
        await one.House.ReceiveAsync(IngestionHouse.Envelope("b1"));
        await one.House.ReceiveAsync(IngestionHouse.Envelope("b2"));
        await one.House.ReceiveAsync(IngestionHouse.Envelope("b2"));
        await one.House.ReceiveAsync(IngestionHouse.Envelope("b3", type));
        await Task.WhenAll(one.Get<HourlyVolumes>().CatchUpAsync(default), other.Get<HourlyVolumes>().CatchUpAsync(default));
        one.House.Time.Advance(TimeSpan.FromHours(1));
        await one.House.ReceiveAsync(IngestionHouse.Envelope("b4"));
        await one.Get<HourlyVolumes>().CatchUpAsync(default);
        await other.Get<HourlyVolumes>().CatchUpAsync(default);

        var hour = Silence.HourOf(one.House.Time.GetUtcNow());
        Assert.Equal(
            [(hour - 1, "push", type, 1L), (hour - 1, "push", KnownBeskedtyper.PostStatus, 2L), (hour, "push", KnownBeskedtyper.PostStatus, 1L)],
            (await VolumesAsync(one)).Select(v => (v.Hour, v.Transport, v.Beskedtype, v.Messages)));
        Assert.Equal(0, Assert.Single((await one.ReadAsync()).Readers, r => r.Reader == HourlyVolumes.Reader).Behind);
    }

    [Fact]
    public async Task Volumes_are_kept_for_five_weeks()
    {
        await using var house = await OperationsHouse.OpenAsync();
        await house.House.ReceiveAsync(IngestionHouse.Envelope("b1"));
        await house.Get<HourlyVolumes>().CatchUpAsync(default);
        house.House.Time.Advance(TimeSpan.FromDays(34));
        await house.Get<HourlyVolumes>().SweepAsync(default);
        Assert.Single(await VolumesAsync(house));
        house.House.Time.Advance(TimeSpan.FromDays(2));
        await house.Get<HourlyVolumes>().SweepAsync(default);
        Assert.Empty(await VolumesAsync(house));
    }

    [Fact]
    public async Task A_door_and_a_type_that_fall_silent_are_told_of()
    {
        await using var house = await OperationsHouse.OpenAsync();
        var now = house.House.Time.GetUtcNow();
        await using (var db = await house.Get<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            for (var hour = Silence.HourOf(now) - (4 * 168); hour < Silence.HourOf(now) - 2; hour++)
            {
                db.Add(new StoredHourlyVolume { Hour = hour, Transport = "push", Beskedtype = KnownBeskedtyper.PostStatus, Messages = 30 });
            }

            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var silences = (await house.ReadAsync()).Silences;
        Assert.Equal([("push", null), (null, "PKO_PostStatus")], silences.Select(s => (s.Transport, s.Beskedtype)));
        Assert.All(silences, s => Assert.Equal((60L, now.AddHours(-2)), (s.Finding.Usual, s.Finding.Since)));
    }

    [Fact]
    public async Task The_growth_is_told_after_a_day_and_how_long_there_is_room()
    {
        await using var house = await OperationsHouse.OpenAsync();
        await house.Get<DatabaseReader>().SampleAsync(default);
        Assert.Null((await house.ReadAsync()).Database.GrowthPerDay);
        await house.House.SqlAsync("UPDATE \"DatabaseSamples\" SET \"Bytes\" = 0");
        house.House.Time.Advance(TimeSpan.FromDays(2));
        house.Disk.Free = (500L << 20) + (10L << 20);

        var database = (await house.ReadAsync()).Database;

        Assert.Equal("SQLite", database.Provider);
        Assert.Equal(database.Bytes / 2.0, database.GrowthPerDay!.Value, 3);
        Assert.Equal((10L << 20) / database.GrowthPerDay.Value, database.DaysLeft!.Value, 3);
    }

    [Fact]
    public async Task A_sample_is_kept_once_a_day()
    {
        await using var house = await OperationsHouse.OpenAsync();
        await house.Get<DatabaseReader>().SampleAsync(default);
        await house.Get<DatabaseReader>().SampleAsync(default);
        house.House.Time.Advance(TimeSpan.FromDays(1));
        await house.Get<DatabaseReader>().SampleAsync(default);
        await using var db = await house.Get<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        Assert.Equal([new DateOnly(2026, 3, 4), new DateOnly(2026, 3, 5)], await db.Set<StoredDatabaseSample>().OrderBy(s => s.Day).Select(s => s.Day).ToListAsync(TestContext.Current.CancellationToken));
    }
}
