using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;

namespace Portal.Features.Reports.Documents;

/// <summary>The foot of every page: what each figure rests on; for many figures how many rest on what.</summary>
internal static class ReportFooter
{
    // One line at the foot of an upright page.
    private const int Longest = 108;

    /// <summary>The line.</summary>
    public static string Of(ReportModel report, ReportLanguage words)
    {
        var chains = report.Chapters.Select(c => c.Benefits).ToList();
        var figures = chains.SelectMany(c => c.Benefits.Select(f => (Chain: c, Figure: f))).Where(
            f => f.Figure.Series.Value is not null && f.Figure.Definition.Kind != IndicatorKind.Described).ToList();
        if (figures.Count == 0) return words["FooterNothing"];
        var size = report.Checkpoint is { } checkpoint ? ReportInputs.SizeOf(checkpoint, words) : null;
        if (!report.IsOverview)
        {
            var named = string.Join(" · ", figures.Select(f => $"{words.NameOf(f.Figure)}: {Rests(f.Chain, f.Figure, size, words)}"));
            if (named.Length <= Longest) return named;
        }

        return Counted([.. figures.Select(f => f.Figure)], size, words);
    }

    private static string Rests(ChainBenefits chain, BenefitFigure figure, string? size, ReportLanguage words)
    {
        if (!ReportBasis.IsCounted(figure)) return ReportBasis.Of(chain, figure, words);
        var counted = ReportBasis.Counted(figure, figure.Series.Basis!.Value, words);
        return size is null ? counted : words["FooterLedger", counted, size];
    }

    private static string Counted(List<BenefitFigure> figures, string? size, ReportLanguage words)
    {
        var counted = figures.Count(f => f.Definition.Kind == IndicatorKind.Counted);
        var entered = figures.Count(f => f.Definition.Kind == IndicatorKind.ByHand);
        var calculated = figures.Count - counted - entered;
        var parts = new List<string>();
        if (counted > 0)
        {
            var text = counted == 1 ? words["FooterCountedOne"] : words["FooterCounted", counted];
            parts.Add(size is null ? text : words["FooterWithLedger", text, size]);
        }

        // The first part says that it is about numbers; those after it need not.
        if (entered > 0)
        {
            parts.Add((entered == 1, parts.Count == 0) switch
            {
                (true, true) => words["FooterEnteredOneFirst"],
                (true, false) => words["FooterEnteredOne"],
                (false, true) => words["FooterEnteredFirst", entered],
                _ => words["FooterEntered", entered],
            });
        }

        if (calculated > 0)
        {
            parts.Add((calculated == 1, parts.Count == 0) switch
            {
                (true, true) => words["FooterCalculatedOneFirst"],
                (true, false) => words["FooterCalculatedOne"],
                (false, true) => words["FooterCalculatedFirst", calculated],
                _ => words["FooterCalculated", calculated],
            });
        }

        return $"{words.Capital(words.List(parts))}; {words["FooterAnnex"]}";
    }
}
