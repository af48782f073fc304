using Portal.Features.Benefits.Formulas;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Problems;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Figures;

/// <summary>Finds benefits that count the same thing twice. Pure.</summary>
public static class DoubleCounting
{
    /// <summary>The most pairs that are reported; nobody reads more.</summary>
    public const int MostPairs = 50;

    // What benefits are compared by, computed once for each.
    private sealed class Compared(BenefitFigure figure)
    {
        private readonly Lazy<string> _formula = new(() => Normal(figure.Definition.Formula));
        private readonly Lazy<HashSet<string>> _names = new(() => NamesOf(figure.Definition));
        private readonly Lazy<List<(DateTimeOffset, decimal?)>> _values =
            new(() => [.. MonthlyValues.Current(figure.Measurements).Select(m => (m.At, m.Value))]);

        public BenefitFigure Figure => figure;

        public string Formula => _formula.Value;

        public HashSet<string> Names => _names.Value;

        public List<(DateTimeOffset, decimal?)> Values => _values.Value;
    }

    /// <summary>Finds the pairs, each once, at most <see cref="MostPairs"/>.</summary>
    public static IReadOnlyList<DoubleCount> Find(IReadOnlyList<BenefitFigure> benefits)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        var found = new List<DoubleCount>();
        foreach (var kind in benefits.Where(b => b.Definition.Kind != IndicatorKind.Described).GroupBy(b => b.Definition.Kind))
        {
            var alike = kind.Select(b => new Compared(b)).ToList();
            for (var n = 0; n < alike.Count; n++)
            {
                for (var m = n + 1; m < alike.Count && found.Count < MostPairs; m++)
                {
                    if (Why(alike[n], alike[m]) is { } why) found.Add(new DoubleCount(alike[n].Figure, alike[m].Figure, why));
                }
            }
        }

        return found;
    }

    private static ProblemText? Why(Compared one, Compared other)
    {
        var (first, second) = (one.Figure.Definition, other.Figure.Definition);
        if (first.Kind == IndicatorKind.Counted)
        {
            return first.Measure == second.Measure && first.CaseType == second.CaseType && first.MessageType == second.MessageType
                ? ProblemTexts.Of("SameCounted")
                : null;
        }

        if (first.Kind == IndicatorKind.Calculated)
        {
            return one.Formula == other.Formula ? ProblemTexts.Of("SameFormula") :
                first.Form == second.Form && first.Form != BenefitForm.Quality && one.Names.Overlaps(other.Names)
                    ? ProblemTexts.Of("SameNumbers") : null;
        }

        return one.Figure.Measurements.Count > 2 && one.Values.SequenceEqual(other.Values) ? ProblemTexts.Of("SameMeasurements") :
            first.Name.Length > 0 && first.Name.Equals(second.Name, StringComparison.OrdinalIgnoreCase) && first.Unit == second.Unit
                ? ProblemTexts.Of("SameName") : null;
    }

    private static HashSet<string> NamesOf(IndicatorDefinition indicator) => ParsedFormula.Of(indicator.Formula).Names
        .Where(n => n.Part == NamePart.Value && n.Name.Length > 0 && !n.Name.EndsWith(".minutter", StringComparison.OrdinalIgnoreCase))
        .Select(n => n.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static string Normal(string? formula) => string.Concat((formula ?? "").Where(c => !char.IsWhiteSpace(c))).Replace('*', '×')
        .Replace('/', '÷').Replace('−', '-').ToLowerInvariant();
}
