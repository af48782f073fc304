using Microsoft.AspNetCore.Components;

namespace Portal.Platform.Live;

/// <summary>
/// A page or a part of one that reads while people use it: of overlapping reads the newest wins, and what is read for a page that was left
/// ends.
/// </summary>
public abstract class ReadingComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    /// <summary>Which answers may be shown.</summary>
    protected NewestRead Reads { get; } = new();

    /// <summary>Cancelled when the page was left. For reads; what a person asked to have done is carried through without it.</summary>
    protected CancellationToken PageGone => _gone.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what is being read. The source is not disposed: a read under way may still ask for its token.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        Reads.Restart();
        _gone.Cancel();
    }
}
