using Microsoft.Extensions.Logging;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Verification;

/// <summary>Verifies the whole log once a day, in one of the processes that share the database.</summary>
internal sealed class DailyVerification(LedgerVerificationService verification, ServiceLeases leases, TimeProvider time,
    ILogger<DailyVerification> log) : SupervisedService(time, log)
{
    /// <summary>How long the lease of a dead process keeps others from verifying.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan VerifiedEvery = TimeSpan.FromDays(1);
    private bool _begun;

    /// <inheritdoc />
    public override string Name => "verification";

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        // Not in the first minute: after a stop the dueslag may be full, and receiving its messages comes first.
        if (!_begun)
        {
            await Task.Delay(Tick, Time, cancellationToken);
            _begun = true;
        }

        if (!await IsDueAsync(cancellationToken) || !await leases.TryTakeAsync(Name, Lease, cancellationToken)) return;

        // Checked again with the lease: the process that held it before may just have finished.
        if (await IsDueAsync(cancellationToken)) await VerifyAsync(cancellationToken);
        await leases.ReleaseAsync(Name, cancellationToken);
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(Tick, Time, cancellationToken);

    private async Task<bool> IsDueAsync(CancellationToken cancellationToken) =>
        await verification.LastAsync(cancellationToken) is not { } last || Time.GetUtcNow() - last.VerifiedAt > VerifiedEvery;

    private async Task VerifyAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewing = RenewAsync(ended.Token);
        try
        {
            var found = await verification.VerifyAsync(cancellationToken);
            if (found.FirstBroken is { } broken)
                Log.LogError("The ledger is broken at sequence number {Sequence}: {Problem}", broken, found.Problem);
        }
        finally
        {
            await ended.CancelAsync();
            await renewing;
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Tick, Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested) return;
            try
            {
                await leases.TryTakeAsync(Name, Lease, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                // At worst another process verifies too.
                Log.LogWarning("The lease of the verification could not be renewed: {Kind}", problem.GetType().Name);
            }
        }
    }
}
