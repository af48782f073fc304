using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Verification;
using Portal.Ingestion.Verification.Checkpoints;
using Portal.Tests.Ingestion.Log;

namespace Portal.Tests.Ingestion.Ledger;

/// <summary>A message side whose folder of checkpoint copies and time-stamping service the test chooses.</summary>
internal static class LedgerFixture
{
    /// <summary>Opens it. Checkpoints are copied and stamped only when the test calls <see cref="FollowAsync"/>.</summary>
    public static Task<IngestionFixture> OpenAsync(string? folder = null, string? copies = null, Uri? stamps = null) =>
        IngestionFixture.OpenAsync(folder, more: services =>
        {
            var settings = (PortalSettings)services.Last(d => d.ServiceType == typeof(PortalSettings)).ImplementationInstance!;
            services.AddSingleton(settings with { LedgerCheckpointPath = copies, LedgerTimestampUri = stamps }).AddLedgerUpkeep();
        });

    public static string IdOf(int n) => $"00000000-0000-4000-8000-{n:D12}";

    /// <summary>Receives messages with these numbers, each with different content.</summary>
    public static async Task FillAsync(this IngestionFixture fixture, int from, int to, string status = "Klar")
    {
        for (var n = from; n <= to; n++) await fixture.ReceiveAsync(IngestionFixture.Envelope(IdOf(n), status: $"{status} {n}"));
    }

    /// <summary>Stores the current tree head as a checkpoint.</summary>
    public static async Task<StoredCheckpoint> CheckpointAsync(this IngestionFixture fixture) =>
        (await fixture.Services.GetRequiredService<CheckpointMaker>().MakeAsync(default))!;

    /// <summary>What <see cref="CheckpointService"/> does in each round.</summary>
    public static Task FollowAsync(this IngestionFixture fixture) =>
        fixture.Services.GetServices<IHostedService>().OfType<CheckpointService>().Single().FollowAsync(default);

    /// <summary>The state of the ledger, as Drift shows it.</summary>
    public static Task<LedgerStateView> StateAsync(this IngestionFixture fixture) =>
        fixture.Services.GetRequiredService<ILedgerState>().ReadAsync(default);

    /// <summary>The first finding of a full verification; null when the log is intact.</summary>
    public static async Task<LedgerFinding?> VerifyAsync(this IngestionFixture fixture, params GivenCheckpoint[] given) =>
        (await fixture.Services.GetRequiredService<LedgerVerifier>()
            .VerifyAsync(fixture.Services.GetRequiredService<LedgerKey>().Verifier, given, null, 0, default))!.First;

    public static async Task<T> DbAsync<T>(this IngestionFixture fixture, Func<IngestionDbContext, Task<T>> ask)
    {
        await using var db = await fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync();
        return await ask(db);
    }
}
