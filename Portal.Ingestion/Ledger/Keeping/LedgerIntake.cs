using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Ledger;

/// <summary>Takes messages that were there before the ledger into it, in order and in batches; killed, it goes on at the next start.</summary>
internal sealed class LedgerIntake(LedgerAppender appender, ILogger<LedgerIntake> log)
{
    private const int BatchSize = 10_000;
    private const int ProgressEvery = 100_000;

    /// <summary>Takes in what is missing up to the head's <see cref="StoredLedgerHead.IntakeTo"/>.</summary>
    public async Task RunAsync(IngestionDbContext db, StoredLedgerHead head, CancellationToken cancellationToken)
    {
        if (head.Size >= head.IntakeTo) return;
        log.LogInformation("The ledger takes in {Count} messages that were there before it", head.IntakeTo - head.Size);
        for (var size = head.Size; size < head.IntakeTo;)
        {
            var (from, to) = (size, Math.Min(size + BatchSize, head.IntakeTo));
            var messages = await db.Messages.AsNoTracking().Where(m => m.Sequence > from && m.Sequence <= to).OrderBy(m => m.Sequence)
                .Select(m => new { m.Sequence, m.BeskedId, m.ReceivedAt, m.Sha256 }).ToListAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var turn = appender.Begin(transaction.GetDbTransaction());
            foreach (var message in messages) turn.Add(message.Sequence, LeafRecord.Of(message.BeskedId, message.ReceivedAt, message.Sha256).ToLeafHash());
            if (turn.Size < to) turn.Add(to, LeafRecord.NothingReceived);
            turn.Write();
            await transaction.CommitAsync(cancellationToken);
            size = turn.Size;
            if (size / ProgressEvery > from / ProgressEvery) log.LogInformation("The ledger has taken in {Count} of {All} messages", size, head.IntakeTo);
        }

        log.LogInformation("The ledger has taken in all messages");
    }
}
