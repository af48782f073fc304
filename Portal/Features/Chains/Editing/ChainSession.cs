using System.Collections.Frozen;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Storage;

namespace Portal.Features.Chains.Editing;

/// <summary>
/// One chain being edited in this process. Operations are applied one at a time, each stored before anyone is notified. When another node
/// has written first, the session reads its operations and tries again. Thread-safe.
/// </summary>
public sealed class ChainSession : IDisposable
{
    private const int SnapshotEvery = 100;
    private readonly SemaphoreSlim _lock = new(1, 1);
    private readonly IChainLog _log;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ChainHistory _history = new();
    private readonly ChainAudience _audience;
    private readonly IChainBackplane? _backplane;
    private volatile ChainState _state;
    private long _lastUsed;

    internal ChainSession(
        string chainId, ChainReading reading, IChainLog log, TimeProvider time, ILogger logger, IChainBackplane? backplane = null)
    {
        ChainId = chainId;
        _log = log;
        _time = time;
        _logger = logger;
        _backplane = backplane;
        _audience = new ChainAudience(time, logger, backplane is null ? null : NotifyOthers);
        _state = reading.From;
        foreach (var operation in reading.Tail) Take(operation);
        Touch();
    }

    /// <summary>The id of the chain.</summary>
    public string ChainId { get; }

    /// <summary>The authority whose chain it is, once a viewer has opened it.</summary>
    public string Authority { get; internal set; } = "";

    /// <summary>The chain as stored. For a page use <see cref="DocumentFor"/>, which leaves out what the editor may not see yet.</summary>
    public ChainState State => _state;

    /// <summary>Everyone who has the chain open: those of this node in the order in which they joined, then those of other nodes.</summary>
    public IReadOnlyList<ChainPresent> Present => _audience.Present;

    /// <summary>When someone last opened, changed or watched it, UTC.</summary>
    internal DateTimeOffset LastUsed => new(Volatile.Read(ref _lastUsed), TimeSpan.Zero);

    internal bool HasConnections => _audience.HasConnections;

    /// <summary>
    /// True while the chain is in the trash: nothing is stored in it. Known within about two seconds of its deletion on any node.
    /// </summary>
    public bool IsGone { get; private set; }

    /// <summary>The chain as the editor may see it.</summary>
    public ChainDocument DocumentFor(ChainEditor editor) => _state.For(editor);

    /// <summary>True when the editor has a step to undo.</summary>
    public bool CanUndo(ChainEditor editor)
    {
        lock (_history) return _history.CanUndo(editor.Key);
    }

    /// <summary>True when the editor has a step to redo.</summary>
    public bool CanRedo(ChainEditor editor)
    {
        lock (_history) return _history.CanRedo(editor.Key);
    }

    /// <summary>
    /// Joins the chain: <paramref name="onNotice"/> is called for everything from now on, in order, until the connection is disposed. It
    /// must be quick and must not wait for the session (a page calls <c>InvokeAsync</c> without awaiting it). Read <see cref="State"/>
    /// after joining.
    /// </summary>
    public ChainConnection Join(ChainEditor editor, Action<ChainNotice> onNotice)
    {
        Touch();
        return _audience.Join(editor, onNotice);
    }

    /// <summary>Applies a step, stores it and notifies the others.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database is unavailable; nothing was changed, and the step
    /// can be tried again.</exception>
    public Task<ChainResult> ApplyAsync(ChainEditor editor, ChainOperation operation, CancellationToken cancellationToken) =>
        ApplyAsync(editor, operation, null, cancellationToken);

    /// <summary>
    /// The same, but only if nothing was stored after operation <paramref name="at"/>, here or on another node; otherwise
    /// <see cref="ChainOutcome.Moved"/>.
    /// </summary>
    /// <param name="at">The number of the last operation that the step is based on; null for no check.</param>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database is unavailable; nothing was changed, and the step
    /// can be tried again.</exception>
    public Task<ChainResult> ApplyAsync(ChainEditor editor, ChainOperation operation, long? at, CancellationToken cancellationToken) =>
        WithLockAsync(
            async () =>
            {
                if (at is { } number && _state.Number != number) return new ChainResult(ChainOutcome.Moved);
                if (!editor.MayEdit) return new ChainResult(ChainOutcome.Refused);
                if (!editor.MaySteer && operation.Changes.Any(c => c is WorkshopChange { ForEveryone: false }))
                    return new ChainResult(ChainOutcome.Refused);
                var (cleaned, field) = ChainRules.Check(_state.Document, operation);
                if (cleaned is null) return new ChainResult(ChainOutcome.Refused, null, field);
                return await StoreAsync(
                    editor, () => at is { } expected && _state.Number != expected
                        ? new Planned(ChainOutcome.Moved, ChainCause.Edit, 0, [])
                        : Plan(editor, cleaned), cancellationToken);
            },
            cancellationToken);

    /// <summary>
    /// Undoes the editor's own latest step, except what others have changed since; a step with nothing left to undo is skipped.
    /// </summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database is unavailable; nothing was changed.</exception>
    public Task<ChainResult> UndoAsync(ChainEditor editor, CancellationToken cancellationToken) =>
        BackAsync(editor, ChainCause.Undo, cancellationToken);

    /// <summary>Redoes what <see cref="UndoAsync"/> undid.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database is unavailable; nothing was changed.</exception>
    public Task<ChainResult> RedoAsync(ChainEditor editor, CancellationToken cancellationToken) =>
        BackAsync(editor, ChainCause.Redo, cancellationToken);

    /// <summary>Reads what other nodes have stored since. Safe to call at any time.</summary>
    public Task CatchUpAsync(CancellationToken cancellationToken) => WithLockAsync(
        async () =>
        {
            await ReadOnAsync(cancellationToken);
            return new ChainResult(ChainOutcome.Unchanged);
        },
        cancellationToken);

    /// <summary>Operations after a number, for a page that was disconnected; empty when it missed nothing.</summary>
    public Task<IReadOnlyList<StoredOperation>> ReadAfterAsync(long number, CancellationToken cancellationToken) =>
        _log.ReadAfterAsync(ChainId, number, cancellationToken);

    /// <summary>Asks guests' pages, on all nodes, to send what is being typed. <see cref="Present"/> shows who is still typing.</summary>
    public void AskToFinish() => _audience.Notify(new FinishWriting());

    /// <summary>
    /// Publishes who is present to the other nodes, and removes nodes and drags that have stopped reporting. Does not wait.
    /// </summary>
    internal void Announce()
    {
        _backplane?.Publish(new BackplaneMessage(ChainId, _audience.Local, null, null));
        _audience.Sweep();
    }

    /// <summary>Sets whether the chain is in the trash, and notifies this node's pages.</summary>
    internal void SetGone(bool gone)
    {
        if (IsGone == gone) return;
        IsGone = gone;
        _audience.NotifyLocal(new ChainGone());
    }

    /// <summary>Handles another node's message. What that node stored is read from the log, never taken from the message.</summary>
    internal async Task ReceiveAsync(string node, BackplaneMessage word, CancellationToken cancellationToken)
    {
        if (word.Present is { } present) _audience.SetRemote(node, present);
        if (word.Ghosts is { } ghosts) _audience.NotifyLocal(ghosts);
        if (word.Finish) _audience.NotifyLocal(new FinishWriting());
        if (word.Number > _state.Number && HasConnections) await CatchUpAsync(cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _audience.Dispose();
        _lock.Dispose();
    }

    private sealed record Planned(
        ChainOutcome Outcome, ChainCause Cause, int Steps, IReadOnlyList<ChainChange> Changes, string? Field = null);

    private Planned Plan(ChainEditor editor, ChainOperation operation)
    {
        var (state, effective) = (_state, new List<ChainChange>());
        foreach (var change in operation.Changes)
        {
            if (change is SetValue set && state.IsWithheld(editor.Key, set.Id, set.Property))
                return new Planned(ChainOutcome.Refused, ChainCause.Edit, 0, [], $"{set.Id}.{set.Property}");
            if (change is SetLinkValue { Property: ChainLink.AssumptionProperty } assume
                && state.IsWithheld(editor.Key, new LinkKey(assume.From, assume.To)))
            {
                return new Planned(ChainOutcome.Refused, ChainCause.Edit, 0, [], $"{assume.From}.to.{assume.Property}");
            }
            if (!GuestRules.Allows(state, editor, change)) return new Planned(ChainOutcome.Refused, ChainCause.Edit, 0, []);
            if (!editor.MaySteer && !IsShown(state, change)) return new Planned(ChainOutcome.Refused, ChainCause.Edit, 0, []);
            var next = ChainApply.Apply(state, change, new ChangeAuthor(editor.Id, editor.Key), state.Number + 1);
            if (ReferenceEquals(next, state)) continue;
            effective.Add(change);
            state = next;
        }

        return new Planned(effective.Count == 0 ? ChainOutcome.Unchanged : ChainOutcome.Applied, ChainCause.Edit, 0, effective);
    }

    // Those who do not see a hidden zone can neither change it nor probe what is in it.
    private static bool IsShown(ChainState state, ChainChange change)
    {
        if (state.Workshop.Revealed is null) return true;
        return change switch
        {
            AddElement add => state.Workshop.Shows(add.Kind) && Shows(add.Id),
            SetValue { Property: ElementProperty.Kind } move =>
                Shows(move.Id) && ChainKinds.Parse(move.Value) is { } kind && state.Workshop.Shows(kind),
            SetValue set => Shows(set.Id),
            DeleteElement delete => Shows(delete.Id),
            RestoreElement restore => Shows(restore.Id),
            Connect link => Shows(link.From) && Shows(link.To),
            Disconnect cut => Shows(cut.From) && Shows(cut.To),
            SetLinkValue set => Shows(set.From) && Shows(set.To),
            CastVote vote => Shows(vote.Id),
            _ => true,
        };

        bool Shows(string id) => !state.Document.Elements.TryGetValue(id, out var element) || state.Workshop.Shows(element.Kind);
    }

    private Task<ChainResult> BackAsync(ChainEditor editor, ChainCause cause, CancellationToken cancellationToken) => WithLockAsync(
        () => editor.MayEdit
            ? StoreAsync(editor, () => PlanBack(editor, cause), cancellationToken)
            : Task.FromResult(new ChainResult(ChainOutcome.Refused)),
        cancellationToken);

    private Planned PlanBack(ChainEditor editor, ChainCause cause)
    {
        lock (_history)
        {
            var (changes, steps) = _history.Plan(editor.Key, cause, _state.Document);
            if (changes.Any(c => !GuestRules.Allows(_state, editor, c))) return new Planned(ChainOutcome.Refused, cause, 0, []);
            if (changes.Count > 0) return new Planned(ChainOutcome.Applied, cause, steps, changes);
            _history.Drop(editor.Key, cause, steps);
            return new Planned(steps == 0 ? ChainOutcome.Unchanged : ChainOutcome.Superseded, cause, steps, []);
        }
    }

    private async Task<ChainResult> StoreAsync(ChainEditor editor, Func<Planned> plan, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Checked in the loop: that the workshop was closed on another node is known at the latest after a conflicting append.
            if (!IsLetIn(editor)) return new ChainResult(ChainOutcome.Refused);
            var planned = plan();
            if (planned.Outcome != ChainOutcome.Applied) return new ChainResult(planned.Outcome, null, planned.Field);
            var operation = new StoredOperation(_state.Number + 1, editor.Id, editor.Name, editor.ClientId, _time.GetUtcNow(),
                planned.Cause, planned.Steps, planned.Changes);
            switch (await _log.AppendAsync(ChainId, operation, ChainApply.Apply(_state, operation).Document, cancellationToken))
            {
                case AppendOutcome.Appended:
                    Notify(operation);
                    await SnapshotAsync();
                    return new ChainResult(ChainOutcome.Applied, operation);
                case AppendOutcome.Gone:
                    SetGone(true);
                    return new ChainResult(ChainOutcome.Gone);
                default:
                    await ReadOnAsync(cancellationToken);
                    break;
            }
        }
    }

    // A guest while the workshop is open with the code of the pass, anybody else at the chain's authority.
    private bool IsLetIn(ChainEditor editor) => editor.GuestCode is { } code
        ? string.Equals(_state.Workshop.Code, code, StringComparison.OrdinalIgnoreCase) && (editor.Until is null
            || editor.Until > _time.GetUtcNow())
        : editor.Authority == Authority;

    private async Task ReadOnAsync(CancellationToken cancellationToken)
    {
        foreach (var operation in await _log.ReadAfterAsync(ChainId, _state.Number, cancellationToken))
            _audience.NotifyLocal(Noted(operation));
    }

    private void Notify(StoredOperation operation) => _audience.Notify(Noted(operation));

    private ChainChanged Noted(StoredOperation operation)
    {
        var before = _state;
        Take(operation);
        return new ChainChanged(
            operation.Number, operation.Author, operation.AuthorName, operation.Key, !ReferenceEquals(before.Workshop, _state.Workshop),
            Touched(before, _state, operation))
        {
            OnlyMoved = operation.Changes.All(c => c is SetValue { Property: ElementProperty.X or ElementProperty.Y }),
            Deleted = Gone(before.Document, _state.Document),
            Added = Gone(_state.Document, before.Document),
            Edited = [.. operation.Changes.OfType<SetValue>().Select(c => c.Id).Distinct()],
            Linked = [.. operation.Changes.Select(LinkOf).OfType<LinkKey>().Distinct()],
        };
    }

    private void NotifyOthers(ChainNotice notice)
    {
        switch (notice)
        {
            case PresenceChanged: Announce(); break;
            case GhostsMoved ghosts: _backplane!.Publish(new BackplaneMessage(ChainId, null, ghosts, null)); break;
            case FinishWriting: _backplane!.Publish(new BackplaneMessage(ChainId, null, null, null) { Finish = true }); break;
            case ChainChanged changed: _backplane!.Publish(new BackplaneMessage(ChainId, null, null, changed.Number)); break;
        }
    }

    // The boxes that are present in one document and not in the other.
    private static List<string> Gone(ChainDocument from, ChainDocument to) =>
        ReferenceEquals(from.Elements, to.Elements)
            ? []
            : [.. from.Elements.Where(e => !e.Value.Deleted && !to.IsPresent(e.Key)).Select(e => e.Key)];

    private static LinkKey? LinkOf(ChainChange change) => change switch
    {
        Connect link => new(link.From, link.To),
        Disconnect cut => new(cut.From, cut.To),
        SetLinkValue set => new(set.From, set.To),
        _ => null,
    };

    private void Take(StoredOperation operation)
    {
        lock (_history) _history.Note(operation, _state.Document);
        _state = ChainApply.Apply(_state, operation);
    }

    private async Task SnapshotAsync()
    {
        if (_state.Number % SnapshotEvery != 0) return;
        try
        {
            await _log.SaveSnapshotAsync(ChainId, _state, CancellationToken.None);
        }
        catch (Exception problem)
        {
            // All operations are stored; without the snapshot, opening only takes longer.
            _logger.LogWarning(problem, "A snapshot of a chain could not be stored");
        }
    }

    private async Task<ChainResult> WithLockAsync(Func<Task<ChainResult>> work, CancellationToken cancellationToken)
    {
        await _lock.WaitAsync(cancellationToken);
        try
        {
            Touch();
            return await work();
        }
        finally
        {
            _lock.Release();
        }
    }

    private void Touch() => Volatile.Write(ref _lastUsed, _time.GetUtcNow().UtcTicks);

    private static FrozenSet<string> Touched(ChainState before, ChainState after, StoredOperation operation)
    {
        // Turning silent writing on or off shows or hides texts everywhere.
        if (before.Workshop.Silent != after.Workshop.Silent) return before.Writers.Keys.SelectMany(ChainState.BoxesOf).ToFrozenSet();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in operation.Changes)
        {
            switch (change)
            {
                case AddElement add: ids.Add(add.Id); break;
                case DeleteElement delete: AddWithEnds(delete.Id); break;
                case RestoreElement restore: AddWithEnds(restore.Id); break;
                case SetValue set: ids.Add(set.Id); break;
                case CastVote vote: ids.Add(vote.Id); break;
                case ClearVotes: ids.UnionWith(before.Workshop.Votes.Keys); break;
                case Connect link: ids.UnionWith([link.From, link.To]); break;
                case Disconnect cut: ids.UnionWith([cut.From, cut.To]); break;
                case SetLinkValue set: ids.UnionWith([set.From, set.To]); break;
            }
        }

        return ids.ToFrozenSet(StringComparer.Ordinal);

        void AddWithEnds(string id)
        {
            ids.Add(id);
            foreach (var link in after.Document.Links.Keys.Where(k => k.From == id || k.To == id)) ids.UnionWith([link.From, link.To]);
        }
    }
}
