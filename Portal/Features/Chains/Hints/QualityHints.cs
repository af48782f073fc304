using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Hints;

/// <summary>Checks a chain against the method, and for CPR numbers. Pure.</summary>
public static class QualityHints
{
    /// <summary>
    /// The hints: CPR numbers first, then those on boxes in reading order, then those on the whole chain. An empty chain has none of the
    /// method's.
    /// </summary>
    public static IReadOnlyList<QualityHint> Of(ChainDocument document)
    {
        var all = ChainOrder.Read(document);
        var boxes = all.Where(b => !b.Withheld).ToList();
        var hints = boxes.Where(ChainMask.Holds).Select(b => new QualityHint(HintKind.LooksLikeCpr, b.Id)).ToList();
        if (ChainMask.HoldsBesidesBoxes(document)) hints.Add(new(HintKind.LooksLikeCpr, null));
        if (!boxes.Exists(b => b.Kind != ChainKind.Note)) return hints;
        var reachability = new Reachability(document);
        var products = ProductNames.Of(boxes.Where(b => b.Kind == ChainKind.Technology).Select(b => b.Text));
        hints.AddRange(boxes.SelectMany(b => OfBox(b, reachability, products, all).Select(kind => new QualityHint(kind, b.Id))));
        bool Any(ChainKind kind) => boxes.Exists(b => b.Kind == kind);

        if (!Any(ChainKind.Purpose)) hints.Add(new(HintKind.NoPurpose, null));
        if (!Any(ChainKind.NegativeBenefit) && Any(ChainKind.Benefit)) hints.Add(new(HintKind.NoNegativeBenefit, null));
        if ((Any(ChainKind.Benefit) || Any(ChainKind.NewBehaviour)) && !boxes.Exists(
            b => b is { Kind: ChainKind.NewBehaviour, Stop: not null } or { Kind: ChainKind.NewBehaviour, InsteadOf: not null }))
        {
            hints.Add(new(HintKind.NoStoppingBehaviour, null));
        }

        return hints;
    }

    /// <summary>The hints that the measured benefits do not answer already.</summary>
    /// <param name="measured">By box id.</param>
    public static IReadOnlyList<QualityHint> StillAsked(IReadOnlyList<QualityHint> hints, IReadOnlyDictionary<string, MeasuredBox> measured)
    {
        ArgumentNullException.ThrowIfNull(hints);
        ArgumentNullException.ThrowIfNull(measured);
        return measured.Count == 0
            ? hints
            : [.. hints.Where(h => h.ElementId is not { } id || measured.GetValueOrDefault(id)?.Answers(h.Kind) != true)];
    }

    private static IEnumerable<HintKind> OfBox(
        ChainElement box, Reachability reachability, IReadOnlySet<string> products, IReadOnlyList<ChainElement> all)
    {
        switch (box.Kind)
        {
            case ChainKind.Problem:
                if (box.Volume is null or { Count: null, Share: null }) yield return HintKind.ProblemWithoutVolume;
                if (box.Consequence is null) yield return HintKind.ProblemWithoutConsequence;
                if (!reachability.LeadsTo(box.Id, ChainKind.Benefit)) yield return HintKind.BrokenChain;
                break;
            case ChainKind.Capability:
                if (!ChainSentence.BeginsWithWeCan(box.Text)) yield return HintKind.CapabilityNotWeCan;
                if (ProductNames.AnyIn(box.Text, products)) yield return HintKind.CapabilityNamesProduct;
                break;
            case ChainKind.Future:
                if (!reachability.ComesFrom(box.Id, ChainKind.Problem)) yield return HintKind.FutureWithoutProblem;
                break;
            case ChainKind.Difference:
                if (DifferenceNumbers.Disagree(box, reachability, all)) yield return HintKind.NumbersDisagree;
                break;
            case ChainKind.Benefit:
                if (!reachability.HasSource(box.Id)) yield return HintKind.BenefitFromNowhere;
                if (box.Get(ElementProperty.IndicatorUnit) is null && box.Get(ElementProperty.IndicatorName) is null)
                    yield return HintKind.BenefitWithoutIndicator;
                if (box.Owner is null) yield return HintKind.BenefitWithoutOwner;
                if (box.Get(ElementProperty.IndicatorBaseline) is null) yield return HintKind.BenefitWithoutBaseline;
                if (box.Get(ElementProperty.IndicatorTarget) is null) yield return HintKind.BenefitWithoutTarget;
                if (box.Get(ElementProperty.IndicatorFollowUp) is null) yield return HintKind.BenefitWithoutFollowUp;
                break;
        }
    }
}
