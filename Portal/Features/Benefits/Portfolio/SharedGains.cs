using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;

namespace Portal.Features.Benefits.Portfolio;

/// <summary>Two chains' benefits that seem to count the same hours or kroner.</summary>
public sealed record SharedGain(ChainBenefits OneChain, BenefitFigure One, ChainBenefits OtherChain, BenefitFigure Other);

/// <summary>
/// Finds hours and kroner that two chains both count, since a total would hold them twice: the same thing counted from the log, or the same
/// numbers month by month. Pure.
/// </summary>
public static class SharedGains
{
    /// <summary>The most pairs that are reported; nobody reads more.</summary>
    public const int MostPairs = 50;

    // One month can be alike by chance.
    private const int LeastMonths = 2;

    /// <summary>The pairs of different chains, each once, at most <see cref="MostPairs"/>.</summary>
    public static IReadOnlyList<SharedGain> Find(IReadOnlyList<ChainBenefits> chains)
    {
        ArgumentNullException.ThrowIfNull(chains);
        var all = chains.SelectMany(c => c.Benefits.Where(IsGain).Select(b => (Chain: c, Figure: b))).ToList();
        var found = new List<SharedGain>();
        foreach (var alike in all.GroupBy(b => MarkOf(b.Figure)).Where(g => g.Count() > 1).Select(g => g.ToList()))
        {
            for (var n = 0; n < alike.Count; n++)
            {
                for (var m = n + 1; m < alike.Count && found.Count < MostPairs; m++)
                {
                    if (alike[n].Chain.Chain.Id != alike[m].Chain.Chain.Id)
                        found.Add(new SharedGain(alike[n].Chain, alike[n].Figure, alike[m].Chain, alike[m].Figure));
                }
            }
        }

        return found;
    }

    private static bool IsGain(BenefitFigure figure) => figure.Definition.Form is BenefitForm.Time or BenefitForm.Cash
        && figure.Series.Points.Count(p => p.Value != 0) >= LeastMonths;

    private static string MarkOf(BenefitFigure figure) => figure.Definition.Kind == IndicatorKind.Counted
        ? $"{figure.Definition.Form} {figure.Definition.Measure} {figure.Definition.CaseType} {figure.Definition.MessageType}"
        : $"{figure.Definition.Form} {string.Join(' ', figure.Series.Points.Select(p =>
            $"{p.Month}:{p.Value.ToString("0.######", CultureInfo.InvariantCulture)}"))}";
}
