using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Verification;

/// <summary>The state of the ledger, for operators.</summary>
/// <param name="CheckpointAt">UTC, when the newest stored checkpoint was made.</param>
/// <param name="Stamps">True when <c>Ledger:TimestampUri</c> is set.</param>
/// <param name="Copies">True when <c>Ledger:CheckpointPath</c> is set.</param>
public sealed record LedgerStateView(
    long Size, DateTimeOffset? CheckpointAt, StoredVerification? Last, RunningVerification? Running, bool Stamps,
    StoredLedgerDuty? Stamping, bool Copies, StoredLedgerDuty? Copying)
{
    /// <summary>Entries in the log of actions; null when it is not begun.</summary>
    public long? Actions { get; init; }

    /// <summary>Lines in the access log, erased ones too; null when it is not begun.</summary>
    public long? Access { get; init; }
}

/// <summary>The state of the ledger as a whole, without single messages.</summary>
public interface ILedgerState
{
    Task<LedgerStateView> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Starts a full verification, unless one is running.</summary>
    void Verify();
}

/// <summary>Reads the state of the ledger.</summary>
internal sealed class LedgerState(
    IDbContextFactory<IngestionDbContext> contexts, LedgerVerificationService verification, PortalSettings settings) : ILedgerState
{
    /// <inheritdoc />
    public async Task<LedgerStateView> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var head = await HeadReader.ReadAsync(db, cancellationToken);
        var newest = await db.Set<StoredCheckpoint>().AsNoTracking().OrderByDescending(c => c.Number).Select(c => (DateTimeOffset?)c.MadeAt)
            .FirstOrDefaultAsync(cancellationToken);
        var sizes = await db.Set<StoredJournalHead>().Select(h => new { h.Log, h.Size }).ToDictionaryAsync(
            h => h.Log, h => h.Size, cancellationToken);
        var duties = await db.Set<StoredLedgerDuty>().AsNoTracking().ToDictionaryAsync(d => d.Duty, cancellationToken);
        return new LedgerStateView(
            head?.Size ?? 0, newest, await verification.LastAsync(cancellationToken), verification.Running,
            settings.LedgerTimestampUri is not null, duties.GetValueOrDefault(StoredLedgerDuty.Stamping),
            settings.LedgerCheckpointPath is not null, duties.GetValueOrDefault(StoredLedgerDuty.Copying))
        {
            Actions = sizes.TryGetValue(JournalLog.Actions.Number, out var actions) ? actions : null,
            Access = sizes.TryGetValue(JournalLog.Access.Number, out var access) ? access : null,
        };
    }

    /// <inheritdoc />
    public void Verify() => verification.Start();
}
