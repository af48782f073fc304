using Portal.Ingestion.Domain;

namespace Portal.Platform.Ui;

/// <summary>
/// A text that a page searches for when the typing rests, and that stands in the page's address. On a slow net more is typed before the
/// address comes back: of the addresses that the page itself asked for none is written over what was typed, and only the last is shown. A
/// text that is or may become a CPR number waits until it is asked for. Not thread-safe: used on the page's own context.
/// </summary>
public sealed class TypedSearch : IDisposable
{
    /// <summary>How long the typing rests before it is searched for.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(400);

    private readonly ITimer _timer;
    private readonly List<string?> _asked = [];
    private string? _arrived;

    /// <param name="rested">Called on a thread of the timer when the typing has rested.</param>
    public TypedSearch(TimeProvider time, Func<Task> rested)
    {
        ArgumentNullException.ThrowIfNull(time);
        _timer = time.CreateTimer(_ => _ = rested(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What stands in the field.</summary>
    public string Text { get; private set; } = "";

    /// <summary>What is to be searched for: the text without spaces around it; null for none.</summary>
    public string? Wanted => Normal(Text);

    /// <summary>True when the field holds a CPR number, alone or among words.</summary>
    public bool HoldsCpr => CprIn(Text);

    /// <summary>True when the page shows what is wanted, or has asked for it.</summary>
    public bool IsUpToDate => Wanted == (_asked.Count > 0 ? _asked[^1] : _arrived);

    /// <summary>A text as it is searched for; null for none.</summary>
    public static string? Normal(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>True when the text holds a CPR number, which never stands in an address.</summary>
    public static bool CprIn(string text) => CprNumber.IsIn(text) || CprNumber.TryParse(text, out _);

    /// <summary>A letter was typed: the wait begins again.</summary>
    public void Type(string? text)
    {
        Set(text ?? "");
        if (!HoldsCpr && !CprLike.MayBecome(Text)) _timer.Change(Rest, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The page puts this text in the field; nothing is waited for.</summary>
    public void Set(string text)
    {
        Text = text;
        Stop();
    }

    /// <summary>Nothing is waited for.</summary>
    public void Stop() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>The page asks for an address with this text.</summary>
    public void Asked(string? text)
    {
        Stop();
        _asked.Add(text);
    }

    /// <summary>An address has come: by a link or Back, which the field follows, or one of those that the page asked for.</summary>
    /// <returns>False when a later address, which the page asked for after this one, is on its way: then this one is not shown.</returns>
    public bool Arrive(string? text)
    {
        var at = _asked.IndexOf(text);
        if (at > 0 && text == _arrived)
        {
            // The page is rendered again at the address that it has.
            return false;
        }

        if (at >= 0)
        {
            _asked.RemoveRange(0, at + 1);
        }
        else if (text != _arrived)
        {
            _asked.Clear();
            if (text != Wanted) Set(text ?? "");
        }

        _arrived = text;
        return _asked.Count == 0;
    }

    /// <inheritdoc />
    public void Dispose() => _timer.Dispose();
}
