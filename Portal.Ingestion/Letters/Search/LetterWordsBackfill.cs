using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Letters.Search;

/// <summary>
/// Writes the search words of letters that were registered before words were stored: once, in small transactions between other writers.
/// </summary>
public sealed class LetterWordsBackfill(
    IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, TimeProvider time, ILogger<LetterWordsBackfill> log)
    : SupervisedService(time, log)
{
    /// <summary>The name of this reader's position.</summary>
    public const string Reader = "letter-words";

    private const int BatchSize = 500;

    /// <summary>Writes what is missing and returns the number of letters.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var written = 0;
        while (await NextAsync(cancellationToken) is > 0 and var count) written += count;
        return written;
    }

    /// <inheritdoc />
    public override string Name => "letter-words";

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        if (await RunAsync(cancellationToken) is > 0 and var count)
            Log.LogInformation("The words of {Count} letters can now be searched for", count);
        Finish();
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<int> NextAsync(CancellationToken cancellationToken)
    {
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Letters, cancellationToken);
        var position = await db.ReaderPositions.SingleOrDefaultAsync(p => p.Reader == Reader, cancellationToken)
            ?? db.ReaderPositions.Add(new ReaderPosition { Reader = Reader }).Entity;
        var letters = await db.Letters.AsNoTracking().Where(l => l.Key > position.Sequence).OrderBy(l => l.Key).Take(BatchSize)
            .ToListAsync(cancellationToken);
        if (letters.Count == 0) return 0;
        await new LetterWords(db).WriteAsync(letters, [], cancellationToken);
        position.Sequence = letters[^1].Key;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return letters.Count;
    }
}
