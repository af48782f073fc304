using System.Collections.Concurrent;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Hints;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Gallery;

/// <summary>
/// The number of open hints that cards show. A chain is read again only when it has changed, and all such chains together, so that a
/// gallery of hundreds costs no more reads than one of three. Thread-safe.
/// </summary>
public sealed class ChainCards(IChainStore chains, HintDismissals dismissals, IMeasuredBoxes measured)
{
    // Some hundred bytes per chain. More than a portal shows; the cache is cleared above it.
    private const int MostKept = 5_000;
    private readonly ConcurrentDictionary<(string Id, bool Steers), (long Number, IReadOnlyList<QualityHint> Hints)> _known = new();

    /// <summary>The number of open hints by chain id, of the boxes that this viewer may see.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database cannot be read now.</exception>
    [Demands(ViewerRights.Chains, Or = ViewerRights.EditChains)]
    public async Task<IReadOnlyDictionary<string, int>> OpenHintsAsync(
        Viewer viewer, IReadOnlyCollection<ChainSummary> shown, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shown);
        if (shown.Count == 0) return new Dictionary<string, int>();
        // Facilitators also see zones that are not revealed yet; all others see the same.
        var steers = shown.ToDictionary(c => c.Id, c => ChainEditor.Of(viewer, c.Authority).MaySteer, StringComparer.Ordinal);
        List<string> stale = [.. shown.Where(c => !_known.TryGetValue((c.Id, steers[c.Id]), out var known) || known.Number < c.LastNumber)
            .Select(c => c.Id)];
        if (stale.Count > 0)
        {
            if (_known.Count > MostKept) _known.Clear();
            foreach (var (id, (number, document)) in await chains.ReadManyAsync(viewer, stale, cancellationToken))
                _known[(id, steers[id])] = (number, QualityHints.Of(document));
        }

        List<string> all = [.. shown.Select(c => c.Id)];
        var aside = await dismissals.ListAsync(viewer, all, cancellationToken);
        var present = await measured.ListAsync(viewer, all, cancellationToken);
        var open = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var chain in shown)
        {
            if (!_known.TryGetValue((chain.Id, steers[chain.Id]), out var known)) continue;
            var asked = present.TryGetValue(chain.Id, out var boxes) ? QualityHints.StillAsked(known.Hints, boxes) : known.Hints;
            open[chain.Id] = asked.Select(h => h.Key).Except(aside[chain.Id], StringComparer.Ordinal).Count();
        }

        return open;
    }
}
