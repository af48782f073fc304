using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Supervision;

/// <summary>The work failed for some of the items; it is done for all others.</summary>
/// <param name="failed">Number of items that failed.</param>
/// <param name="of">Number of items.</param>
/// <param name="first">The exception of the first item that failed.</param>
public sealed class PartlyFailedException(int failed, int of, Exception first) : Exception("Some of the work failed.", first)
{
    /// <summary>One or two Danish sentences with the numbers.</summary>
    public string Why { get; } = of > 1 ? $"{failed} af {of} kunne ikke behandles. De øvrige er gjort." : "Det kunne ikke behandles.";
}

/// <summary>Runs work for each of several items: a failure for one item does not stop the others.</summary>
public static class IsolatedWork
{
    /// <summary>Runs the work for each item, one after the other.</summary>
    /// <exception cref="PartlyFailedException">It failed for some items. Thrown after all have been tried.</exception>
    /// <exception cref="Exception">The database is out (<see cref="StorageErrors.IsOutage"/>) or the work was cancelled: the remaining
    /// items are not tried.</exception>
    public static async Task ForEachAsync<T>(
        IReadOnlyCollection<T> all, Func<T, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(work);
        var (failed, first) = (0, (Exception?)null);
        foreach (var one in all)
        {
            try
            {
                await work(one, cancellationToken);
            }
            catch (Exception problem) when (IsOnesOwn(problem, cancellationToken))
            {
                failed++;
                first ??= problem;
            }
        }

        if (first is not null) throw new PartlyFailedException(failed, all.Count, first);
    }

    /// <summary>True when the item is the cause of a failure, not an outage of the database or a cancellation.</summary>
    public static bool IsOnesOwn(Exception problem, CancellationToken cancellationToken) =>
        !StorageErrors.IsOutage(problem) && !(problem is OperationCanceledException && cancellationToken.IsCancellationRequested);
}
