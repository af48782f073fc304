using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log;

/// <summary>
/// The pace of work that can wait, such as erasing: it is done in chunks, and while messages arrive each chunk is followed by a pause of
/// several times its length, so that receiving keeps nine tenths of its rate. When nothing arrives there are no pauses.
/// </summary>
internal sealed class ReceivingFirst(IDbContextFactory<IngestionDbContext> contexts, TimeProvider time)
{
    // A chunk holds the database's one writer for most of its time, so that this leaves it a twentieth.
    private const int Pauses = 20;

    // A chunk that had to wait for a lock is no reason to wait twenty times as long.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private long? _seen;

    /// <summary>Does one chunk, and pauses.</summary>
    public async Task<T> DoAsync<T>(Func<CancellationToken, Task<T>> chunk, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var done = await chunk(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var pause = time.GetElapsedTime(began) * Pauses;
        var last = await db.Messages.MaxAsync(m => (long?)m.Sequence, cancellationToken) ?? 0;
        if (last > (_seen ?? last)) await Task.Delay(pause < LongestPause ? pause : LongestPause, time, cancellationToken);
        _seen = last;
        return done;
    }
}
