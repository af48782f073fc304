namespace Portal.Features.Messages;

/// <summary>
/// The typing in the stream's filter: searched for when it rests, so that each letter is not a read, and known again when the address
/// has it, so that it is not written over what has been typed since. Not thread-safe: used on the page's own context.
/// </summary>
internal sealed class FilterTyping : IDisposable
{
    /// <summary>How long the typing rests before it is searched for.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(400);

    private readonly ITimer _timer;
    private readonly List<string?> _asked = [];

    /// <param name="rested">Called on a thread of the timer when the typing has rested.</param>
    public FilterTyping(TimeProvider time, Func<Task> rested) =>
        _timer = time.CreateTimer(_ => _ = rested(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>A letter was typed: the wait begins anew.</summary>
    public void Wait() => _timer.Change(Rest, Timeout.InfiniteTimeSpan);

    /// <summary>Nothing is waited for.</summary>
    public void Stop() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>The page asks for an address with this text.</summary>
    public void Asked(string? text) => _asked.Add(text);

    /// <summary>True when the page itself asked for the address that has come; those it asked for earlier have come then too.</summary>
    public bool IsOwn(string? text)
    {
        var at = _asked.IndexOf(text);
        if (at < 0) _asked.Clear();
        else _asked.RemoveRange(0, at + 1);
        return at >= 0;
    }

    /// <inheritdoc />
    public void Dispose() => _timer.Dispose();
}
