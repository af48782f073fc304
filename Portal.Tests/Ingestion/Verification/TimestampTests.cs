using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Verification;
using Portal.Ingestion.Verification.Checkpoints;
using Portal.Tests.Ingestion.Ledger;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Verification;

/// <summary>Checkpoints with timestamps of a real RFC 3161 service.</summary>
public sealed class TimestampTests
{
    private const string Silent = "gav intet gyldigt svar";

    [Fact]
    public async Task A_checkpoint_gets_a_token_that_others_verify_once_and_a_changed_one_is_found()
    {
        await using var service = await TimestampService.StartAsync();
        await using var fixture = await LedgerFixture.OpenAsync(stamps: service.Address);
        await fixture.FillAsync(1, 3);
        var checkpoint = await fixture.CheckpointAsync();
        await fixture.FollowAsync();
        await fixture.FollowAsync();
        Assert.Equal(1, service.Asked);
        var token = (await TokensAsync(fixture)).Single()!;
        Assert.True(Timestamp.Covers(token, Encoding.UTF8.GetBytes(checkpoint.Note)));
        Assert.InRange(Timestamp.TimeOf(token)!.Value, DateTimeOffset.UtcNow.AddMinutes(-10), DateTimeOffset.UtcNow.AddMinutes(10));
        Assert.Equal(0, (await service.VerifyAsync(token, checkpoint.Note)).Status);
        Assert.NotEqual(0, (await service.VerifyAsync(token, checkpoint.Note + "x")).Status);
        Assert.Equal((null, 3), ((await fixture.StateAsync()).Stamping!.Trouble, (await fixture.StateAsync()).Stamping!.Size));
        Assert.Null(await fixture.VerifyAsync());

        // Puts one checkpoint's token on the next.
        await fixture.FillAsync(4, 5);
        await fixture.CheckpointAsync();
        await fixture.SqlAsync("""UPDATE "LedgerCheckpoints" SET "TimestampToken" = (SELECT "TimestampToken" FROM "LedgerCheckpoints" """
            + """WHERE "Number" = 1) WHERE "Number" = 2""");
        var found = await fixture.VerifyAsync();
        Assert.Equal((5, LedgerProblem.CheckpointChanged), (found!.Sequence, found.Problem));
        Assert.Contains("tidsstemplet på checkpoint nummer 2", found.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_fails_is_reported_and_asked_again_and_blocks_nothing()
    {
        var copies = Directory.CreateTempSubdirectory("stamped").FullName;
        await using var service = await TimestampService.StartAsync();
        await using var fixture = await LedgerFixture.OpenAsync(copies: copies, stamps: service.Address);
        await fixture.FillAsync(1, 3);
        var checkpoint = await fixture.CheckpointAsync();
        Func<HttpContext, Task>[] failures =
        [
            context => { context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable; return Task.CompletedTask; },
            context => context.Response.WriteAsync("<html>Velkommen</html>"),
            context => { context.Abort(); return Task.CompletedTask; },
        ];
        foreach (var failure in failures)
        {
            service.Instead = failure;
            await fixture.FollowAsync();
            Assert.Contains(Silent, (await fixture.StateAsync()).Stamping!.Trouble, StringComparison.Ordinal);
            Assert.Null(Assert.Single(await TokensAsync(fixture)));
        }

        // Messages are still received and the copy made; the timestamp follows when the service is back.
        await fixture.FillAsync(4, 4);
        Assert.Equal(4, (await fixture.StateAsync()).Size);
        var copy = Path.Combine(copies, "000000000003.checkpoint");
        Assert.Equal((true, false), (File.Exists(copy), File.Exists(copy + ".tst")));
        service.Instead = null;
        await fixture.FollowAsync();
        Assert.Null((await fixture.StateAsync()).Stamping!.Trouble);
        var token = (await TokensAsync(fixture)).Single()!;
        Assert.Equal(0, (await service.VerifyAsync(token, checkpoint.Note)).Status);
        Assert.Equal(token, await File.ReadAllBytesAsync(copy + ".tst", TestContext.Current.CancellationToken));
        Directory.Delete(copies, recursive: true);
    }

    private static Task<List<byte[]?>> TokensAsync(IngestionFixture fixture) =>
        fixture.DbAsync(db => db.Set<StoredCheckpoint>().AsNoTracking().OrderBy(c => c.Number).Select(c => c.TimestampToken).ToListAsync());
}
