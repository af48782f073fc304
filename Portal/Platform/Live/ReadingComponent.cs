using Microsoft.AspNetCore.Components;

namespace Portal.Platform.Live;

/// <summary>
/// A page or part of a page that reads while people use it: of overlapping reads the newest wins, and reads are cancelled when the page is
/// left.
/// </summary>
public abstract class ReadingComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    /// <summary>Decides which results may be shown.</summary>
    protected NewestRead Reads { get; } = new();

    /// <summary>Cancelled when the page is left. For reads only: an action that the user started is completed without it.</summary>
    protected CancellationToken PageGone => _gone.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Cancels reads in progress. The source is not disposed: a read in progress may still register with its token.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        Reads.Restart();
        _gone.Cancel();
    }
}
