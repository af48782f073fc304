using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Configuration;
using Portal.Ingestion.Messages;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>A reader of the log that writes by what each message can be found, puts each post status where it belongs and keeps the verdicts of the letters it touches.</summary>
public sealed class LetterMatcher(
    IDbContextFactory<IngestionDbContext> contexts, KindBook book, WriteGate gate, LogSignal signal, PortalSettings settings, TimeProvider time, ILogger<LetterMatcher> log) : BackgroundService
{
    /// <summary>The name of this reader's position.</summary>
    public const string Reader = "letters";

    private const int BatchSize = 2000;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private bool _keysRenewed;

    /// <summary>Reads the log to its end; gives the number of statuses placed.</summary>
    public async Task<int> CatchUpAsync(CancellationToken cancellationToken)
    {
        var placed = 0;
        while (!_keysRenewed) _keysRenewed = !await RenewKeysAsync(cancellationToken);
        while (true)
        {
            var (count, more) = await NextBatchAsync(cancellationToken);
            placed += count;

            // Only when something was placed: pages look at verdicts again, and this reader finds nothing more and rests.
            if (count > 0) signal.Raise();
            if (!more) return placed;
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = Poll;
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = signal.Next;
            try
            {
                await CatchUpAsync(stoppingToken);
                pause = Poll;

                // A lone message was placed at once.
                await FloodPause.WaitAsync(LastAsync, time, stoppingToken);
                await LogSignal.WaitAsync(next, Poll, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble) when (trouble is DbException or DbUpdateException or InvalidOperationException or IOException)
            {
                // Said once; how far behind it is shows on Drift.
                if (pause == Poll) log.LogWarning("Matching of statuses waits for the database: {Kind}", trouble.GetType().Name);
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    // Before anything is matched: what an earlier version registered must be found by its key.
    private async Task<bool> RenewKeysAsync(CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeTurnAsync(WriteTurn.Letters, cancellationToken);
        var more = await LetterKeys.RenewAsync(db, book, settings, time.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return more;
    }

    private async Task<(int Count, bool More)> NextBatchAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await LastAsync(db, cancellationToken) <= await PositionAsync(db, cancellationToken)) return (0, false);

        using var turn = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeTurnAsync(WriteTurn.Letters, cancellationToken);

        // Read again inside: another process may have moved the position meanwhile.
        var position = await PositionAsync(db, cancellationToken);
        var last = await LastAsync(db, cancellationToken);
        var messages = await db.Messages.AsNoTracking()
            .Where(m => m.Sequence > position && m.Sequence <= last)
            .OrderBy(m => m.Sequence).Take(BatchSize)
            .Select(m => new StoredMessage { Sequence = m.Sequence, Kind = m.Kind, ReceivedAt = m.ReceivedAt, Identifiers = m.Identifiers, BeskedId = "", Sha256 = Array.Empty<byte>() }) // All that matching looks at.
            .ToListAsync(cancellationToken);
        var more = messages.Count == BatchSize;
        var kinds = await book.ReadAsync(db, cancellationToken);
        var store = new MatchStore(db, book, settings);
        await store.AddIdentifiersAsync(messages, cancellationToken);
        var statuses = messages.Select(m => new LoggedStatus(m, kinds[m.Kind])).Where(s => s.Kind.IsPostStatus).ToList();
        if (statuses.Count > 0)
        {
            var results = await store.DecideAsync(statuses, cancellationToken);
            await store.AddAsync(statuses, results, time.GetUtcNow(), cancellationToken);
            await store.RefoldAsync([.. results.Where(r => r.LetterKey is not null).Select(r => r.LetterKey!.Value).Distinct()], time.GetUtcNow(), cancellationToken);
        }

        await MoveAsync(db, more ? messages[^1].Sequence : Math.Max(last, position), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (statuses.Count, more);
    }

    private static async Task<long> PositionAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
        await db.ReaderPositions.Where(p => p.Reader == Reader).Select(p => p.Sequence).FirstOrDefaultAsync(cancellationToken);

    private async Task<long> LastAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await LastAsync(db, cancellationToken);
    }

    private static async Task<long> LastAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
        await db.Messages.MaxAsync(m => (long?)m.Sequence, cancellationToken) ?? 0;

    private static async Task MoveAsync(IngestionDbContext db, long sequence, CancellationToken cancellationToken)
    {
        if (await db.ReaderPositions.Where(p => p.Reader == Reader).ExecuteUpdateAsync(p => p.SetProperty(r => r.Sequence, sequence), cancellationToken) > 0) return;
        db.ReaderPositions.Add(new ReaderPosition { Reader = Reader, Sequence = sequence });
        await db.SaveChangesAsync(cancellationToken);
    }
}
