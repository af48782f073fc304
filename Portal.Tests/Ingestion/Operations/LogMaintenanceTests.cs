using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Storage;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Operations;

public sealed class LogMaintenanceTests
{
    [Fact]
    public async Task A_transport_and_a_type_that_fall_silent_are_reported()
    {
        await using var fixture = await OperationsFixture.OpenAsync();
        var now = fixture.Fixture.Time.GetUtcNow();
        await using (var db = await fixture.Get<IDbContextFactory<IngestionDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            db.Add(new StoredMessageKind { Id = 1, Transport = "push", Authority = IngestionFixture.Own,
                Beskedtype = KnownBeskedtyper.PostStatus });
            var current = VolumeTally.BucketOf(now, VolumeTally.Hour);
            for (var hour = current - (4 * 168); hour < current - 2; hour++)
            {
                db.Add(new StoredVolume { Span = VolumeTally.Hour, Bucket = hour, Kind = 1, Count = 30 });
            }

            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var silences = (await fixture.ReadAsync()).Silences;
        Assert.Equal([("push", null), (null, "PKO_PostStatus")], silences.Select(s => (s.Transport, s.Beskedtype)));
        Assert.All(silences, s => Assert.Equal((60L, now.AddHours(-2)), (s.Finding.Usual, s.Finding.Since)));
    }

    [Fact]
    public async Task The_growth_is_reported_after_a_day_and_how_long_there_is_room()
    {
        await using var fixture = await OperationsFixture.OpenAsync();
        await fixture.Get<DatabaseReader>().SampleAsync(default);
        Assert.Null((await fixture.ReadAsync()).Database!.GrowthPerDay);
        await fixture.Fixture.SqlAsync("UPDATE \"DatabaseSamples\" SET \"Bytes\" = 0");
        fixture.Fixture.Time.Advance(TimeSpan.FromDays(2));
        fixture.Disk.Free = (500L << 20) + (10L << 20);

        var database = (await fixture.ReadAsync()).Database!;

        Assert.Equal("SQLite", database.Provider);
        Assert.Equal(database.Bytes / 2.0, database.GrowthPerDay!.Value, 3);
        Assert.Equal((10L << 20) / database.GrowthPerDay.Value, database.DaysLeft!.Value, 3);
    }

    [Fact]
    public async Task A_sample_is_kept_once_a_day()
    {
        await using var fixture = await OperationsFixture.OpenAsync();
        await fixture.Get<DatabaseReader>().SampleAsync(default);
        await fixture.Get<DatabaseReader>().SampleAsync(default);
        fixture.Fixture.Time.Advance(TimeSpan.FromDays(1));
        await fixture.Get<DatabaseReader>().SampleAsync(default);
        await using var db = await fixture.Get<IDbContextFactory<IngestionDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        Assert.Equal([new DateOnly(2026, 3, 4), new DateOnly(2026, 3, 5)],
            await db.Set<StoredDatabaseSample>().OrderBy(s => s.Day).Select(s => s.Day).ToListAsync(TestContext.Current.CancellationToken));
    }
}
