using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Portfolio;
using Portal.Features.Reports.Documents;

namespace Portal.Features.Reports;

/// <summary>Writes the automatic conclusion of several chains. Deterministic. Pure.</summary>
internal static class ReportOverviewConclusion
{
    /// <summary>The conclusion, a line for each question.</summary>
    /// <param name="decisions">How many decisions wait for an answer.</param>
    /// <param name="putOff">How many of them are postponed.</param>
    public static string Of(IReadOnlyList<ChainBenefits> chains, int decisions, ReportLanguage words, int putOff = 0)
    {
        if (chains.Count == 0) return words["NoChains"];
        var all = chains.SelectMany(c => c.Benefits).ToList();
        var positive = all.Where(b => !b.IsNegative).ToList();
        string[] lines =
        [
            string.Join(' ', Realised(chains, all, positive, words)), Sure(all, words),
            string.Join(' ', Why(all, decisions, putOff, words)),
        ];
        return string.Join('\n', lines.Where(l => l.Length > 0));
    }

    /// <summary>»fem gevinster og to negative«; empty for none.</summary>
    public static string Apart(IReadOnlyList<BenefitFigure> figures, ReportLanguage words)
    {
        var negative = figures.Count(f => f.IsNegative);
        var positive = figures.Count - negative;
        var benefits = positive == 1 ? words["CountBenefit"] : words["CountBenefits", words.InWords(positive)];
        return (positive, negative) switch
        {
            (0, 0) => "",
            (0, 1) => words["CountNegative"],
            (0, _) => words["CountNegatives", words.InWords(negative)],
            (_, 0) => benefits,
            (_, 1) => words["CountBothOne", benefits],
            _ => words["CountBoth", benefits, words.InWords(negative)],
        };
    }

    private static IEnumerable<string> Realised(
        IReadOnlyList<ChainBenefits> chains, List<BenefitFigure> all, List<BenefitFigure> positive, ReportLanguage words)
    {
        var covered = chains.Count == 1 ? words["CoversOne"] : words["Covers", words.InWords(chains.Count)];
        yield return all.Count == 0 ? words["CoversNothing", covered] : words["CoversWith", covered, Apart(all, words)];
        var compared = positive.Where(b => b.Standing.IsJudged).ToList();
        foreach (var form in (BenefitForm[])[BenefitForm.Time, BenefitForm.Cash])
        {
            if (ReportPortfolio.TotalOf([.. chains.Select(ChainProgress.From)], form) is ({ } realised, var agreed))
                yield return words[$"Gained{form}", words.Number(realised), words.Number(agreed)];
        }

        if (compared.Count > 0) yield return ReportConclusion.Standings(compared, positive.Count, words);
        if (all.Where(b => b.Standing.State == BenefitState.Described).ToList() is { Count: > 0 } described)
            yield return words.Capital(words["OnlyInWords", Apart(described, words)]);
        if (all.Where(b => b.Standing.State == BenefitState.Empty).ToList() is { Count: > 0 } empty)
            yield return words.Capital(words["NotWritten", Apart(empty, words)]);
        if (all.Where(b => b.Standing.State == BenefitState.NoData).ToList() is { Count: > 0 } silent)
            yield return words["NoDataIn", Apart(silent, words)];
    }

    private static string Sure(List<BenefitFigure> all, ReportLanguage words)
    {
        var measured = all.Where(b => b.HasNumber).ToList();
        return measured.Count == 0 ? "" : ReportConclusion.Levels([.. measured.Select(m => m.Sureness.Level)], words);
    }

    private static IEnumerable<string> Why(List<BenefitFigure> all, int decisions, int putOff, ReportLanguage words)
    {
        var off = all.Where(b => b.Standing.Deviates).ToList();
        if (off.Count > 0)
        {
            var explained = off.Count(f => f.Causes.Count > 0);
            yield return words.Capital(explained == off.Count ? words["OffAllExplained", Apart(off, words)]
                : explained == 0 ? words["OffNoneExplained", Apart(off, words)]
                : words["OffExplained", Apart(off, words), words.InWords(explained), words.InWords(off.Count - explained)]);
        }

        if (all.Where(b => !b.HasOwner).ToList() is { Count: > 0 } unowned)
            yield return words.Capital(words["Unowned", Apart(unowned, words)]);
        if (decisions > 0) yield return ReportConclusion.Waiting(decisions, words, putOff);
    }
}
