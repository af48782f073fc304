using System.Globalization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Features.Messages;

/// <summary>
/// A bounded window on the log, newest first, that follows new messages. Messages that arrive while it is paused are counted, and shown on
/// release; none is lost, since the log is read from the last position. Not thread-safe.
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

    /// <summary>The rows, newest first.</summary>
    public IReadOnlyList<MessageView> Rows => _rows;

    /// <summary>How many new messages are not shown yet.</summary>
    public long Waiting { get; private set; }

    /// <summary>The last sequence number read.</summary>
    public long Position { get; private set; }

    /// <summary>The log has older messages than the last row.</summary>
    public bool HasOlder => OlderCursor is not null;

    /// <summary>Older pages have replaced the newest rows; <see cref="ReleaseAsync"/> shows the newest again.</summary>
    public bool AwayFromTop => _awayFromTop;

    private string? OlderCursor { get; set; }

    /// <summary>Shows the newest page.</summary>
    /// <param name="upTo">The sequence number at which the user paused: later messages wait, and are counted by the next
    /// <see cref="ReadOnAsync(bool, bool, CancellationToken)"/>. Null: the newest.</param>
    public async Task LoadAsync(CancellationToken cancellationToken, long? upTo = null)
    {
        // The position first: a message stored between the two reads is then read twice and skipped once, not missed.
        var position = upTo ?? await reader.LastSequenceAsync(viewer, cancellationToken);
        var before = upTo is null ? null : (position + 1).ToString(CultureInfo.InvariantCulture);
        var page = await reader.ListAsync(viewer, filter, before, PageSize, cancellationToken);
        Replace(page);
        Position = position;
        _waiting.Clear();
        Waiting = 0;
        _awayFromTop = false;
    }

    /// <inheritdoc cref="ReadOnAsync(Func{bool}, Func{bool}, CancellationToken)"/>
    public Task<int> ReadOnAsync(bool paused, bool reading, CancellationToken cancellationToken) =>
        ReadOnAsync(() => paused, () => reading, cancellationToken);

    /// <summary>Reads to the end of the log. Returns how many messages were new to this window.</summary>
    /// <param name="paused">True: count new messages instead of showing them. Called after each read, since the user may press pause during
    /// a read.</param>
    /// <param name="reading">True while the user reads a row: show new messages above it while there is room, then count them. Called after
    /// each read.</param>
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
            // Waiting messages are older than new ones, so once a message waits, all later ones wait.
            if (paused() || _awayFromTop || Waiting > 0 || (reading() && _rows.Count + fresh.Length > Capacity)) Keep(fresh);
            else ShowAtTop(fresh);
            if (!moved || (slice.Items.Count < PageSize && !slice.IsCut)) break;
        }

        if (_rows.Count > Capacity) await LoadAsync(cancellationToken);
        return came;
    }

    /// <summary>Shows the waiting messages. Reads the newest page again when more wait than the window holds.</summary>
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

    /// <summary>Appends the next older page; removes the newest rows when the window is full.</summary>
    public async Task ShowOlderAsync(CancellationToken cancellationToken)
    {
        if (OlderCursor is null) return;
        var page = await reader.ListAsync(viewer, filter, OlderCursor, PageSize, cancellationToken);
        _rows.AddRange(page.Items);
        OlderCursor = page.Cursor;
        if (_rows.Count <= Capacity) return;
        Trim();
    }

    /// <summary>Updates the newest rows: a case matched later, more deliveries. True when a row changed.</summary>
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

    // Only the count is needed when more wait than the window can show.
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
