using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Supervision;

/// <summary>Some of the work of a round failed; all the rest is done.</summary>
/// <param name="failed">How many failed.</param>
/// <param name="of">How many there were.</param>
/// <param name="first">What the first of them failed with.</param>
public sealed class PartlyFailedException(int failed, int of, Exception first) : Exception("Some of the work failed.", first)
{
    /// <summary>One Danish sentence that says how many.</summary>
    public string Why { get; } = of > 1 ? $"{failed} af {of} kunne ikke behandles. De øvrige er gjort." : "Det kunne ikke behandles.";
}

/// <summary>Work for many, each by itself: what fails for one does not keep the others from theirs.</summary>
public static class IsolatedWork
{
    /// <summary>Does the work for each in turn.</summary>
    /// <exception cref="PartlyFailedException">It failed for some. Thrown when it has been tried for all.</exception>
    /// <exception cref="Exception">The database is out (<see cref="StorageErrors.IsOutage"/>) or the work was cancelled: nobody more is
    /// tried.</exception>
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

    /// <summary>True when a failure belongs to what was worked on, and not to the database or to a stop.</summary>
    public static bool IsOnesOwn(Exception problem, CancellationToken cancellationToken) =>
        !StorageErrors.IsOutage(problem) && !(problem is OperationCanceledException && cancellationToken.IsCancellationRequested);
}
