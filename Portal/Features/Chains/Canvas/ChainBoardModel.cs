using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Layout;
using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Canvas;

/// <summary>Why a text or change is not stored.</summary>
public enum UnsavedReason
{
    /// <summary>The connection or the page was lost before the text was sent.</summary>
    Lost,

    /// <summary>The database could not store it.</summary>
    NotStored,

    /// <summary>Somebody else changed the same text meanwhile.</summary>
    Overtaken,

    /// <summary>The value is not allowed in the field.</summary>
    Refused,

    /// <summary>The text is longer than the field allows.</summary>
    TooLong,

    /// <summary>Someone else deleted the box meanwhile.</summary>
    BoxDeleted,

    /// <summary>The chain was moved to the trash meanwhile.</summary>
    ChainDeleted,
}

/// <summary>A text that could not be stored, kept so that saving can be retried.</summary>
public sealed record UnsavedText(string Id, string Property, string Text, UnsavedReason Because);

/// <summary>A field that is open on the page.</summary>
/// <param name="SaveAsync">Stores a long text that is still on its way; null: it was longer than the field holds.</param>
/// <param name="Over">Its text has so many characters, more than it holds; 0: no longer.</param>
public sealed record OpenField(Func<Task<string?>, Task> SaveAsync, Action<int> Over);

/// <summary>Boxes that someone else deleted, so that the one who steers can bring them back.</summary>
/// <param name="EditorKey">Who did.</param>
/// <param name="Name">As shown.</param>
/// <param name="Ids">The boxes that are still deleted, the first deleted first.</param>
public sealed record DeletedByOther(string EditorKey, string Name, IReadOnlyList<string> Ids)
{
    /// <summary>Equal content, not the same instance.</summary>
    public bool Equals(DeletedByOther? other) =>
        other is not null && EditorKey == other.EditorKey && Name == other.Name && Ids.SequenceEqual(other.Ids);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(EditorKey, Ids.Count);
}

/// <summary>
/// The state and commands of one window on a chain: what it shows, what is chosen, what it does. Canvas and outline share it, so that they
/// never differ. Not thread-safe: used on the page's own thread.
/// </summary>
public sealed partial class ChainBoardModel : IDisposable
{
    private const string LinkPrefix = "to:";
    private readonly Dictionary<string, OpenField> _fields = new(StringComparer.Ordinal);
    private ChainConnection? _connection;
    private int _writes;

    /// <summary>Joins the session; <paramref name="onNotice"/> is called as <see cref="ChainSession.Join"/> says.</summary>
    public ChainBoardModel(ChainSession session, ChainEditor editor, Action<ChainNotice> onNotice)
    {
        (Session, Editor) = (session, editor);
        _connection = session.Join(editor, onNotice);
        View = ChainView.Of(session.DocumentFor(editor));
        Refresh();
    }

    /// <summary>Raised when the page must render again.</summary>
    public event Action? Changed;

    /// <summary>What was written in a field (id, property) is stored or let go of: the browser need not keep it any longer.</summary>
    public event Action<string, string>? Stored;

    /// <summary>A text that was typed has lost its field: the browser is asked for it.</summary>
    public event Action? FieldLost;

    public ChainSession Session { get; }

    /// <summary>The editor of this window.</summary>
    public ChainEditor Editor { get; }

    /// <summary>The chain as this editor may see it.</summary>
    public ChainView View { get; private set; }

    /// <summary>The boxes in reading order.</summary>
    public IReadOnlyList<ChainElement> Boxes { get; private set; } = [];

    /// <summary>The other editors who are here.</summary>
    public IReadOnlyList<ChainPresent> Others { get; private set; } = [];

    /// <summary>The chosen boxes, in the order in which they were chosen.</summary>
    public IReadOnlyList<string> Chosen { get; private set; } = [];

    /// <summary>The box whose text is being written in place; null for none.</summary>
    public string? Editing { get; private set; }

    /// <summary>The box that a link is being drawn from; null when none is. Empty: it is still to be chosen.</summary>
    public string? LinkingFrom { get; private set; }

    /// <summary>Texts that could not be stored.</summary>
    public IReadOnlyList<UnsavedText> Unsaved { get; private set; } = [];

    /// <summary>The last error, as a text's key; null for none.</summary>
    public string? Error { get; private set; }

    /// <summary>Boxes that were just deleted, so that it can be taken back.</summary>
    public int JustDeleted { get; private set; }

    /// <summary>Boxes that others deleted while this editor steers.</summary>
    public IReadOnlyList<DeletedByOther> DeletedByOthers { get; private set; } = [];

    /// <summary>False for who only reads, and for a chain in the trash.</summary>
    public bool MayEdit => Editor.MayEdit && !Session.IsGone;

    public bool CanUndo => MayEdit && Session.CanUndo(Editor);

    public bool CanRedo => MayEdit && Session.CanRedo(Editor);

    /// <summary>The one box that is chosen; null for none or several.</summary>
    public ChainElement? One => Chosen.Count == 1 ? View.Document.Find(Chosen[0]) : null;

    /// <summary>True when boxes of the place are shown to this editor.</summary>
    public bool Shows(ChainKind kind) => Editor.MaySteer || Session.State.Workshop.Shows(kind);

    /// <summary>Who else writes in a box; null for nobody.</summary>
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

    /// <summary>True for a place that this reader is to see later in the workshop.</summary>
    public bool Covers(ChainKind kind) => !Editor.MaySteer && !Session.State.Workshop.Shows(kind);

    /// <summary>The places in which this reader can put a box, in the method's order.</summary>
    public IEnumerable<ChainKind> Places => ChainKinds.InOrder.Where(k => !Covers(k));

    /// <summary>Takes note of a change that someone else made: what they deleted is offered back to the one who steers.</summary>
    public void Note(ChainChanged changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        if (changed.Deleted.Count == 0 || changed.EditorKey == Editor.Key || !Editor.MaySteer || !Editor.MayEdit) return;
        var known = DeletedByOthers.FirstOrDefault(d => d.EditorKey == changed.EditorKey);
        var all = new DeletedByOther(changed.EditorKey, changed.AuthorName, [.. (known?.Ids ?? []).Union(changed.Deleted)]);
        DeletedByOthers = StillDeleted([.. DeletedByOthers.Where(d => d != known), all]);
    }

    /// <summary>Brings back what someone else deleted, with links, votes and numbers, whether they are still here or not.</summary>
    public async Task RestoreAsync(DeletedByOther deleted)
    {
        ArgumentNullException.ThrowIfNull(deleted);
        if (await DoAsync(ChainOperation.Of([.. deleted.Ids.Select(id => new RestoreElement(id))]))) Forgive(deleted);
    }

    /// <summary>The reader has seen what someone else deleted.</summary>
    public void Forgive(DeletedByOther deleted)
    {
        DeletedByOthers = [.. DeletedByOthers.Where(d => d.EditorKey != deleted.EditorKey)];
        Notify();
    }

    /// <summary>A field is shown; until the result is disposed the browser can send it long texts by its id in the page.</summary>
    public IDisposable Open(string fieldId, OpenField field)
    {
        _fields[fieldId] = field;
        return new FieldClosing(() =>
        {
            if (_fields.GetValueOrDefault(fieldId) == field) _fields.Remove(fieldId);
        });
    }

    /// <summary>The field with this id in the page; null when it is not shown.</summary>
    public OpenField? FieldOf(string fieldId) => _fields.GetValueOrDefault(fieldId);

    /// <summary>A field goes away with a text in it that is not stored.</summary>
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

    /// <summary>Begins to write in a box.</summary>
    public void Edit(string? id)
    {
        if (!MayEdit) return;
        Editing = id;
        if (id is not null) Chosen = [id];
        Notify();
    }

    /// <summary>Says which box is being written in; null when writing ended.</summary>
    /// <returns>For <see cref="StopWriting"/>.</returns>
    public int Write(string? id)
    {
        _connection?.Write(id);
        return ++_writes;
    }

    /// <summary>Writing ended, unless something else is being written since.</summary>
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
    /// Stores something that belongs to the chain but is not in its log. False, and said, when the database takes nothing.
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

    /// <summary>Adds a box of a kind at a free spot in its place, or where it was asked for. Its id; null when it could not be.</summary>
    public async Task<string?> AddAsync(ChainKind kind, double? x = null, double? y = null)
    {
        var id = Guid.NewGuid().ToString("N")[..12];
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

    /// <summary>One step. True when it is stored.</summary>
    public Task<bool> DoAsync(ChainOperation operation) =>
        TryAsync(() => Session.ApplyAsync(Editor, operation, CancellationToken.None), null);

    /// <summary>
    /// Stores what was written in a field. When someone else has changed the same text since <paramref name="before"/>, theirs is kept and
    /// mine is kept until I choose; when it cannot be stored, it is kept too.
    /// </summary>
    public async Task<bool> SaveAsync(string id, string property, string before, string text)
    {
        Unsaved = [.. Unsaved.Where(k => k.Id != id || k.Property != property)];
        if (IsDeleted(id))
        {
            KeepUnsaved(new UnsavedText(id, property, text, UnsavedReason.BoxDeleted));
            return false;
        }

        var now = Now(id, property);
        if (now == text || now == before)
        {
            if (now == text || await DoAsync(Setting(id, property, text)))
            {
                Stored?.Invoke(id, property);
                return true;
            }

            KeepUnsaved(new UnsavedText(id, property, text, Error switch { "NotStored" => UnsavedReason.NotStored, "Gone" =>
                UnsavedReason.ChainDeleted, _ => UnsavedReason.Refused }));
            return false;
        }

        KeepUnsaved(new UnsavedText(id, property, text, UnsavedReason.Overtaken));
        return false;
    }

    /// <summary>Tries again to store what was kept, over what is there now; a box that was deleted meanwhile comes back with it.</summary>
    public async Task<bool> TryAgainAsync(UnsavedText kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        if (!IsDeleted(kept.Id)) return await SaveAsync(kept.Id, kept.Property, Now(kept.Id, kept.Property), kept.Text);
        if (!await DoAsync(ChainOperation.Of([new RestoreElement(kept.Id), .. Setting(kept.Id, kept.Property, kept.Text).Changes])))
            return false;
        Drop(kept);
        return true;
    }

    /// <summary>Keeps what the browser offers of what was typed and never stored.</summary>
    /// <param name="id">As for <see cref="Now"/>.</param>
    /// <param name="property">As for <see cref="Now"/>.</param>
    /// <param name="text">The text, or its beginning.</param>
    /// <param name="length">Characters of the whole text.</param>
    public void Offer(string id, string property, string text, int length) => KeepUnsaved(new UnsavedText(
        id, property, text, length > MostOf(id, property) ? UnsavedReason.TooLong
            : Session.IsGone ? UnsavedReason.ChainDeleted
            : IsDeleted(id) ? UnsavedReason.BoxDeleted
            : UnsavedReason.Lost));

    /// <summary>How many characters a field holds.</summary>
    public static int MostOf(string id, string property) =>
        id.Length == 0 && property is ChainDocument.TitleProperty or ChainDocument.DepartmentProperty
            ? ChainRules.MaxTitle
            : ChainRules.MaxText;

    private bool IsDeleted(string id) => View.Document.Elements.TryGetValue(id, out var box) && box.Deleted;

    /// <summary>Adds a text that could not be stored.</summary>
    public void KeepUnsaved(UnsavedText kept)
    {
        if (Now(kept.Id, kept.Property) != kept.Text)
            Unsaved = [.. Unsaved.Where(k => k.Id != kept.Id || k.Property != kept.Property), kept];
        if (Error is "NotStored" or "Refused" or "Gone") Error = null;
        Notify();
    }

    /// <summary>Removes a text that could not be stored.</summary>
    public void Drop(UnsavedText kept)
    {
        Unsaved = [.. Unsaved.Where(k => k != kept)];
        Stored?.Invoke(kept.Id, kept.Property);
        Notify();
    }

    /// <summary>
    /// What is in a field now. The id is a box's, or empty for the chain's own values; the property is the box's, or for the assumption on
    /// a link <see cref="AssumptionOn"/>.
    /// </summary>
    public string Now(string id, string property)
    {
        var document = View.Document;
        if (id.Length == 0) return document.Get(property) ?? "";
        if (!property.StartsWith(LinkPrefix, StringComparison.Ordinal)) return document.Elements.GetValueOrDefault(id)?.Get(property) ?? "";
        return document.Links.GetValueOrDefault(new LinkKey(id, property[LinkPrefix.Length..]))?.Assumption ?? "";
    }

    /// <summary>Names the field of the assumption on a link to a box.</summary>
    public static string AssumptionOn(string to) => LinkPrefix + to;

    /// <summary>Something other than a change of the chain failed: the key of a text, without <c>Trouble</c>.</summary>
    public void Announce(string error)
    {
        Error = error;
        Notify();
    }

    /// <summary>Clears the last error.</summary>
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

    private static ChainOperation Setting(string id, string property, string text)
    {
        if (id.Length == 0) return ChainOperation.Of(new SetChainValue(property, text));
        if (!property.StartsWith(LinkPrefix, StringComparison.Ordinal)) return ChainOperation.Set(id, property, text);
        return ChainOperation.Of(new SetLinkValue(id, property[LinkPrefix.Length..], ChainLink.AssumptionProperty, text));
    }

    private void Notify() => Changed?.Invoke();
}
