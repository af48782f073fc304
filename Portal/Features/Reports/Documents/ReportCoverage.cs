using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;

namespace Portal.Features.Reports.Documents;

/// <summary>In how many months a benefit is measured, and when last; the rule is <see cref="MeasuredMonths"/>.</summary>
internal static class ReportCoverage
{
    /// <summary>»målt i 4 af årets 12 måneder, sidst i april«; empty without numbers.</summary>
    public static string Of(ChainBenefits benefits, BenefitFigure figure, ReportLanguage words)
    {
        if (figure.Definition.Kind == IndicatorKind.Described || figure.Series.Value is null) return "";
        if (MeasuredMonths.Of(figure, benefits.Period, benefits.Today) is not { } months) return words["MeasuredBefore"];
        var last = words.MonthOf(months.Last, benefits.Period);
        return months.Due == 0 ? words["MeasuredEarly", last] : words[$"Measured{months.Unit}", months.Measured, months.Due, last];
    }
}
