using Microsoft.AspNetCore.Components;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Quarantine;
using Portal.Platform.Storage;
using Portal.Platform.Text;
using Portal.Platform.Ui;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.Quarantine;

/// <summary>The quarantine: deliveries that could not be accepted. Reason, cause and view are in the URL.</summary>
public sealed partial class QuarantinePage
{
    private const int PageSize = 100;
    private const int MostAtOnce = 1000;
    private const string Bulk = "luk-valgte";

    private readonly Dictionary<string, DeliveryOutcome> _kept = [];
    private readonly HashSet<string> _picked = new(StringComparer.Ordinal);
    private readonly CloseDrafts _drafts = new();
    private readonly HoldForms _holdForms = new();
    private Viewer _viewer = Viewer.Nobody;
    private QuarantineChoice _choice = new();
    private IReadOnlyList<QuarantineEntry> _fresh = [];
    private IReadOnlyList<QuarantineEntry>? _rows;
    private IReadOnlyList<QuarantineCause> _causes = [];
    private IReadOnlyList<QuarantineHold> _holds = [];
    private IReadOnlyList<string> _owners = [];
    private Left? _left;
    private string? _cursor;
    private long _total;
    private long _closedTotal;
    private long _heldTotal;
    private int? _closedNow;
    private bool _loaded;
    private bool _busy;
    private bool _unavailable;

    private QuarantineSelection Selection => _choice.SelectionAmong(_causes);

    private bool IsHeld => _choice.View == QuarantineView.Held;

    private IEnumerable<(QuarantineView Shown, string TestId, string Text, string Link)> Views =>
    [
        (QuarantineView.Waiting, "view-waiting", L["ViewWaiting", LanguageFormat.PageNumber(_total)], LinkTo(QuarantineView.Waiting)),
        (QuarantineView.Held, "view-held", L["ViewHeld", LanguageFormat.PageNumber(_heldTotal)], LinkTo(QuarantineView.Held)),
        (QuarantineView.Closed, "view-closed", L["ViewClosed", LanguageFormat.PageNumber(_closedTotal)], LinkTo(QuarantineView.Closed)),
    ];

    private bool MayOperate => _viewer.May(ViewerRights.Administer);

    // The outcome of a row that has left the list; a null Outcome when another user was first.
    private sealed record Left(DeliveryOutcome? Outcome);

    /// <summary>A reason's wire name; null for all.</summary>
    [SupplyParameterFromQuery] public string? Grund { get; set; }

    /// <summary>A cause's key; null for all.</summary>
    [SupplyParameterFromQuery] public string? Aarsag { get; set; }

    /// <summary><c>lukket</c> shows closed rows, <c>holdt</c> held causes, instead of waiting ones.</summary>
    [SupplyParameterFromQuery] public string? Vis { get; set; }

    /// <summary>How the list is shown: <see cref="ListLook"/>.</summary>
    [SupplyParameterFromQuery] public string? Kol { get; set; }

    /// <inheritdoc cref="Kol" />
    [SupplyParameterFromQuery] public string? Taet { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var choice = QuarantineChoice.Read(name => name switch
        {
            "grund" => Grund, "aarsag" => Aarsag, "vis" => Vis, "kol" => Kol, "taet" => Taet, _ => null,
        });
        var sameRows = _loaded && choice with { Look = _choice.Look } == _choice;
        if (_loaded && !sameRows) Forget();
        (_choice, _loaded) = (choice, true);
        if (sameRows) return;
        (_rows, _fresh, _cursor) = (null, [], null);
        _picked.Clear();
        Reads.Restart();
        _viewer = await Model.Viewer.GetAsync();
        await RefreshAsync(PageGone);
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var (read, shown) = (Reads.Begin(), _fresh.Count);
        var causes = await Model.Causes.CausesAsync(_viewer, cancellationToken);
        if (!Reads.IsCurrent(read)) return;
        var changed = !causes.Select(c => (c.Key, c.Count, c.LastAt)).SequenceEqual(_causes.Select(c => (c.Key, c.Count, c.LastAt)));
        if (changed) _causes = causes;
        var page = await Model.Causes.ListAsync(_viewer, Selection, null, Math.Clamp(shown, PageSize, MostAtOnce), cancellationToken);
        var (total, closed) = (causes.Sum(c => c.Count), await Model.Causes.CountClosedAsync(_viewer, cancellationToken));
        var holds = await Model.Holds.ListAsync(_viewer, cancellationToken);

        // The choice has changed, a newer read is shown, or more rows are shown than one read returns.
        if ((_rows is not null && (shown != _fresh.Count || shown > MostAtOnce)) || !Reads.TryShow(read)) return;
        if (_rows is not null && !changed && total == _total && closed == _closedTotal && page.Cursor == _cursor
            && page.Items.SequenceEqual(_fresh) && holds.SequenceEqual(_holds))
        {
            return;
        }
        (_holds, _heldTotal) = (holds, holds.Where(h => !h.IsOver).Sum(h => h.Count));
        _owners = [.. holds.Select(h => h.Owner).Distinct(StringComparer.CurrentCultureIgnoreCase)];
        (_fresh, _cursor, _total, _closedTotal) = (page.Items, page.Cursor, total, closed);
        Arrange();
        _picked.IntersectWith(page.Items.Select(r => r.Message.Id));
        StateHasChanged();
    }

    // A row with an open or typed draft keeps its place, also when it has left the list.
    private void Arrange() => _rows = PinnedRows.Merge(_rows ?? [], _fresh, r => r.Message.Id, _drafts.Holds);

    private bool IsGone(string id) => !_fresh.Any(r => r.Message.Id == id);

    private void LetGo(string id)
    {
        _drafts.Forget(id);
        Arrange();
    }

    private void Choose(string? reason)
    {
        Forget();
        var chosen = string.IsNullOrEmpty(reason) ? (QuarantineReason?)null : QuarantineReasons.FromWire(reason);
        Navigation.NavigateTo(new QuarantineChoice(chosen, View: _choice.View) { Look = _choice.Look }.Link, replace: true);
    }

    private async Task ShowMoreAsync()
    {
        if (_busy || _rows is null) return;
        var (read, shown) = (Reads.Begin(), _fresh.Count);
        var page = await Model.Causes.ListAsync(_viewer, Selection, _cursor, PageSize, PageGone);
        if (_rows is null || _fresh.Count != shown || !Reads.IsCurrent(read)) return;
        var known = _fresh.Select(r => r.Message.Id).ToHashSet(StringComparer.Ordinal);
        (_fresh, _cursor) = ([.. _fresh, .. page.Items.Where(r => !known.Contains(r.Message.Id))], page.Cursor);
        Arrange();
    }

    // With the number of rows in the view that is open; how many closed ones have a reason is not counted.
    private string ReasonText(string? wire)
    {
        var reason = string.IsNullOrEmpty(wire) ? (QuarantineReason?)null : QuarantineReasons.FromWire(wire);
        var name = reason is null ? L["AllReasons"].Value : L[$"Reason{reason}"];
        long? count = _choice.View switch
        {
            QuarantineView.Waiting => reason is { } waiting ? CountOf(waiting) : _total,
            QuarantineView.Held => reason is { } held ? _holds.Where(h => !h.IsOver && h.Reason == held).Sum(h => h.Count) : _heldTotal,
            _ => reason is null ? _closedTotal : null,
        };
        return count is { } rows ? L["ReasonCount", name, LanguageFormat.PageNumber(rows)] : name;
    }

    private string Heading(string column) => QuarantineShape.Heading(column, L);

    private string LinkTo(ListLook look) => (_choice with { Look = look }).Link;

    private string LinkTo(QuarantineView view) => new QuarantineChoice(View: view) { Look = _choice.Look }.Link;

    private long CountOf(QuarantineReason reason) => _causes.Where(c => c.Reason == reason).Sum(c => c.Count);

    // The count of the chosen cause, else of all rows with the reason.
    private long CountShown(QuarantineReason reason) =>
        _choice.Cause is not { } cause ? CountOf(reason) : _causes.FirstOrDefault(c => c.Key == cause)?.Count ?? 0;

    private async Task ClosedAsync(int count)
    {
        Forget();
        _closedNow = count;
        _picked.Clear();
        await RefreshAsync(PageGone);
    }

    private Task ReopenAsync(string id) => WorkAsync(() => Model.Causes.ReopenAsync(_viewer, [id], CancellationToken.None));

    private Task RetryAsync(QuarantinedMessage row) => WorkAsync(async () =>
    {
        var outcome = await TryOnceAsync(row.Id);
        if (outcome is not DeliveryOutcome.Quarantined) _left = new Left(outcome);
    });

    private async Task<DeliveryOutcome?> TryOnceAsync(string id)
    {
        var outcome = await Model.Reader.RetryAsync(_viewer, id, CancellationToken.None);
        if (outcome is DeliveryOutcome.Quarantined) _kept[id] = outcome;
        else _kept.Remove(id);
        return outcome;
    }

    private void Pick(string id, bool picked)
    {
        if (picked) _picked.Add(id);
        else _picked.Remove(id);
    }

    private async Task WorkAsync(Func<Task> work)
    {
        if (_busy) return;
        Forget();
        _busy = true;
        try
        {
            await work();
        }
        catch (Exception problem) when (StorageAccess.IsRefused(problem))
        {
            Logger.LogInformation("En række i karantænen kunne ikke prøves igen: {Kind}", problem.GetType().Name);
            _unavailable = true;
        }
        catch (OperationCanceledException) when (PageGone.IsCancellationRequested)
        {
            // The page is closed.
            return;
        }
        finally
        {
            _busy = false;
        }

        await RefreshAsync(PageGone);
    }

    private void Forget()
    {
        (_left, _unavailable, _closedNow) = (null, false, null);
        _kept.Clear();
    }
}
