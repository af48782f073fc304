using System.Runtime.CompilerServices;
using Portal.Features.Chains.Hints;
using Portal.Features.Chains.Storage;

namespace Portal.Features.Chains.Canvas;

/// <summary>The hints of a chain that are not dismissed, computed once for all that show them.</summary>
/// <param name="View">The view that the hints were computed from; null for a reader who is shown no hints.</param>
/// <param name="Dismissed">The dismissed hints.</param>
/// <param name="Measured">What the benefits know of each measured box, by box id.</param>
/// <param name="All">The open hints, in the method's order.</param>
/// <param name="ByBox">The number of open hints by box id.</param>
internal sealed record ActiveHints(ChainView? View, IReadOnlyList<HintDismissal> Dismissed,
    IReadOnlyDictionary<string, MeasuredBox> Measured, IReadOnlyList<QualityHint> All, Dictionary<string, int> ByBox)
{
    private static readonly ConditionalWeakTable<ChainView, ActiveHints> Whole = [];

    /// <summary>Computes the hints. Where nothing is dismissed or measured, everyone with the same view shares the result.</summary>
    public static ActiveHints For(ChainView? view, IReadOnlyList<HintDismissal> but, IReadOnlyDictionary<string, MeasuredBox> measured) =>
        view is null || but.Count + measured.Count > 0
            ? Work(view, but, measured)
            : Whole.GetValue(view, v => Work(v, [], new Dictionary<string, MeasuredBox>())) with { Dismissed = but, Measured = measured };

    private static ActiveHints Work(ChainView? view, IReadOnlyList<HintDismissal> but, IReadOnlyDictionary<string, MeasuredBox> measured)
    {
        var aside = but.Select(d => d.Hint).ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<QualityHint> all =
            view is null ? [] : [.. QualityHints.StillAsked(view.Hints, measured).Where(h => !aside.Contains(h.Key))];
        return new ActiveHints(view, but, measured, all, all.Where(h => h.ElementId is not null)
            .CountBy(h => h.ElementId!, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal));
    }
}
