using Microsoft.AspNetCore.Components;
using Portal.FollowUp.People;
using Portal.Ingestion.Access;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Shell;

namespace Portal.FollowUp;

/// <summary>The worklist. What it shows stands in its address; it looks again by itself when a message comes or a colleague acts.</summary>
public sealed partial class FollowUpPage
{
    private const int PageSize = 100;
    private const int MostAtOnce = 1000;
    private const int EndedShown = 20;

    private readonly HashSet<string> _picked = new(StringComparer.Ordinal);
    private Viewer _viewer = Viewer.Nobody;
    private WorkChoice _choice = WorkChoice.Of(null, null, null);
    private IReadOnlyList<FollowUpItem>? _rows;
    private IReadOnlyList<Colleague> _colleagues = [];
    private IReadOnlyList<WorkFilter> _filters = [];
    private ValueList<EndedWork> _ended = [];
    private JustEndedRow? _just;
    private Dialog _dialog;
    private string? _cursor;
    private string? _told;
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

    /// <summary>Only this reason, by its name on the wire.</summary>
    [SupplyParameterFromQuery] public string? Grund { get; set; }

    /// <summary>Whose rows: a person's id, or <see cref="WorkChoice.Nobody"/>.</summary>
    [SupplyParameterFromQuery] public string? Ejer { get; set; }

    /// <summary>Only rows older than so many working days.</summary>
    [SupplyParameterFromQuery] public string? Alder { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var choice = WorkChoice.Of(Grund, Ejer, Alder);
        if (_loaded && choice == _choice) return;
        _viewer = await Desk.CurrentViewer.GetAsync();
        if (!_loaded && RendererInfo.IsInteractive) await Desk.People.SeenAsync(_viewer, CancellationToken.None);
        (_choice, _loaded, _rows, _cursor) = (choice, true, null, null);
        _picked.Clear();
        (_colleagues, _filters) = (await Desk.People.ColleaguesAsync(_viewer, CancellationToken.None), await Desk.People.FiltersAsync(_viewer, CancellationToken.None));
        await LookAsync(CancellationToken.None);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var (choice, shown, query) = (_choice, _rows?.Count ?? 0, _choice.ToQuery(Time.GetUtcNow()));
        var page = await Desk.Work.ReadAsync(_viewer, query, null, Math.Clamp(shown, PageSize, MostAtOnce), cancellationToken);
        var total = await Desk.Work.CountAsync(_viewer, new WorkQuery(), cancellationToken);
        var matching = choice.IsAll ? total : await Desk.Work.CountAsync(_viewer, query, cancellationToken);
        var ended = await Desk.Work.EndedAsync(_viewer, EndedShown, cancellationToken);
        var today = DanishFormat.Day(Time.GetUtcNow());

        // Something else was chosen meanwhile, or more is shown by now, or so much that looking again would take rows away.
        if (choice != _choice || _busy || (_rows is not null && (shown != _rows.Count || shown > MostAtOnce))) return;
        if (_rows is not null && total == _total && matching == _matching && today == _today && page.Cursor == _cursor && ended == _ended && page.Items.SequenceEqual(_rows)) return;
        (_rows, _cursor, _total, _matching, _today, _ended) = (page.Items, page.Cursor, total, matching, today, ended);
        _picked.IntersectWith(page.Items.Select(r => r.Id));
        StateHasChanged();
    }

    private async Task ShowMoreAsync()
    {
        if (_busy || _rows is null) return;
        _busy = true;
        try
        {
            var choice = _choice;
            var page = await Desk.Work.ReadAsync(_viewer, choice.ToQuery(Time.GetUtcNow()), _cursor, PageSize, CancellationToken.None);
            if (choice != _choice) return;
            var known = _rows.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
            (_rows, _cursor) = ([.. _rows, .. page.Items.Where(i => !known.Contains(i.Id))], page.Cursor);
        }
        finally
        {
            _busy = false;
        }
    }

    /// <summary>Acts on one row; true when it was done, so that what was written can be put away.</summary>
    private async Task<bool> ActAsync(WorkAct act, FollowUpItem row)
    {
        var outcome = (await Desk.Work.ActAsync(_viewer, act, [new WorkTarget(row.Id, row.Work.Revision)], CancellationToken.None))[0];
        var kept = act.Deed is WorkDeed.Noted or WorkDeed.Called && outcome == WorkOutcome.Overtaken;
        _told = outcome switch
        {
            WorkOutcome.Done => null,
            WorkOutcome.Overtaken => L[kept ? "OvertakenKept" : "Overtaken"].Value,
            _ => L["RowGone"].Value,
        };
        var ended = outcome == WorkOutcome.Done && (act.Deed == WorkDeed.Solved || act is { Deed: WorkDeed.Resent, LetterId: not null });
        if (ended) _just = new JustEndedRow(row.Id, row.CaseNumber, row.Title, row.Work.Revision + 1, act.Deed == WorkDeed.Solved && act.Text is null);
        await LookAsync(CancellationToken.None);
        return outcome == WorkOutcome.Done || kept;
    }

    private async Task ActOnPickedAsync(WorkAct act)
    {
        var rows = (_rows ?? []).Where(r => _picked.Contains(r.Id)).ToList();
        var outcomes = await Desk.Work.ActAsync(_viewer, act, [.. rows.Select(r => new WorkTarget(r.Id, r.Work.Revision))], CancellationToken.None);
        var done = outcomes.Count(o => o == WorkOutcome.Done);
        _told = done == rows.Count ? null : L["BulkPartly", DanishFormat.Number(done), DanishFormat.Number(rows.Count)].Value;

        // What was not done stays picked.
        foreach (var (row, _) in rows.Zip(outcomes).Where(p => p.Second == WorkOutcome.Done)) _picked.Remove(row.Id);
        await LookAsync(CancellationToken.None);
    }

    private async Task ReopenAsync(JustEndedRow row)
    {
        var outcome = (await Desk.Work.ActAsync(_viewer, new WorkAct(WorkDeed.Reopened), [new WorkTarget(row.RowId, row.Revision)], CancellationToken.None))[0];
        _told = outcome == WorkOutcome.Done ? null : L["Overtaken"].Value;
        _just = null;
        await LookAsync(CancellationToken.None);
    }

    private async Task SayWhyAsync(string why)
    {
        if (_just is not { } just) return;
        await Desk.Work.ActAsync(_viewer, new WorkAct(WorkDeed.Noted, why), [new WorkTarget(just.RowId, just.Revision)], CancellationToken.None);
        _just = null;
        await LookAsync(CancellationToken.None);
    }

    private async Task KeepAsync(string name)
    {
        await Desk.People.KeepFilterAsync(_viewer, new WorkFilter(name, _choice.Query), CancellationToken.None);
        _filters = await Desk.People.FiltersAsync(_viewer, CancellationToken.None);
    }

    private async Task ForgetAsync(string name)
    {
        await Desk.People.ForgetFilterAsync(_viewer, name, CancellationToken.None);
        _filters = await Desk.People.FiltersAsync(_viewer, CancellationToken.None);
    }

    private async Task Tell(string? text)
    {
        _told = text;
        await LookAsync(CancellationToken.None);
        StateHasChanged();
    }

    private void CloseDialog() => _dialog = Dialog.None;

    private void Pick(string id, bool on)
    {
        if (on) _picked.Add(id);
        else _picked.Remove(id);
    }

    private void PickAll(ChangeEventArgs e)
    {
        _picked.Clear();
        if (e.Value is true) _picked.UnionWith((_rows ?? []).Select(r => r.Id));
    }
}
