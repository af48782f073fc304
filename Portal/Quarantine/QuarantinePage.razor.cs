using Microsoft.AspNetCore.Components;
using Portal.Ingestion.Access;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Pipeline;
using Portal.Ingestion.Quarantine;
using Portal.Shell;

namespace Portal.Quarantine;

/// <summary>What could not be understood. The reason that is looked at stands in the URL.</summary>
public sealed partial class QuarantinePage
{
    private const int PageSize = 100;
    private const int MostAtOnce = 1000;

    private readonly CancellationTokenSource _gone = new();
    private readonly Dictionary<string, DeliveryOutcome> _kept = [];
    private readonly HashSet<string> _picked = new(StringComparer.Ordinal);
    private Viewer _viewer = Viewer.Nobody;
    private QuarantineReason? _reason;
    private IReadOnlyList<QuarantinedMessage>? _rows;
    private Left? _left;
    private string? _cursor;
    private long _total;
    private bool _loaded;
    private bool _busy;
    private bool _unavailable;

    private bool MayOperate => _viewer.May(ViewerRights.Operate);

    // The outcome of a row that is no longer there to stand beside; null inside when someone else was first.
    private sealed record Left(DeliveryOutcome? Outcome);

    /// <summary>Only this reason, by its name on the wire.</summary>
    [SupplyParameterFromQuery] public string? Grund { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var reason = Enum.GetValues<QuarantineReason>().Select(r => (QuarantineReason?)r).FirstOrDefault(r => r!.Value.ToWire().Equals(Grund, StringComparison.OrdinalIgnoreCase));
        if (_loaded && reason == _reason) return;
        (_reason, _loaded, _rows, _cursor) = (reason, true, null, null);
        _picked.Clear();
        _viewer = await CurrentViewer.GetAsync();
        await LookAsync(CancellationToken.None);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var (reason, shown) = (_reason, _rows?.Count ?? 0);
        var page = await Quarantine.ListAsync(_viewer, reason, null, Math.Clamp(shown, PageSize, MostAtOnce), cancellationToken);
        var total = await Quarantine.CountAsync(_viewer, cancellationToken);

        // Another reason was chosen meanwhile, or so much is shown that looking again would take rows away.
        if (reason != _reason || (_rows is not null && (shown != _rows.Count || shown > MostAtOnce))) return;
        if (_rows is not null && total == _total && page.Cursor == _cursor && page.Items.SequenceEqual(_rows)) return;
        (_rows, _cursor, _total) = (page.Items, page.Cursor, total);
        _picked.IntersectWith(page.Items.Select(r => r.Id));
        StateHasChanged();
    }

    private void Choose(string? reason)
    {
        Forget();
        Navigation.NavigateTo(string.IsNullOrEmpty(reason) ? PortalUrls.Quarantine : $"{PortalUrls.Quarantine}?grund={Uri.EscapeDataString(reason)}", replace: true);
    }

    private async Task ShowMoreAsync()
    {
        if (_busy || _rows is null) return;
        var (reason, shown) = (_reason, _rows.Count);
        var page = await Quarantine.ListAsync(_viewer, reason, _cursor, PageSize, _gone.Token);
        if (reason != _reason || _rows is null || _rows.Count != shown) return;
        var known = _rows.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        (_rows, _cursor) = ([.. _rows, .. page.Items.Where(r => !known.Contains(r.Id))], page.Cursor);
    }

    private Task RetryAsync(QuarantinedMessage row) => WorkAsync(async () =>
    {
        var outcome = await TryOnceAsync(row.Id);
        if (outcome is not DeliveryOutcome.Quarantined) _left = new Left(outcome);
    });

    private async Task<DeliveryOutcome?> TryOnceAsync(string id)
    {
        var outcome = await Quarantine.RetryAsync(_viewer, id, _gone.Token);
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
        catch (StorageUnavailableException problem)
        {
            Logger.LogInformation("A row of the quarantine could not be tried again: {Why}", problem.Message);
            _unavailable = true;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page is gone; there is no one to tell.
            return;
        }
        finally
        {
            _busy = false;
        }

        await LookAsync(_gone.Token);
    }

    private void Forget()
    {
        (_left, _unavailable) = (null, false);
        _kept.Clear();
    }

    // Not disposed: a try under way may still ask for its token.
    public void Dispose() => _gone.Cancel();
}
