using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Search;

/// <summary>Writes the words of letters that were registered before words were kept, once, in small steps between other writers.</summary>
public sealed class LetterWordsBackfill(IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, ILogger<LetterWordsBackfill> log) : BackgroundService
{
    /// <summary>The name of this reader's position.</summary>
    public const string Reader = "letter-words";

    private const int BatchSize = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Writes what is missing; gives the number of letters.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var written = 0;
        while (await NextAsync(cancellationToken) is > 0 and var count) written += count;
        return written;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await RunAsync(stoppingToken) is > 0 and var count) log.LogInformation("The words of {Count} letters can now be searched for", count);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble) when (trouble is DbException or DbUpdateException or InvalidOperationException or IOException)
            {
                log.LogWarning("The words of letters wait for the database: {Kind}", trouble.GetType().Name);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<int> NextAsync(CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeTurnAsync(WriteTurn.Letters, cancellationToken);
        var position = await db.ReaderPositions.SingleOrDefaultAsync(p => p.Reader == Reader, cancellationToken)
            ?? db.ReaderPositions.Add(new ReaderPosition { Reader = Reader }).Entity;
        var letters = await db.Letters.AsNoTracking().Where(l => l.Key > position.Sequence).OrderBy(l => l.Key).Take(BatchSize).ToListAsync(cancellationToken);
        if (letters.Count == 0) return 0;
        await new LetterWords(db).WriteAsync(letters, [], cancellationToken);
        position.Sequence = letters[^1].Key;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return letters.Count;
    }
}
