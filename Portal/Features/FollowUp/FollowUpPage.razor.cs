using Microsoft.AspNetCore.Components;
using Portal.Features.FollowUp.People;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Platform.Live;
using Portal.Platform.Storage;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.FollowUp;

/// <summary>The worklist. What it shows stands in its address; it looks again by itself when a message comes or a colleague acts.</summary>
public sealed partial class FollowUpPage
{
    private const int PageSize = 100;
    private const int MostAtOnce = 1000;
    private const int EndedShown = 20;

    private readonly HashSet<string> _picked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RowDraft> _drafts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WorkEntry?> _goneBy = new(StringComparer.Ordinal);
    private readonly NewestRead _people = new();
    private PageNews _news = null!;
    private string _newsTold = "";
    private int _acting;
    private Viewer _viewer = Viewer.Nobody;
    private WorkChoice _choice = WorkChoice.Of(null, null, null);
    private IReadOnlyList<FollowUpItem> _fresh = [];
    private IReadOnlyList<FollowUpItem>? _rows;
    private IReadOnlyList<Colleague> _colleagues = [];
    private IReadOnlyList<WorkFilter> _filters = [];
    private ValueList<EndedWork> _ended = [];
    private JustEndedRow? _just;
    private Dialog _dialog;
    private string? _cursor;
    private Told? _told;
    private DateOnly _today;
    private long _total;
    private long _matching;
    private bool _loaded;
    private bool _busy;

    private enum Dialog
    {
        None,
        Mutes,
        Digest,
    }

    // Something must be told, where it was done: a row's id, the picked rows, or the list of those that ended.
    private sealed record Told(string Where, string Text)
    {
        public const string Bulk = "bulk";
        public const string Ended = "ended";
    }

    /// <summary>Only this reason, by its name on the wire.</summary>
    [SupplyParameterFromQuery] public string? Grund { get; set; }

    /// <summary>Whose rows: a person's id, or <see cref="WorkChoice.Nobody"/>.</summary>
    [SupplyParameterFromQuery] public string? Ejer { get; set; }

    /// <summary>Only rows older than so many working days.</summary>
    [SupplyParameterFromQuery] public string? Alder { get; set; }

    protected override void OnInitialized() => _news = new PageNews(Time);

    protected override async Task OnParametersSetAsync()
    {
        var choice = WorkChoice.Of(Grund, Ejer, Alder);
        if (_loaded && choice == _choice) return;

        // Before anything is awaited: what is chosen while this waits for the database must not be overwritten when the wait ends.
        var isFirst = !_loaded;
        (_choice, _loaded, _rows, _fresh, _cursor, _just, _told, _busy) = (choice, true, null, [], null, null, null, false);
        _picked.Clear();
        _news.Restart();
        Reads.Restart();
        _viewer = await Desk.CurrentViewer.GetAsync();
        await LookAsync(PageGone);
        await ReadPeopleAsync(PageGone);
        if (isFirst && RendererInfo.IsInteractive) await SignInAsColleagueAsync();
    }

    // A write waits for its turn among all writers, and the list does not wait for it.
    private async Task SignInAsColleagueAsync()
    {
        try
        {
            await Desk.People.SeenAsync(_viewer, PageGone);
            if (!_colleagues.Any(c => c.Id == _viewer.Id)) await ReadPeopleAsync(PageGone);
        }
        catch (Exception trouble) when (StorageAccess.IsRefused(trouble))
        {
            // Work can be given to this person from the next time the page is opened.
            Logger.LogInformation("A colleague could not be noted: {Kind}", trouble.GetType().Name);
        }
    }

    private async Task ReadPeopleAsync(CancellationToken cancellationToken)
    {
        var read = _people.Begin();
        var colleagues = await Desk.People.ColleaguesAsync(_viewer, cancellationToken);
        var filters = await Desk.People.FiltersAsync(_viewer, cancellationToken);
        if (_people.TryShow(read)) (_colleagues, _filters) = (colleagues, filters);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var (read, choice, shown, query) = (Reads.Begin(), _choice, _fresh.Count, _choice.ToQuery(Time.GetUtcNow()));
        var page = await Desk.Work.ReadAsync(_viewer, query, null, Math.Clamp(shown, PageSize, MostAtOnce), cancellationToken);
        var total = await Desk.Work.CountAsync(_viewer, new WorkQuery(), cancellationToken);
        var matching = choice.IsAll ? total : await Desk.Work.CountAsync(_viewer, query, cancellationToken);
        var ended = await Desk.Work.EndedAsync(_viewer, EndedShown, cancellationToken);
        var today = DanishFormat.Day(Time.GetUtcNow());

        // More is shown by now, or so much that looking again would take rows away; or something else was chosen meanwhile.
        if (_busy || (_rows is not null && (shown != _fresh.Count || shown > MostAtOnce)) || !Reads.TryShow(read)) return;
        if (_rows is not null && total == _total && matching == _matching && today == _today && page.Cursor == _cursor && ended == _ended && page.Items.SequenceEqual(_fresh))
        {
            if (TellNews()) StateHasChanged();
            return;
        }

        (_fresh, _cursor, _total, _matching, _today, _ended) = (page.Items, page.Cursor, total, matching, today, ended);

        // A colleague took back what was just ended here: the row is work again. One that was read before it ended does not count.
        if (_just is { } just && _fresh.FirstOrDefault(r => r.Id == just.RowId) is { } again && (just.BeskedId is not null || again.Work.Revision > just.Revision)) _just = null;
        _news.Look(_fresh.Select(r => (r.Id, (object?)(r.Reason, r.Since, r.Work.Latest))), own: _acting > 0);
        TellNews();
        await ArrangeAsync(cancellationToken);
        StateHasChanged();
    }

    private bool TellNews()
    {
        var told = _news.Tell().Count;
        if (told > 0) _newsTold = L[told == 1 ? "NewsOne" : "NewsMany", DanishFormat.Clock(Time.GetUtcNow()), DanishFormat.Number(told)];
        return told > 0;
    }

    // What one does oneself is shown, and is no news.
    private async Task<T> ActingAsync<T>(Func<Task<T>> act)
    {
        _acting++;
        try
        {
            return await act();
        }
        finally
        {
            _acting--;
        }
    }

    /// <summary>Puts what was read among the rows that someone works at, and asks what became of those that left the list.</summary>
    private async Task ArrangeAsync(CancellationToken cancellationToken)
    {
        _rows = HeldRows.Merge(_rows ?? [], _fresh, r => r.Id, Holds);
        foreach (var id in _goneBy.Keys.Where(id => !IsGone(id)).ToList()) _goneBy.Remove(id);
        foreach (var id in _rows.Select(r => r.Id).Where(id => IsGone(id) && id != _just?.RowId && !_goneBy.ContainsKey(id)).ToList())
        {
            var history = await Desk.Work.HistoryAsync(_viewer, id, cancellationToken);
            _goneBy[id] = history.FirstOrDefault(e => e.Deed is WorkDeed.ResolvedByStatus or WorkDeed.Solved or WorkDeed.Resent or WorkDeed.StatusAssigned);
        }
    }

    private bool Holds(string id) => id == _just?.RowId || _picked.Contains(id) || (_drafts.TryGetValue(id, out var draft) && draft.Holds);

    private bool IsGone(string id) => !_fresh.Any(r => r.Id == id);

    private RowDraft DraftOf(string id) => _drafts.TryGetValue(id, out var draft) ? draft : _drafts[id] = new RowDraft();

    private string? ToldAt(string where) => _told?.Where == where ? _told.Text : null;

    private async Task ShowMoreAsync()
    {
        if (_busy || _rows is null) return;
        _busy = true;
        var read = Reads.Begin();
        try
        {
            var page = await Desk.Work.ReadAsync(_viewer, _choice.ToQuery(Time.GetUtcNow()), _cursor, PageSize, PageGone);
            if (!Reads.IsCurrent(read)) return;
            var known = _fresh.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
            (_fresh, _cursor) = ([.. _fresh, .. page.Items.Where(i => !known.Contains(i.Id))], page.Cursor);
            _news.Look(_fresh.Select(r => (r.Id, (object?)(r.Reason, r.Since, r.Work.Latest))), own: true);
            await ArrangeAsync(PageGone);
        }
        finally
        {
            if (Reads.IsCurrent(read)) _busy = false;
        }
    }

    /// <summary>Acts on one row; true when it was done, so that what was written can be put away.</summary>
    private Task<bool> ActAsync(WorkAct act, FollowUpItem row) => ActingAsync(async () =>
    {
        var outcome = (await Desk.Work.ActAsync(_viewer, act, [new WorkTarget(row.Id, row.Work.Revision)], CancellationToken.None))[0];
        var kept = act.Deed is WorkDeed.Noted or WorkDeed.Called && outcome == WorkOutcome.Overtaken;
        _told = outcome switch
        {
            WorkOutcome.Done => null,
            WorkOutcome.Overtaken => new Told(row.Id, L[kept ? "OvertakenKept" : "Overtaken"]),
            _ => new Told(row.Id, L["RowGone"]),
        };
        var ended = outcome == WorkOutcome.Done && (act.Deed == WorkDeed.Solved || act is { Deed: WorkDeed.Resent, LetterId: not null });
        if (ended) End(new JustEndedRow(row.Id, row.CaseNumber, row.Title, row.Work.Revision + 1, act.Deed == WorkDeed.Solved && act.Text is null));
        await LookAgainAsync();
        return outcome == WorkOutcome.Done || kept;
    });

    /// <summary>Acts on the picked rows; true when all of it was done, so that what was written can be put away.</summary>
    private Task<bool> ActOnPickedAsync(WorkAct act) => ActingAsync(async () =>
    {
        var picked = (_rows ?? []).Where(r => _picked.Contains(r.Id)).ToList();

        // A note is of use to a row that was solved meanwhile; nothing else is.
        var rows = act.Deed is WorkDeed.Noted or WorkDeed.Called ? picked : picked.Where(r => !IsGone(r.Id)).ToList();
        var outcomes = await Desk.Work.ActAsync(_viewer, act, [.. rows.Select(r => new WorkTarget(r.Id, r.Work.Revision))], CancellationToken.None);
        var done = outcomes.Count(o => o == WorkOutcome.Done);
        _told = done == picked.Count ? null : new Told(Told.Bulk, L["BulkPartly", DanishFormat.Number(done), DanishFormat.Number(picked.Count)]);

        // What was not done stays picked, unless others have done it.
        foreach (var (row, _) in rows.Zip(outcomes).Where(p => p.Second == WorkOutcome.Done)) _picked.Remove(row.Id);
        _picked.RemoveWhere(IsGone);
        await LookAgainAsync();
        return done == picked.Count;
    });

    private async Task ReopenAsync(JustEndedRow row) => await ActingAsync(async () =>
    {
        var done = row.BeskedId is { } beskedId
            ? await Desk.Hands.UndoAsync(_viewer, beskedId, CancellationToken.None)
            : (await Desk.Work.ActAsync(_viewer, new WorkAct(WorkDeed.Reopened), [new WorkTarget(row.RowId, row.Revision)], CancellationToken.None))[0] == WorkOutcome.Done;
        _told = done ? null : new Told(_just?.RowId == row.RowId ? row.RowId : Told.Ended, L["Overtaken"]);
        if (done) _just = null;
        await LookAgainAsync();
        return done;
    });

    private async Task SayWhyAsync(string why)
    {
        if (_just is not { } just) return;
        await Desk.Work.ActAsync(_viewer, new WorkAct(WorkDeed.Noted, why), [new WorkTarget(just.RowId, just.Revision)], CancellationToken.None);
        _just = null;
        await LookAgainAsync();
    }

    private Task CloseJust()
    {
        _just = null;
        return LookAgainAsync();
    }

    /// <summary>A status was put to a letter by hand: the row stays as a confirmation, with the way back.</summary>
    private Task PlacedAsync(FollowUpItem row, LetterChoice letter)
    {
        var note = DraftOf(row.Id).Note;
        End(new JustEndedRow(row.Id, letter.CaseNumber, letter.Title, row.Work.Revision, false) { BeskedId = row.BeskedId, LetterId = letter.LetterId });
        DraftOf(row.Id).Note = note;
        _told = null;
        return LookAgainAsync();
    }

    /// <summary>Something else was done with a row, or could not be.</summary>
    private Task DoneAsync(FollowUpItem row, string? told)
    {
        _told = told is null ? null : new Told(row.Id, told);
        if (told is null) _drafts.Remove(row.Id);
        return LookAgainAsync();
    }

    private void End(JustEndedRow row)
    {
        _just = row;
        _drafts.Remove(row.RowId);
        _picked.Remove(row.RowId);
    }

    /// <summary>The row that left the list may go: whoever worked at it has seen what became of it.</summary>
    private Task LetGo(string id)
    {
        _drafts.Remove(id);
        _picked.Remove(id);
        return LookAgainAsync();
    }

    // What was done is done, though the list cannot be read at this moment: the page looks again every second.
    private async Task LookAgainAsync()
    {
        try
        {
            if (_rows is not null) await ArrangeAsync(CancellationToken.None);
            await LookAsync(CancellationToken.None);
            StateHasChanged();
        }
        catch (Exception trouble) when (StorageAccess.IsRefused(trouble))
        {
            Logger.LogInformation("The worklist could not be read after it was changed: {Kind}", trouble.GetType().Name);
        }
    }

    private async Task KeepAsync(string name)
    {
        await Desk.People.KeepFilterAsync(_viewer, new WorkFilter(name, _choice.Query), CancellationToken.None);
        await ReadPeopleAsync(CancellationToken.None);
        StateHasChanged();
    }

    private async Task ForgetAsync(string name)
    {
        await Desk.People.ForgetFilterAsync(_viewer, name, CancellationToken.None);
        await ReadPeopleAsync(CancellationToken.None);
        StateHasChanged();
    }

    private void CloseDialog() => _dialog = Dialog.None;

    private void Pick(string id, bool on)
    {
        if (on) _picked.Add(id);
        else _picked.Remove(id);
    }

    private Task PickNone()
    {
        _picked.Clear();
        return LookAgainAsync();
    }

    private void PickAll(ChangeEventArgs e)
    {
        _picked.Clear();
        if (e.Value is true) _picked.UnionWith(_fresh.Select(r => r.Id));
    }
}
