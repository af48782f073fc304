using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Features.Messages;

/// <summary>
/// A bounded window on the log, newest first, that follows it forwards. What comes while it is held is counted, and shown on release;
/// nothing is lost, since the log is read on from where the window stopped. Not for use by several threads at once.
/// </summary>
public sealed class MessageFeed(IMessageReader reader, SharedReads shared, Viewer viewer, MessageFilter filter)
{
    /// <summary>Messages read at a time.</summary>
    public const int PageSize = 200;

    /// <summary>Rows kept at most.</summary>
    public const int Capacity = 500;

    private readonly List<MessageView> _rows = [];
    private readonly List<MessageView> _waiting = [];
    private bool _awayFromTop;
    private long _newest;

    /// <summary>What is shown, newest first.</summary>
    public IReadOnlyList<MessageView> Rows => _rows;

    /// <summary>How many came that are not shown yet.</summary>
    public long Waiting { get; private set; }

    /// <summary>The last sequence number looked at.</summary>
    public long Position { get; private set; }

    /// <summary>There is more behind the last row.</summary>
    public bool HasOlder => OlderCursor is not null;

    /// <summary>Older pages pushed the newest rows out: <see cref="ReleaseAsync"/> goes back to the newest.</summary>
    public bool AwayFromTop => _awayFromTop;

    private string? OlderCursor { get; set; }

    /// <summary>Shows the newest page.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        // The position first: what is stored between the two reads is then seen twice and skipped once, never missed.
        var position = await reader.LastSequenceAsync(cancellationToken);
        var page = await reader.ListAsync(viewer, filter, null, PageSize, cancellationToken);
        Replace(page);
        Position = position;
        _waiting.Clear();
        Waiting = 0;
        _awayFromTop = false;
    }

    /// <inheritdoc cref="ReadOnAsync(Func{bool}, Func{bool}, CancellationToken)"/>
    public Task<int> ReadOnAsync(bool paused, bool reading, CancellationToken cancellationToken) =>
        ReadOnAsync(() => paused, () => reading, cancellationToken);

    /// <summary>Reads on to the end of the log. Returns how many messages were new to this window.</summary>
    /// <param name="paused">Count them instead of showing them. Asked again after each read: pause may be pressed while the log is being
    /// read.</param>
    /// <param name="reading">Someone reads a row: show them above it while there is room, and count the rest. Asked again likewise.</param>
    public async Task<int> ReadOnAsync(Func<bool> paused, Func<bool> reading, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paused);
        ArgumentNullException.ThrowIfNull(reading);
        if (!paused() && !reading() && Waiting > 0 && !_awayFromTop) await ReleaseAsync(cancellationToken);
        var came = 0;
        while (true)
        {
            var slice = await shared.ReadAfterAsync(viewer, filter, Position, PageSize, cancellationToken);
            var newest = Math.Max(_newest, _waiting.Count > 0 ? _waiting[^1].Sequence : 0);
            MessageView[] fresh = [.. slice.Items.Where(m => m.Sequence > newest)];
            came += fresh.Length;
            var moved = slice.Position > Position;
            Position = Math.Max(Position, slice.Position);
            // What waits is older than what comes now, so once something waits, all of it does.
            if (paused() || _awayFromTop || Waiting > 0 || (reading() && _rows.Count + fresh.Length > Capacity)) Keep(fresh);
            else ShowAtTop(fresh);
            if (!moved || slice.Items.Count < PageSize) break;
        }

        if (_rows.Count > Capacity) await LoadAsync(cancellationToken);
        return came;
    }

    /// <summary>Shows what waited. Reads again when more waited than the window holds.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (_awayFromTop || Waiting > _waiting.Count || _rows.Count + _waiting.Count > Capacity)
        {
            await LoadAsync(cancellationToken);
            return;
        }

        ShowAtTop([.. _waiting]);
        _waiting.Clear();
        Waiting = 0;
    }

    /// <summary>Appends the next older page; the newest rows give way when the window is full.</summary>
    public async Task ShowOlderAsync(CancellationToken cancellationToken)
    {
        if (OlderCursor is null) return;
        var page = await reader.ListAsync(viewer, filter, OlderCursor, PageSize, cancellationToken);
        _rows.AddRange(page.Items);
        OlderCursor = page.Cursor;
        if (_rows.Count <= Capacity) return;
        Trim();
    }

    /// <summary>
    /// Takes over what became of the newest rows since: the case that was found, further deliveries. True when something changed.
    /// </summary>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        if (_awayFromTop || _rows.Count == 0) return false;
        var now = (await shared.NewestAsync(viewer, filter, PageSize, cancellationToken)).ToDictionary(m => m.Sequence);
        var changed = false;
        for (var i = 0; i < _rows.Count; i++)
        {
            if (!now.TryGetValue(_rows[i].Sequence, out var message) || message == _rows[i]) continue;
            _rows[i] = message;
            changed = true;
        }

        return changed;
    }

    private void Replace(Page<MessageView> page)
    {
        _rows.Clear();
        _rows.AddRange(page.Items);
        OlderCursor = page.Cursor;
        _newest = _rows.Count > 0 ? _rows[0].Sequence : 0;
    }

    private void ShowAtTop(MessageView[] oldestFirst)
    {
        _rows.InsertRange(0, oldestFirst.AsEnumerable().Reverse());
        if (oldestFirst.Length > 0) _newest = oldestFirst[^1].Sequence;
    }

    // Only the number is needed once more wait than the window could show.
    private void Keep(MessageView[] fresh)
    {
        Waiting += fresh.Length;
        _waiting.AddRange(fresh);
        if (_waiting.Count > Capacity) _waiting.RemoveRange(0, _waiting.Count - Capacity);
    }

    private void Trim()
    {
        _rows.RemoveRange(0, _rows.Count - Capacity);
        _awayFromTop = true;
    }
}
