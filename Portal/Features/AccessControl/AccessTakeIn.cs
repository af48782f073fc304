using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Portal.Ingestion.Access;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;
using Portal.Platform.Storage;

namespace Portal.Features.AccessControl;

/// <summary>
/// Moves the lines from the time before the log was a signed one into it, once, in small transactions: a line is in one place or the other.
/// They say themselves that they are earlier ones, since nobody can prove that they were not changed before.
/// </summary>
internal sealed partial class AccessTakeIn(
    IDbContextFactory<PortalDbContext> contexts, IAccessJournal journal, WriteGate gate, TimeProvider time, ILogger<AccessTakeIn> log)
    : SupervisedService(time, log)
{
    private const int BatchSize = 500;

    /// <inheritdoc />
    public override string Name => "access-log-earlier";

    /// <summary>Moves all of them.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var moved = 0;
        while (await NextAsync(cancellationToken) is > 0 and var count) moved += count;
        return moved;
    }

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        if (await RunAsync(cancellationToken) is > 0 and var count) LogMoved(Log, count);
        Finish();
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<int> NextAsync(CancellationToken cancellationToken)
    {
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var lines = await db.Set<StoredAccess>().OrderBy(a => a.Id).Take(BatchSize).ToListAsync(cancellationToken);
        long[] ids = [.. lines.Select(l => l.Id)];

        // Another process may move them at the same time: only the one that deletes a line enters it.
        if (ids.Length == 0
            || await db.Set<StoredAccess>().Where(a => EF.Parameter(ids).Contains(a.Id)).ExecuteDeleteAsync(cancellationToken)
                != ids.Length) return 0;
        await journal.AppendAsync(transaction.GetDbTransaction(), [.. lines.Select(Of)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ids.Length;
    }

    private static AccessRecord Of(StoredAccess line) => new(line.Kind, line.Authority, line.At, line.ViewerId, line.ViewerName)
    {
        CaseNumber = line.CaseNumber, LetterId = line.LetterId, BeskedId = line.BeskedId, Purpose = line.Purpose, Hits = line.Hits,
        Reference = line.Reference, Earlier = true,
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} earlier lines were moved into the signed access log")]
    private static partial void LogMoved(ILogger logger, int count);
}
