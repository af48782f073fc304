using Portal.Benefits.Formulas;
using Portal.Benefits.Indicators;
using Portal.Benefits.Problems;
using Portal.Shell;

namespace Portal.Benefits.Figures;

/// <summary>Finds benefits that count the same thing twice. Pure.</summary>
public static class DoubleCounting
{
    /// <summary>Pairs, each once.</summary>
    public static IReadOnlyList<DoubleCount> Find(IReadOnlyList<BenefitFigure> benefits)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        var found = new List<DoubleCount>();
        for (var n = 0; n < benefits.Count; n++)
        {
            for (var m = n + 1; m < benefits.Count; m++)
            {
                if (Why(benefits[n], benefits[m]) is { } why) found.Add(new DoubleCount(benefits[n], benefits[m], why));
            }
        }

        return found;
    }

    private static ProblemText? Why(BenefitFigure one, BenefitFigure other)
    {
        var (first, second) = (one.Definition, other.Definition);
        if (first.Kind != second.Kind || first.Kind == IndicatorKind.Described) return null;
        if (first.Kind == IndicatorKind.Counted)
        {
            return first.Measure == second.Measure && first.CaseType == second.CaseType && first.MessageType == second.MessageType ? ProblemTexts.Of("SameCounted") : null;
        }

        if (first.Kind == IndicatorKind.Calculated)
        {
            return Normal(first.Formula) == Normal(second.Formula) ? ProblemTexts.Of("SameFormula") :
                first.Form == second.Form && first.Form != BenefitForm.Quality && Names(first).Overlaps(Names(second)) ? ProblemTexts.Of("SameNumbers") : null;
        }

        return one.Measurements.Count > 2 && Values(one).SequenceEqual(Values(other)) ? ProblemTexts.Of("SameMeasurements") :
            first.Name.Length > 0 && first.Name.Equals(second.Name, StringComparison.OrdinalIgnoreCase) && first.Unit == second.Unit ? ProblemTexts.Of("SameName") : null;
    }

    private static IEnumerable<(DateTimeOffset, decimal?)> Values(BenefitFigure of) => MonthlyValues.Current(of.Measurements).Select(m => (m.At, m.Value));

    private static HashSet<string> Names(IndicatorDefinition indicator) => FormulaParser.Parse(indicator.Formula).Formula is { } formula
        ? FormulaNames.Of(formula).Where(n => n.Part == NamePart.Value && n.Name.Length > 0 && !n.Name.EndsWith(".minutter", StringComparison.OrdinalIgnoreCase)).Select(n => n.Name).ToHashSet(StringComparer.OrdinalIgnoreCase)
        : [];

    private static string Normal(string? formula) => string.Concat((formula ?? "").Where(c => !char.IsWhiteSpace(c))).Replace('*', '×').Replace('/', '÷').Replace('−', '-').ToLowerInvariant();
}
