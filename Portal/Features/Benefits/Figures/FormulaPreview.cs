using Portal.Features.Benefits.Indicators;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Figures;

/// <summary>The value of an unsaved formula with the chain's current numbers. Pure.</summary>
/// <param name="Value">The period's value; null when data is missing or it cannot be calculated.</param>
/// <param name="Problem">Why it cannot be calculated; null when it can.</param>
public sealed record FormulaPreview(decimal? Value, ProblemText? Problem)
{
    /// <summary>Evaluates the formula.</summary>
    /// <param name="id">The box whose formula it is.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static FormulaPreview Of(ChainBenefits benefits, string id, IndicatorDefinition wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        ArgumentNullException.ThrowIfNull(wanted);
        var others = benefits.All.Where(f => f.Element.Id != id).ToDictionary(f => f.Element.Id, f => f.Definition, StringComparer.Ordinal);
        if (IndicatorRules.FormulaProblems(id, wanted, others, benefits.Inputs) is { } problem) return new FormulaPreview(null, problem);
        var known = benefits.All.Where(f => f.Element.Id != id && f.Definition.Kind != IndicatorKind.Calculated)
            .ToDictionary(f => f.Element.Id, f => f.Series, StringComparer.Ordinal);
        var all = new Dictionary<string, IndicatorDefinition>(others, StringComparer.Ordinal) { [id] = wanted };
        var series = new CalculatedSeries(all, known, benefits.Inputs, benefits.Period).Work(cancellationToken)[id];
        return new FormulaPreview(series.Value, series.Value is null ? series.Problem : null);
    }
}
