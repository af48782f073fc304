using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Hints;
using Portal.Features.Chains.Outline;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;
using Portal.Platform.Ui;

namespace Portal.Features.Chains.Canvas;

public sealed partial class ChainBoard
{
    // Characters; the same as mostKept in ChainBoard.razor.js.
    private const int MostRead = 200_000;
    private static readonly Dictionary<string, MeasuredBox> Unmeasured = [];
    private readonly PageCall _call = new();
    private readonly NotificationBuffer _inbox = new(TimeProvider.System);
    private DotNetObjectReference<ChainBoard>? _self;
    private Task<IJSObjectReference>? _coming;
    private IJSObjectReference? _module;
    private IJSObjectReference? _keeper;
    private ElementReference _board;
    private ChainSurface? _surface;
    private ChainOutline? _list;
    private ChainBoardModel? _model;
    private Viewer _viewer = Viewer.Nobody;
    private IReadOnlyList<HintDismissal> _dismissed = [];
    private IReadOnlyDictionary<string, MeasuredBox> _measured = Unmeasured;
    private IReadOnlyDictionary<BoxNumber, AgreedNumber> _agreed = new Dictionary<BoxNumber, AgreedNumber>();
    private ActiveHints? _hints;
    private ChainKind _kind = ChainKind.Purpose;
    private (ChainView View, WorkshopState Workshop, IReadOnlyList<ChainPresent> Others, bool Gone) _drawn;
    private string _announced = "";
    private long _gathered;
    private bool _outline;
    private bool _aside = true;
    private bool _silent;
    private bool _gone;
    private bool _offer;

    [Parameter, EditorRequired] public ChainSession Session { get; set; } = null!;

    /// <summary>The editor; its client id must survive reloads.</summary>
    [Parameter, EditorRequired] public ChainEditor Editor { get; set; } = null!;

    /// <summary>True for a workshop guest: no menus, and hints cannot be dismissed.</summary>
    [Parameter] public bool Guest { get; set; }

    private IEnumerable<string> Owners => Model.Boxes.SelectMany(b => new[] { b.Owner, b.Who }).OfType<string>();

    /// <summary>Renders the calculation of a box's numbers in its panel; null for none.</summary>
    [Parameter] public RenderFragment<ChainElement>? Arithmetic { get; set; }

    private ChainBoardModel Model => _model!;

    // A zone that the workshop has not revealed takes no boxes.
    private ChainKind NewKind => Model.Covers(_kind) && Model.Places.Any() ? Model.Places.First() : _kind;

    // No hints for those who see only a part of the chain: they would ask for boxes that are hidden.
    private IReadOnlyList<QualityHint> Hints => HintsNow.All;

    private Dictionary<string, int> HintsByBox => HintsNow.ByBox;

    private ActiveHints HintsNow
    {
        get
        {
            var seen = !Editor.MaySteer && Session.State.Workshop.Revealed is not null ? null : Model.View;
            return _hints is { } known && ReferenceEquals(known.View, seen) && ReferenceEquals(known.Dismissed, _dismissed)
                && ReferenceEquals(known.Measured, _measured)
                ? known
                : _hints = ActiveHints.For(seen, _dismissed, _measured);
        }
    }

    // Compared with what was rendered last: the editor's own step is rendered when it is made, and not again when its notice arrives.
    private (ChainView View, WorkshopState Workshop, IReadOnlyList<ChainPresent> Others, bool Gone) Now =>
        (Model.View, Session.State.Workshop, Model.Others, Session.IsGone);

    protected override bool ShouldRender()
    {
        _drawn = Now;
        return true;
    }

    protected override async Task OnInitializedAsync()
    {
        _model = new ChainBoardModel(Session, Editor, OnNotice);
        _model.Changed += OnModelChanged;
        _model.Stored += OnStored;
        _model.FieldLost += OnFieldLost;
        _gathered = Session.State.Workshop.Gathered?.Number ?? 0;
        _drawn = Now;
        // Imported before the boxes are sent, so that the browser fetches the module meanwhile.
        if (RendererInfo.IsInteractive)
            _coming = Js.InvokeAsync<IJSObjectReference>("import", "./Features/Chains/Canvas/ChainBoard.razor.js").AsTask();
        if (!Guest) _viewer = await Services.Viewer.GetAsync();
        if (!await ReadHintsAsync(CancellationToken.None)) Model.Announce("HintsUnread");
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_offer)
        {
            // A deleted box may have had unsaved text: ask the browser to offer it.
            _offer = false;
            await NotifyDraftStoreAsync("offer");
        }

        if (!firstRender || _coming is null) return;
        await BrowserCalls.TryAsync(async () =>
        {
            _self = DotNetObjectReference.Create(this);
            _module = await _coming;
            if (_gone) return;
            _keeper = await _module.InvokeAsync<IJSObjectReference>("keep", _board, _self, Session.ChainId);
            if (_gone) return;
            var room = await _module.InvokeAsync<int>("room");
            if ((_outline, _aside) == (room <= 600, room >= 1100)) return;
            (_outline, _aside) = (room <= 600, room >= 1100);
            StateHasChanged();
        });
    }

    /// <summary>Called by the browser with text that was typed and never stored.</summary>
    /// <param name="length">Characters of the whole text; the text sent may be only its beginning.</param>
    [JSInvokable]
    public async Task OnDraft(string id, string property, int length, string? whole, IJSStreamReference? parts)
    {
        if (await ReadAsync(whole, parts) is { } text && !_gone) Model.Offer(id, property, text, Math.Max(length, text.Length));
    }

    /// <summary>Called by the browser with a text that is too long for one message.</summary>
    [JSInvokable]
    public Task OnLong(string fieldId, string? whole, IJSStreamReference? parts) =>
        Model.FieldOf(fieldId)?.SaveAsync(ReadForFieldAsync(whole, parts)) ?? Task.CompletedTask;

    /// <summary>Called by the browser when a field holds more characters than can be stored; 0 when it no longer does.</summary>
    [JSInvokable]
    public void OnOver(string fieldId, int length) => Model.FieldOf(fieldId)?.Over(length);

    /// <summary>Called by the browser when text is pasted outside all fields: each line becomes a box.</summary>
    [JSInvokable]
    public async Task OnPaste(string? whole, IJSStreamReference? parts)
    {
        if (Model.MayEdit && await ReadAsync(whole, parts) is { } text && !_gone) await Model.PasteAsync(Model.One?.Kind ?? NewKind, text);
    }

    /// <summary>Called by the browser to test the connection.</summary>
    [JSInvokable]
    public void OnPulse()
    {
        // The browser only waits for the reply.
    }

    private async Task<string?> ReadForFieldAsync(string? whole, IJSStreamReference? parts) =>
        await ReadAsync(whole, parts) ?? throw new IOException("A text did not come whole; the browser still has it and offers it again.");

    // Null when the text arrived incomplete or is longer than MostRead. The browser still has it, and offers it again on reconnect.
    private static async Task<string?> ReadAsync(string? whole, IJSStreamReference? parts)
    {
        try
        {
            return await LongText.ReadAsync(whole, parts, MostRead, CancellationToken.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Called by the browser on Ctrl+Z and Ctrl+Y outside fields.</summary>
    [JSInvokable]
    public Task OnStep(bool back) => !Model.MayEdit ? Task.CompletedTask : back ? Model.UndoAsync() : Model.RedoAsync();

    // Runs on the thread of whoever changed the chain, so it only buffers the notice.
    private void OnNotice(ChainNotice notice)
    {
        if (_inbox.Put(notice) is { } wait)
            _call.Make(() => InvokeAsync(RefreshAsync), Logger, wait, () => InvokeAsync(() => Model.Announce("NotFollowed")));
    }

    private async Task RefreshAsync()
    {
        // Joining raises a notice before _model is assigned.
        var news = _inbox.Take(_model?.View.Document ?? ChainDocument.Empty);
        if (_gone || _model is null) return;
        if (news.Style)
        {
            var (text, offered) = (_announced, Model.DeletedByOthers);
            Model.Refresh();
            foreach (var change in news.Changes) Model.Note(change);
            if (!_silent && news.Changes.LastOrDefault(c => c.EditorKey != Editor.Key) is { } changed
                && ChangeAnnouncement.Of(changed, Model.View.Document, L, Words) is { Length: > 0 } words)
            {
                _announced = words;
            }
            _offer |= news.Changes.Any(c => c.Deleted.Count > 0);
            if (text != _announced || !ReferenceEquals(_drawn.View, Now.View) || !ReferenceEquals(_drawn.Workshop, Now.Workshop)
                || _drawn.Gone != Now.Gone || !_drawn.Others.SequenceEqual(Now.Others) || !offered.SequenceEqual(Model.DeletedByOthers))
            {
                StateHasChanged();
            }
        }

        var moved = Session.State.Workshop.Gathered is { } called && called.Number != _gathered ? called : null;
        _gathered = moved?.Number ?? _gathered;
        if (news.Finish && Guest) await NotifyDraftStoreAsync("finish");
        if (_surface is not { } surface) return;
        await surface.FollowAsync(news.Ghosts);
        if (moved is not null) await surface.GatherAsync(moved);
    }

    private void OnModelChanged()
    {
        if (Model.ChosenLink is not null && !_outline) _aside = true;
        StateHasChanged();
    }

    // What this window shows, for »saml alle her«; the whole canvas when the outline is shown.
    private async ValueTask<Gather> ViewAsync() =>
        (_surface is null ? null : await _surface.ViewAsync()) ?? ChainSurface.WholeOf(Model.View);

    private void OnStored(string id, string property) =>
        _call.Make(() => InvokeAsync(() => NotifyDraftStoreAsync("forget", id, property)), Logger);

    // Queued, so that it runs after the field has left the page: the browser does not offer the text of a focused field.
    private void OnFieldLost() => _call.Make(() => InvokeAsync(() => NotifyDraftStoreAsync("offer")), Logger);

    private async Task NotifyDraftStoreAsync(string what, params object?[] about)
    {
        // Not called for a reader who has left: if the browser later offers a text that was stored, it equals the stored one and is
        // ignored.
        await BrowserCalls.TryAsync(async () =>
        {
            if (_keeper is not null && !_gone) await _keeper.InvokeVoidAsync(what, about);
        });
    }

    private async Task AddAsync()
    {
        if (await Model.AddAsync(NewKind) is not { } id) return;
        if (_outline) _list?.Show(id);
        else _surface?.OnEdit(id);
    }

    private void ToggleOutline() => (_outline, _surface, _list) = (!_outline, null, null);

    private void Show(string id)
    {
        Model.Choose(id);
        if (_outline) _list?.Show(id);
        else _surface?.Show(id);
    }

    // Focuses the field that a hint asks for, or shows the box when the hint asks for a link.
    private async Task LeadAsync(QualityHint hint)
    {
        if (hint.ElementId is not { } id) return;
        if (HintFields.Of(hint.Kind) is not { } property || !Model.MayEdit)
        {
            Show(id);
            return;
        }

        Model.Choose(id);
        if (_outline) _list?.Open(id);
        else if (_surface is { } surface) await surface.LookAtAsync(id);
        await NotifyDraftStoreAsync("field", FieldEditor.IdOf(id, property));
    }

    private async Task PutAsideAsync((string Hint, string Reason) aside)
    {
        if (!await Model.TryStoreAsync(
            () => Services.Dismissals.PutAsideAsync(_viewer, Session.ChainId, aside.Hint, aside.Reason, CancellationToken.None)))
        {
            return;
        }
        await Js.ForgetDraftAsync(HintRow.DraftOf(aside.Hint));
        if (!await ReadHintsAsync(CancellationToken.None)) Model.Announce("HintsUnread");
    }

    private async Task TakeUpAsync(string hint)
    {
        if (!await Model.TryStoreAsync(
            () => Services.Dismissals.TakeUpAsync(_viewer, Session.ChainId, hint, CancellationToken.None))) return;
        if (!await ReadHintsAsync(CancellationToken.None)) Model.Announce("HintsUnread");
    }

    // Benefits are described on another page, and hints are dismissed in other windows, while this one is open.
    private async Task RefreshHintsAsync(CancellationToken cancellationToken)
    {
        var before = (_dismissed, _measured, _agreed);
        if (!_gone && await ReadHintsAsync(cancellationToken) && before != (_dismissed, _measured, _agreed)) StateHasChanged();
    }

    // False when the database did not answer: the known hints stay, and the next refresh tries again.
    private async Task<bool> ReadHintsAsync(CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<HintDismissal> dismissed;
            IReadOnlyDictionary<string, MeasuredBox> measured;
            var agreed = _agreed;
            if (Editor.GuestCode is { } code)
            {
                (dismissed, measured) = await Services.GuestHints.OfAsync(code, cancellationToken);
            }
            else
            {
                dismissed = await Services.Dismissals.ListAsync(_viewer, Session.ChainId, cancellationToken);
                measured = (await Services.Measured.ListAsync(_viewer, [Session.ChainId], cancellationToken))
                    .GetValueOrDefault(Session.ChainId)
                    ?? Unmeasured;
                agreed = await Services.Measured.AgreedAsync(_viewer, Session.ChainId, cancellationToken);
            }

            if (!dismissed.SequenceEqual(_dismissed)) _dismissed = dismissed;
            if (measured.Count != _measured.Count || !measured.All(r => _measured.GetValueOrDefault(r.Key) == r.Value))
                _measured = measured;
            if (agreed.Count != _agreed.Count || !agreed.All(r => _agreed.GetValueOrDefault(r.Key) == r.Value)) _agreed = agreed;
            if (_model is not null) (_model.Measured, _model.Agreed) = (_measured, _agreed);
            return true;
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _gone = true;
        if (_model is not null)
        {
            _model.Changed -= OnModelChanged;
            _model.Stored -= OnStored;
            _model.FieldLost -= OnFieldLost;
            _model.Dispose();
        }

        _self?.Dispose();
        await _keeper.ReleaseAsync("stop");
        await _module.ReleaseAsync();
    }
}

