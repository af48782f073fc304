using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Features.FollowUp.People;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Platform.Live;
using Portal.Platform.Storage;
using Portal.Platform.Text;
using Portal.Platform.Ui;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.FollowUp;

/// <summary>The worklist. The filter is in the URL; the page refreshes when a message arrives or a colleague acts.</summary>
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
    private string _newsText = "";
    private int _acting;
    private Viewer _viewer = Viewer.Nobody;
    private WorkChoice _choice = WorkChoice.Of(null, null, null);
    private IReadOnlyList<FollowUpItem> _fresh = [];
    private IReadOnlyList<FollowUpItem>? _rows;
    private IReadOnlyList<Colleague> _colleagues = [];
    private ValueList<EndedWork> _ended = [];
    private JustEndedRow? _just;

    // The row whose end was just undone: it takes the focus when it is back.
    private string? _restored;
    private Dialog _dialog;
    private string? _cursor;
    private Announcement? _announcement;
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

    // A message to show where the action was: a row's id, Bulk for the picked rows, or Ended for the list of ended rows.
    private sealed record Announcement(string Where, string Text)
    {
        public const string Bulk = "bulk";
        public const string Ended = "ended";
    }

    /// <summary>A reason's wire name; null for all.</summary>
    [SupplyParameterFromQuery] public string? Grund { get; set; }

    /// <summary>The owner's id, or <see cref="WorkChoice.Nobody"/>; null for all.</summary>
    [SupplyParameterFromQuery] public string? Ejer { get; set; }

    /// <summary>Only rows older than this many working days.</summary>
    [SupplyParameterFromQuery] public string? Alder { get; set; }

    /// <summary>Words to search for.</summary>
    [SupplyParameterFromQuery] public string? Soeg { get; set; }

    /// <summary>Only rows that have waited since this day or later, <c>yyyy-MM-dd</c>.</summary>
    [SupplyParameterFromQuery] public string? Fra { get; set; }

    /// <summary>Only rows that have waited since this day or earlier.</summary>
    [SupplyParameterFromQuery] public string? Til { get; set; }

    /// <summary>How the list is shown: <see cref="Portal.Platform.Ui.Lists.ListLook"/>.</summary>
    [SupplyParameterFromQuery] public string? Kol { get; set; }

    /// <inheritdoc cref="Kol" />
    [SupplyParameterFromQuery] public string? Taet { get; set; }

    /// <inheritdoc cref="Kol" />
    [SupplyParameterFromQuery] public string? Sort { get; set; }

    protected override void OnInitialized() => _news = new PageNews(Time);

    protected override async Task OnParametersSetAsync()
    {
        var choice = WorkChoice.Read(name => name switch
        {
            "grund" => Grund, "ejer" => Ejer, "alder" => Alder, "soeg" => Soeg, "fra" => Fra, "til" => Til, "kol" => Kol, "taet" => Taet,
            "sort" => Sort, _ => null,
        });
        if (_loaded && choice == _choice) return;

        // Set before any await, so that a choice made during the read is not overwritten.
        var isFirst = !_loaded;
        (_choice, _loaded, _rows, _fresh, _cursor, _just, _announcement, _busy) = (choice, true, null, [], null, null, null, false);
        _picked.Clear();
        _news.Restart();
        Reads.Restart();
        _viewer = await Model.CurrentViewer.GetAsync();
        await RefreshAsync(PageGone);
        await ReadPeopleAsync(PageGone);
        if (isFirst && RendererInfo.IsInteractive) await SignInAsColleagueAsync();
    }

    // Called after the list is shown, since a write waits for the process's write lock.
    private async Task SignInAsColleagueAsync()
    {
        try
        {
            await Model.People.SeenAsync(_viewer, PageGone);
            if (!_colleagues.Any(c => c.Id == _viewer.Id)) await ReadPeopleAsync(PageGone);
        }
        catch (Exception error) when (StorageAccess.IsRefused(error))
        {
            // Tried again the next time the person opens the page; until then rows cannot be assigned to them.
            Logger.LogInformation("A colleague could not be noted: {Kind}", error.GetType().Name);
        }
    }

    private async Task ReadPeopleAsync(CancellationToken cancellationToken)
    {
        var read = _people.Begin();
        var colleagues = await Model.People.ColleaguesAsync(_viewer, cancellationToken);
        if (_people.TryShow(read)) _colleagues = colleagues;
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var (read, choice, shown, query) = (Reads.Begin(), _choice, _fresh.Count, _choice.ToQuery(Time.GetUtcNow()));
        var page = await Model.Work.ReadAsync(_viewer, query, null, Math.Clamp(shown, PageSize, MostAtOnce), cancellationToken);
        var total = await Model.Work.CountAsync(_viewer, new WorkQuery(), cancellationToken);
        var matching = choice.IsAll ? total : await Model.Work.CountAsync(_viewer, query, cancellationToken);
        var ended = await Model.Work.EndedAsync(_viewer, EndedShown, cancellationToken);
        var today = DanishFormat.Day(Time.GetUtcNow());

        // More rows are shown by now, or more than one read returns, or the filter has changed.
        if (_busy || (_rows is not null && (shown != _fresh.Count || shown > MostAtOnce)) || !Reads.TryShow(read)) return;
        if (_rows is not null && total == _total && matching == _matching && today == _today && page.Cursor == _cursor && ended == _ended
            && page.Items.SequenceEqual(_fresh))
        {
            if (AnnounceNews()) StateHasChanged();
            return;
        }

        (_fresh, _cursor, _total, _matching, _today, _ended) = (page.Items, page.Cursor, total, matching, today, ended);

        // A colleague reopened the row that was just ended here. A row read before it ended has an older revision and does not count.
        if (_just is { } just && _fresh.FirstOrDefault(r => r.Id == just.RowId) is { } again
            && (just.BeskedId is not null || again.Work.Revision > just.Revision))
        {
            _just = null;
        }
        _news.Observe(_fresh.Select(r => (r.Id, (object?)(r.Reason, r.Since, r.Work.Latest))), own: _acting > 0);
        AnnounceNews();
        await ArrangeAsync(cancellationToken);
        StateHasChanged();
    }

    private bool AnnounceNews()
    {
        var count = _news.Announce().Count;
        if (count > 0) _newsText = L[count == 1 ? "NewsOne" : "NewsMany", DanishFormat.Clock(Time.GetUtcNow()),
            LanguageFormat.PageNumber(count)];
        return count > 0;
    }

    // The user's own action: its changes are shown, but not marked as news.
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

    /// <summary>Merges the rows read with the rows that the user is working on, and reads why the latter left the list.</summary>
    private async Task ArrangeAsync(CancellationToken cancellationToken)
    {
        _rows = PinnedRows.Merge(_rows ?? [], _fresh, r => r.Id, Holds);
        foreach (var id in _goneBy.Keys.Where(id => !IsGone(id)).ToList()) _goneBy.Remove(id);
        foreach (var id in _rows.Select(r => r.Id).Where(id => IsGone(id) && id != _just?.RowId && !_goneBy.ContainsKey(id)).ToList())
        {
            var history = await Model.Work.HistoryAsync(_viewer, id, cancellationToken);
            _goneBy[id] = history.FirstOrDefault(e => e.Kind is WorkActionKind.ResolvedByStatus or WorkActionKind.Solved
                or WorkActionKind.Resent or WorkActionKind.StatusAssigned);
        }
    }

    private bool Holds(string id) => id == _just?.RowId || _picked.Contains(id) || (_drafts.TryGetValue(id, out var draft) && draft.Holds);

    private bool IsGone(string id) => !_fresh.Any(r => r.Id == id);

    private RowDraft DraftOf(string id) => _drafts.TryGetValue(id, out var draft) ? draft : _drafts[id] = new RowDraft();

    private string? AnnouncementAt(string where) => _announcement?.Where == where ? _announcement.Text : null;

    private async Task ShowMoreAsync()
    {
        if (_busy || _rows is null) return;
        _busy = true;
        var read = Reads.Begin();
        try
        {
            var page = await Model.Work.ReadAsync(_viewer, _choice.ToQuery(Time.GetUtcNow()), _cursor, PageSize, PageGone);
            if (!Reads.IsCurrent(read)) return;
            var known = _fresh.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
            (_fresh, _cursor) = ([.. _fresh, .. page.Items.Where(i => !known.Contains(i.Id))], page.Cursor);
            _news.Observe(_fresh.Select(r => (r.Id, (object?)(r.Reason, r.Since, r.Work.Latest))), own: true);
            await ArrangeAsync(PageGone);
        }
        finally
        {
            if (Reads.IsCurrent(read)) _busy = false;
        }
    }

    /// <summary>Acts on one row; true when the typed text was stored and can be cleared.</summary>
    private Task<bool> ActAsync(WorkAction action, FollowUpItem row) => ActingAsync(async () =>
    {
        var outcome = await RowOutcome.ActAsync(Model.Work, _viewer, action, row, L);
        _announcement = outcome.Problem is { } problem ? new Announcement(row.Id, problem) : null;
        if (outcome.Ended is { } ended) End(ended);
        await RefreshAgainAsync();
        return outcome.Stored;
    });

    /// <summary>Acts on the picked rows; true when it succeeded on all, so that the typed text can be cleared.</summary>
    private Task<bool> ActOnPickedAsync(WorkAction action) => ActingAsync(async () =>
    {
        var picked = (_rows ?? []).Where(r => _picked.Contains(r.Id)).ToList();

        // A row that has left the list takes only notes and calls.
        var rows = action.Kind is WorkActionKind.Noted or WorkActionKind.Called ? picked : picked.Where(r => !IsGone(r.Id)).ToList();
        var outcomes = await Model.Work.ActAsync(
            _viewer, action, [.. rows.Select(r => new WorkTarget(r.Id, r.Work.Revision))], CancellationToken.None);
        var done = outcomes.Count(o => o == WorkOutcome.Done);
        _announcement = done == picked.Count
            ? null
            : new Announcement(Announcement.Bulk, L["BulkPartly", LanguageFormat.PageNumber(done),
                LanguageFormat.PageNumber(picked.Count)]);

        TellBulk(action, [.. rows.Zip(outcomes).Where(p => p.Second == WorkOutcome.Done).Select(p => p.First)]);

        // Failed rows stay picked, unless they have left the list.
        foreach (var (row, _) in rows.Zip(outcomes).Where(p => p.Second == WorkOutcome.Done)) _picked.Remove(row.Id);
        _picked.RemoveWhere(IsGone);
        await RefreshAgainAsync();
        return done == picked.Count;
    });

    // Solved rows disappear, so the way back is in the message.
    private void TellBulk(WorkAction action, IReadOnlyList<FollowUpItem> done)
    {
        if (done.Count == 0) return;
        if (action.Kind != WorkActionKind.Solved)
        {
            Model.Snackbar.Add(Counted("BulkSaved", done.Count), Severity.Success);
            return;
        }

        WorkTarget[] solved = [.. done.Select(r => new WorkTarget(r.Id, r.Work.Revision + 1))];
        Model.Snackbar.Add(Counted("BulkSolved", done.Count), Severity.Success, options =>
        {
            options.Action = L["TakeBack"];
            options.OnClick = _ => InvokeAsync(() => ReopenAllAsync(solved));
        });
    }

    private Task<int> ReopenAllAsync(WorkTarget[] rows) => ActingAsync(async () =>
    {
        var outcomes = await Model.Work.ActAsync(_viewer, new WorkAction(WorkActionKind.Reopened), rows, CancellationToken.None);
        var done = outcomes.Count(o => o == WorkOutcome.Done);
        if (done > 0) Model.Snackbar.Add(Counted("BulkRestored", done), Severity.Success);
        if (done < rows.Length)
        {
            _announcement = new Announcement(
                Announcement.Bulk, L["BulkPartly", LanguageFormat.PageNumber(done), LanguageFormat.PageNumber(rows.Length)]);
        }

        await RefreshAgainAsync();
        return done;
    });

    private async Task ReopenAsync(JustEndedRow row) => await ActingAsync(async () =>
    {
        var done = row.BeskedId is { } beskedId
            ? await Model.Hands.UndoAsync(_viewer, beskedId, CancellationToken.None)
            : await RowOutcome.ReopenAsync(Model.Work, _viewer, row);
        _announcement = done ? null : new Announcement(_just?.RowId == row.RowId ? row.RowId : Announcement.Ended, L["Overtaken"]);
        if (done)
        {
            (_just, _restored) = (null, row.RowId);
            Model.Snackbar.Add(row.CaseNumber is { } number ? L["Restored", number] : L["RestoredStatus"], Severity.Success);
        }

        await RefreshAgainAsync();
        return done;
    });

    private async Task SaveReasonAsync(string why)
    {
        if (_just is not { } just) return;
        await RowOutcome.ExplainAsync(Model.Work, _viewer, just, why);
        _just = null;
        await RefreshAgainAsync();
    }

    private Task CloseJust()
    {
        _just = null;
        return RefreshAgainAsync();
    }

    /// <summary>A status was matched to a letter by hand: the row stays as a confirmation, with undo.</summary>
    private Task PlacedAsync(FollowUpItem row, LetterChoice letter)
    {
        var note = DraftOf(row.Id).Note;
        End(new JustEndedRow(row.Id, letter.CaseNumber, letter.Title, row.Work.Revision,
            false) { BeskedId = row.BeskedId, LetterId = letter.LetterId });
        DraftOf(row.Id).Note = note;
        _announcement = null;
        return RefreshAgainAsync();
    }

    /// <summary>The status panel has acted on a row; <paramref name="text"/> is null for success, else the error.</summary>
    private Task DoneAsync(FollowUpItem row, string? text)
    {
        _announcement = text is null ? null : new Announcement(row.Id, text);
        if (text is null) _drafts.Remove(row.Id);
        return RefreshAgainAsync();
    }

    private void End(JustEndedRow row)
    {
        (_just, _restored) = (row, null);
        _drafts.Remove(row.RowId);
        _picked.Remove(row.RowId);
    }

    /// <summary>Removes a row that has left the list, after the user has seen why.</summary>
    private Task LetGo(string id)
    {
        _drafts.Remove(id);
        _picked.Remove(id);
        return RefreshAgainAsync();
    }

    // The action has succeeded even if the list cannot be read now: the page refreshes every second.
    private async Task RefreshAgainAsync()
    {
        try
        {
            if (_rows is not null) await ArrangeAsync(CancellationToken.None);
            await RefreshAsync(CancellationToken.None);
            StateHasChanged();
        }
        catch (Exception error) when (StorageAccess.IsRefused(error))
        {
            Logger.LogInformation("The worklist could not be read after it was changed: {Kind}", error.GetType().Name);
        }
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
        return RefreshAgainAsync();
    }

    private string Counted(string text, int rows) => rows == 1 ? L[$"{text}One"] : L[text, LanguageFormat.PageNumber(rows)];

    private string Heading(string column) => WorkShape.Heading(column, L);

    private string LinkTo(ListLook look) => (_choice with { Look = look }).Link;

    private void PickAll(bool on)
    {
        _picked.Clear();
        if (on) _picked.UnionWith(_fresh.Select(r => r.Id));
    }
}
