using Microsoft.AspNetCore.Components;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Quarantine;
using Portal.Platform.Storage;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Quarantine;

/// <summary>The quarantine: deliveries that could not be accepted. Reason, cause and view are in the URL.</summary>
public sealed partial class QuarantinePage
{
    private const int PageSize = 100;
    private const int MostAtOnce = 1000;
    private const string Bulk = "luk-valgte";
    private const string HeldView = "holdt";
    private const string ClosedView = "lukket";

    private readonly Dictionary<string, DeliveryOutcome> _kept = [];
    private readonly HashSet<string> _picked = new(StringComparer.Ordinal);
    private readonly CloseDrafts _drafts = new();
    private readonly HoldForms _holdForms = new();
    private Viewer _viewer = Viewer.Nobody;
    private QuarantineReason? _reason;
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
    private string? _cause;
    private Shown _shown;
    private bool _loaded;
    private bool _busy;
    private bool _unavailable;

    // A cause that no longer exists selects no rows, not all.
    private QuarantineSelection Selection => new()
    {
        Reason = _reason ?? _causes.FirstOrDefault(c => c.Key == _cause)?.Reason,
        Detail = _cause is null ? null : _causes.FirstOrDefault(c => c.Key == _cause)?.Detail ?? "", Closed = _shown == Shown.Closed,
        Held = IsHeld,
    };

    private bool IsHeld => _shown == Shown.Held;

    private IEnumerable<(Shown Shown, string TestId, string Text, string Link)> Views =>
    [
        (Shown.Waiting, "view-waiting", L["ViewWaiting", DanishFormat.Number(_total)], PortalUrls.Quarantine),
        (Shown.Held, "view-held", L["ViewHeld", DanishFormat.Number(_heldTotal)], $"{PortalUrls.Quarantine}?vis={HeldView}"),
        (Shown.Closed, "view-closed", L["ViewClosed", DanishFormat.Number(_closedTotal)], $"{PortalUrls.Quarantine}?vis={ClosedView}"),
    ];

    private bool MayOperate => _viewer.May(ViewerRights.Administer);

    private enum Shown
    {
        Waiting,
        Held,
        Closed,
    }

    // The outcome of a row that has left the list; a null Outcome when another user was first.
    private sealed record Left(DeliveryOutcome? Outcome);

    /// <summary>A reason's wire name; null for all.</summary>
    [SupplyParameterFromQuery] public string? Grund { get; set; }

    /// <summary>A cause's key; null for all.</summary>
    [SupplyParameterFromQuery] public string? Aarsag { get; set; }

    /// <summary><c>lukket</c> shows closed rows, <c>holdt</c> held causes, instead of waiting ones.</summary>
    [SupplyParameterFromQuery] public string? Vis { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var reason = Enum.GetValues<QuarantineReason>().Select(r => (QuarantineReason?)r)
            .FirstOrDefault(r => r!.Value.ToWire().Equals(Grund, StringComparison.OrdinalIgnoreCase));
        var shown = string.Equals(Vis, ClosedView, StringComparison.OrdinalIgnoreCase) ? Shown.Closed
            : string.Equals(Vis, HeldView, StringComparison.OrdinalIgnoreCase) ? Shown.Held
            : Shown.Waiting;
        if (_loaded && (reason, Aarsag, shown) == (_reason, _cause, _shown)) return;
        if (_loaded) Forget();
        (_reason, _cause, _shown, _loaded, _rows, _fresh, _cursor) = (reason, Aarsag, shown, true, null, [], null);
        _picked.Clear();
        Reads.Restart();
        _viewer = await CurrentViewer.GetAsync();
        await RefreshAsync(PageGone);
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var (read, shown) = (Reads.Begin(), _fresh.Count);
        var causes = await Causes.CausesAsync(_viewer, cancellationToken);
        if (!Reads.IsCurrent(read)) return;
        var changed = !causes.Select(c => (c.Key, c.Count, c.LastAt)).SequenceEqual(_causes.Select(c => (c.Key, c.Count, c.LastAt)));
        if (changed) _causes = causes;
        var page = await Causes.ListAsync(_viewer, Selection, null, Math.Clamp(shown, PageSize, MostAtOnce), cancellationToken);
        var (total, closed) = (causes.Sum(c => c.Count), await Causes.CountClosedAsync(_viewer, cancellationToken));
        var holds = await Holds.ListAsync(_viewer, cancellationToken);

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
        var view = _shown switch { Shown.Held => HeldView, Shown.Closed => ClosedView, _ => null };
        string?[] query = [view is null ? null : $"vis={view}",
            string.IsNullOrEmpty(reason) ? null : $"grund={Uri.EscapeDataString(reason)}"];
        Navigation.NavigateTo($"{PortalUrls.Quarantine}?{string.Join('&', query.OfType<string>())}".TrimEnd('?'), replace: true);
    }

    private async Task ShowMoreAsync()
    {
        if (_busy || _rows is null) return;
        var (read, shown) = (Reads.Begin(), _fresh.Count);
        var page = await Causes.ListAsync(_viewer, Selection, _cursor, PageSize, PageGone);
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
        long? count = _shown switch
        {
            Shown.Waiting => reason is { } waiting ? CountOf(waiting) : _total,
            Shown.Held => reason is { } held ? _holds.Where(h => !h.IsOver && h.Reason == held).Sum(h => h.Count) : _heldTotal,
            _ => reason is null ? _closedTotal : null,
        };
        return count is { } rows ? L["ReasonCount", name, DanishFormat.Number(rows)] : name;
    }

    private long CountOf(QuarantineReason reason) => _causes.Where(c => c.Reason == reason).Sum(c => c.Count);

    // The count of the chosen cause, else of all rows with the reason.
    private long CountShown(QuarantineReason reason) =>
        _cause is null ? CountOf(reason) : _causes.FirstOrDefault(c => c.Key == _cause)?.Count ?? 0;

    private async Task ClosedAsync(int count)
    {
        Forget();
        _closedNow = count;
        _picked.Clear();
        await RefreshAsync(PageGone);
    }

    private Task ReopenAsync(string id) => WorkAsync(() => Causes.ReopenAsync(_viewer, [id], CancellationToken.None));

    private Task RetryAsync(QuarantinedMessage row) => WorkAsync(async () =>
    {
        var outcome = await TryOnceAsync(row.Id);
        if (outcome is not DeliveryOutcome.Quarantined) _left = new Left(outcome);
    });

    private async Task<DeliveryOutcome?> TryOnceAsync(string id)
    {
        var outcome = await Quarantine.RetryAsync(_viewer, id, CancellationToken.None);
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
