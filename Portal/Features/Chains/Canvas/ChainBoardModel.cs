using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Hints;
using Portal.Features.Chains.Layout;
using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Canvas;

/// <summary>A field that is open on the page.</summary>
/// <param name="SaveAsync">Stores a long text that is still being transferred; its task throws <see cref="IOException"/> when it arrived
/// incomplete.</param>
/// <param name="Over">Reports that the text has this many characters, more than the field holds; 0 when it fits again.</param>
public sealed record OpenField(Func<Task<string?>, Task> SaveAsync, Action<int> Over);

/// <summary>Boxes that someone else deleted, so that a facilitator can restore them.</summary>
/// <param name="EditorKey">Who deleted them.</param>
/// <param name="Name">That editor's name.</param>
/// <param name="Ids">The boxes that are still deleted, in the order of deletion.</param>
public sealed record DeletedByOther(string EditorKey, string Name, IReadOnlyList<string> Ids)
{
    /// <summary>Compares by content.</summary>
    public bool Equals(DeletedByOther? other) =>
        other is not null && EditorKey == other.EditorKey && Name == other.Name && Ids.SequenceEqual(other.Ids);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(EditorKey, Ids.Count);
}

/// <summary>
/// State and commands of one window on a chain, shared by canvas and outline so that they never differ. Not thread-safe: use it on the
/// circuit's synchronization context.
/// </summary>
public sealed partial class ChainBoardModel : IDisposable
{
    private readonly Dictionary<string, OpenField> _fields = new(StringComparer.Ordinal);
    private ChainConnection? _connection;
    private int _writes;

    /// <summary>Joins the session; <paramref name="onNotice"/> is called as described at <see cref="ChainSession.Join"/>.</summary>
    public ChainBoardModel(ChainSession session, ChainEditor editor, Action<ChainNotice> onNotice)
    {
        (Session, Editor) = (session, editor);
        _connection = session.Join(editor, onNotice);
        View = ChainView.Of(session.DocumentFor(editor));
        Refresh();
    }

    /// <summary>Raised when the page must render again.</summary>
    public event Action? Changed;

    /// <summary>Raised with a field's id and property when its text is stored or discarded: the browser drops its draft.</summary>
    public event Action<string, string>? Stored;

    /// <summary>Raised when a field leaves the page with unsaved text: the browser offers the text.</summary>
    public event Action? FieldLost;

    public ChainSession Session { get; }

    /// <summary>The editor of this window.</summary>
    public ChainEditor Editor { get; }

    /// <summary>The boxes whose owner, baseline, target and follow-up are kept with their benefit, by id.</summary>
    public IReadOnlyDictionary<string, MeasuredBox> Measured { get; set; } = new Dictionary<string, MeasuredBox>();

    /// <summary>The numbers of boxes that are agreed for the benefits' calculations.</summary>
    public IReadOnlyDictionary<BoxNumber, AgreedNumber> Agreed { get; set; } = new Dictionary<BoxNumber, AgreedNumber>();

    /// <summary>The chain as this editor may see it.</summary>
    public ChainView View { get; private set; }

    /// <summary>The boxes in reading order.</summary>
    public IReadOnlyList<ChainElement> Boxes { get; private set; } = [];

    /// <summary>The other windows that have the chain open.</summary>
    public IReadOnlyList<ChainPresent> Others { get; private set; } = [];

    /// <summary>The chosen boxes, in the order in which they were chosen.</summary>
    public IReadOnlyList<string> Chosen { get; private set; } = [];

    /// <summary>The box whose text is edited in place; null for none.</summary>
    public string? Editing { get; private set; }

    /// <summary>The box that a link is being drawn from; null when none is drawn, empty while its start is still to be chosen.</summary>
    public string? LinkingFrom { get; private set; }

    /// <summary>The last error, as a resource key without its prefix <c>Trouble</c>; null for none.</summary>
    public string? Error { get; private set; }

    /// <summary>The number of boxes that this editor just deleted, for the notice with the undo button.</summary>
    public int JustDeleted { get; private set; }

    /// <summary>Boxes that others deleted, kept for facilitators only.</summary>
    public IReadOnlyList<DeletedByOther> DeletedByOthers { get; private set; } = [];

    /// <summary>False for readers, for guests who may only look, and for a chain in the trash.</summary>
    public bool MayEdit => GuestRules.MayAdd(Session.State, Editor) && !Session.IsGone;

    /// <summary>True when title and department may be changed: never by a guest.</summary>
    public bool MayRename => MayEdit && Editor.GuestCode is null;

    /// <summary>True when this box may be changed and deleted.</summary>
    public bool MayEditBox(string id) => MayEdit && GuestRules.MayEdit(Session.State, Editor, id);

    public bool CanUndo => MayEdit && Session.CanUndo(Editor);

    public bool CanRedo => MayEdit && Session.CanRedo(Editor);

    /// <summary>The one box that is chosen; null for none or several.</summary>
    public ChainElement? One => Chosen.Count == 1 ? View.Document.Find(Chosen[0]) : null;

    /// <summary>Name of another editor who is typing in a box; null for none.</summary>
    public string? WriterOf(string id) => Others.FirstOrDefault(o => o.WritingIn == id)?.Name;

    /// <summary>Reads the session again.</summary>
    public void Refresh()
    {
        View = ChainView.Of(Session.DocumentFor(Editor));
        Boxes = View.Boxes;
        Others = [.. Session.Present.Where(p => p.Key != Editor.Key)];
        if (Chosen.Any(id => !View.Document.IsPresent(id))) Chosen = [.. Chosen.Where(View.Document.IsPresent)];
        if (ChosenLink is { } link) ChosenLink = View.Document.PresentLinks.FirstOrDefault(l => l.From == link.From && l.To == link.To);
        if (LinkingFrom is { Length: > 0 } from && !View.Document.IsPresent(from)) LinkingFrom = null;
        if (Editing is { } writing && !View.Document.IsPresent(writing)) Editing = null;
        DeletedByOthers = StillDeleted(DeletedByOthers);
    }

    /// <summary>True for a kind that the workshop has not revealed to this reader.</summary>
    public bool Covers(ChainKind kind) => !Editor.MaySteer && !Session.State.Workshop.Shows(kind);

    /// <summary>The kinds of box that this reader can add, in the method's order.</summary>
    public IEnumerable<ChainKind> Places => ChainKinds.InOrder.Where(k => !Covers(k));

    /// <summary>Notes a change by someone else: a facilitator is offered to restore the boxes it deleted.</summary>
    public void Note(ChainChanged changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        if (changed.Deleted.Count == 0 || changed.EditorKey == Editor.Key || !Editor.MaySteer || !Editor.MayEdit) return;
        var known = DeletedByOthers.FirstOrDefault(d => d.EditorKey == changed.EditorKey);
        var all = new DeletedByOther(changed.EditorKey, changed.AuthorName, [.. (known?.Ids ?? []).Union(changed.Deleted)]);
        DeletedByOthers = StillDeleted([.. DeletedByOthers.Where(d => d != known), all]);
    }

    /// <summary>Restores boxes that someone else deleted, with links, votes and numbers, also after that person has left.</summary>
    public async Task RestoreAsync(DeletedByOther deleted)
    {
        ArgumentNullException.ThrowIfNull(deleted);
        if (await DoAsync(ChainOperation.Of([.. deleted.Ids.Select(id => new RestoreElement(id))]))) Forgive(deleted);
    }

    /// <summary>Closes the notice about boxes that someone else deleted.</summary>
    public void Forgive(DeletedByOther deleted)
    {
        DeletedByOthers = [.. DeletedByOthers.Where(d => d.EditorKey != deleted.EditorKey)];
        Notify();
    }

    /// <summary>
    /// Registers a field by its element id, so that the browser can send it long texts. Dispose the result to unregister it.
    /// </summary>
    public IDisposable Open(string fieldId, OpenField field)
    {
        _fields[fieldId] = field;
        return new FieldClosing(() =>
        {
            if (_fields.GetValueOrDefault(fieldId) == field) _fields.Remove(fieldId);
        });
    }

    /// <summary>The field with this element id; null when it is not on the page.</summary>
    public OpenField? FieldOf(string fieldId) => _fields.GetValueOrDefault(fieldId);

    /// <summary>A field leaves the page with unsaved text.</summary>
    public void LoseField() => FieldLost?.Invoke();

    private List<DeletedByOther> StillDeleted(IEnumerable<DeletedByOther> all) =>
        [.. all.Select(d => d with { Ids = [.. d.Ids.Where(id => View.Document.Elements.TryGetValue(id, out var box) && box.Deleted)] })
            .Where(d => d.Ids.Count > 0)];

    private sealed class FieldClosing(Action close) : IDisposable
    {
        public void Dispose() => close();
    }

    /// <summary>Chooses boxes.</summary>
    public void Choose(params IEnumerable<string> ids)
    {
        Chosen = [.. ids.Distinct().Where(View.Document.IsPresent)];
        ChosenLink = null;
        Notify();
    }

    /// <summary>Starts editing a box's text in place; null ends it.</summary>
    public void Edit(string? id)
    {
        if (!MayEdit || (id is not null && !MayEditBox(id))) return;
        Editing = id;
        if (id is not null) Chosen = [id];
        Notify();
    }

    /// <summary>Tells the others which box this editor is typing in; null for none.</summary>
    /// <returns>A token for <see cref="StopWriting"/>.</returns>
    public int Write(string? id)
    {
        _connection?.Write(id);
        return ++_writes;
    }

    /// <summary>Typing ended, unless <see cref="Write"/> was called again since.</summary>
    public void StopWriting(int write)
    {
        if (write == _writes) _connection?.Write(null);
    }

    /// <summary>Shows the others where boxes are being dragged.</summary>
    public void Drag(IReadOnlyList<ChainGhost> ghosts)
    {
        if (MayEdit) _connection?.Drag(ghosts);
    }

    /// <summary>
    /// Stores something outside the chain's operation log, e.g. a dismissed hint. False, with <see cref="Error"/> set, when the database
    /// does not answer.
    /// </summary>
    public async Task<bool> TryStoreAsync(Func<Task<bool>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return await work();
        }
        catch (StorageUnavailableException)
        {
            Error = "NotStored";
            Notify();
            return false;
        }
    }

    /// <summary>
    /// Adds a box at the given point (canvas pixels), or at a free spot in its zone. Returns its id; null when it could not be added.
    /// </summary>
    public async Task<string?> AddAsync(ChainKind kind, double? x = null, double? y = null)
    {
        var id = ChainRules.NewId();
        var spot = x is { } left && y is { } top ? (left, top) : ChainLayout.SpotFor(
            View.Document, new ChainElement(id, kind, System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty));
        if (!await DoAsync(ChainOperation.Add(
            id, kind, (ElementProperty.X, ChainNumber.Write(spot.Item1)), (ElementProperty.Y, ChainNumber.Write(spot.Item2)))))
        {
            return null;
        }
        Choose(id);
        return id;
    }

    /// <summary>Deletes the boxes, as one step.</summary>
    public async Task DeleteAsync(params IReadOnlyList<string> ids)
    {
        if (ids.Count == 0 || !await DoAsync(ChainOperation.Of([.. ids.Select(id => new DeleteElement(id))]))) return;
        JustDeleted = ids.Count;
        Editing = null;
        Notify();
    }

    /// <summary>»Ryd op«: puts the boxes in order.</summary>
    public Task<bool> TidyAsync() => ChainLayout.Tidy(View.Document) is { Changes.Count: > 0 } tidy ? DoAsync(tidy) : Task.FromResult(true);

    public Task<bool> UndoAsync() => TryAsync(() => Session.UndoAsync(Editor, CancellationToken.None), "UndoSuperseded");

    public Task<bool> RedoAsync() => TryAsync(() => Session.RedoAsync(Editor, CancellationToken.None), "UndoSuperseded");

    /// <summary>Applies one operation. True when it is stored or changes nothing.</summary>
    public Task<bool> DoAsync(ChainOperation operation) =>
        TryAsync(() => Session.ApplyAsync(Editor, operation, CancellationToken.None), null);

    /// <summary>Shows an error that no operation caused: a resource key without its prefix <c>Trouble</c>.</summary>
    public void Announce(string error)
    {
        Error = error;
        Notify();
    }

    /// <summary>Clears the notices of the last error, deletion and paste.</summary>
    public void Seen()
    {
        (Error, JustDeleted, Pasted) = (null, 0, null);
        Notify();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private async Task<bool> TryAsync(Func<Task<ChainResult>> work, string? superseded)
    {
        (Error, JustDeleted, Pasted) = (null, 0, null);
        try
        {
            var result = await work();
            Error = result.Outcome switch
            {
                ChainOutcome.Refused when Editor.GuestCode is not null && Session.State.Workshop.GuestsMay != GuestsMay.Edit => "GuestsMay",
                ChainOutcome.Refused => "Refused",
                ChainOutcome.Gone => "Gone",
                ChainOutcome.Superseded => superseded,
                _ => null,
            };
            Refresh();
            return result.Outcome is ChainOutcome.Applied or ChainOutcome.Unchanged;
        }
        catch (StorageUnavailableException)
        {
            Error = "NotStored";
            return false;
        }
        finally
        {
            Notify();
        }
    }

    private void Notify() => Changed?.Invoke();
}
