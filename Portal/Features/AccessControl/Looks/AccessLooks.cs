using Portal.Ingestion.Access;
using Portal.Ingestion.Domain;
using Portal.Platform.Live;

namespace Portal.Features.AccessControl.Looks;

/// <summary>
/// Takes note of what is shown: cases and messages opened, lists and searches. Never waits for the database, so a page feels nothing: the
/// lines are written together within a second (<see cref="AccessLookService"/>), and a process that is killed loses at most that second.
/// What leaves the portal for good (evidence, exact bytes, numbers, files) is not noted here but by <see cref="IAccessLog.NoteAsync"/>,
/// which is durable before anything is given out.
/// </summary>
public interface IAccessLooks
{
    /// <summary>
    /// Notes a look, unless it is part of one that is noted: the same person sees the same in the same sign-in within a minute (a page is
    /// prerendered and then becomes live, or is loaded again), or an open page reads again by itself.
    /// </summary>
    /// <exception cref="AccessLogUnavailableException">So many looks wait for the log that no more may be shown.</exception>
    [Demands(ViewerRights.None)]
    void Add(Viewer viewer, AccessNote note);
}

/// <summary>A look that waits to be written.</summary>
internal sealed record AccessLook(Viewer Viewer, AccessNote Note, DateTimeOffset At);

/// <summary>The looks that wait, in memory and in order.</summary>
internal sealed class AccessLooks(TimeProvider time) : IAccessLooks
{
    /// <summary>
    /// Looks that may wait while the log cannot be written: some minutes of a large municipality. Beyond that nothing is shown, since
    /// nobody could account for it.
    /// </summary>
    public const int Most = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<AccessLook> _waiting = new();
    private readonly RecentLooks _recent = new(time);
    private TaskCompletionSource _come = New();

    /// <inheritdoc />
    public void Add(Viewer viewer, AccessNote note)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(note);

        // A page whose sign-in has ended reads once more, and is shown nothing.
        if (viewer == Viewer.Nobody) return;
        lock (_lock)
        {
            if (!_recent.IsNew(viewer, note, PageRefresh.IsRunning)) return;
            if (_waiting.Count >= Most)
            {
                _recent.Forget(viewer, note);
                throw new AccessLogUnavailableException();
            }

            _waiting.Enqueue(new AccessLook(viewer, note, time.GetUtcNow()));
            _come.TrySetResult();
        }
    }

    /// <summary>Completes when a look waits.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return _waiting.Count > 0 ? Task.CompletedTask : _come.Task.WaitAsync(cancellationToken);
    }

    /// <summary>The first looks that wait; they stay until <see cref="Written"/>.</summary>
    public IReadOnlyList<AccessLook> Peek(int most)
    {
        lock (_lock) return [.. _waiting.Take(most)];
    }

    /// <summary>The first <paramref name="count"/> looks are written.</summary>
    public void Written(int count)
    {
        lock (_lock)
        {
            for (var n = 0; n < count; n++) _waiting.Dequeue();
            if (_waiting.Count == 0 && _come.Task.IsCompleted) _come = New();
        }
    }

    /// <summary>Forgets the looks that are noted, so that the next of each is a line; for measuring.</summary>
    internal void ForgetAll()
    {
        lock (_lock) _recent.ForgetAll();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
