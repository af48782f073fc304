using Portal.Platform.Text;

namespace Portal.Features.Reports;

/// <summary>
/// Names the texts around reports (<c>ReportTexts.resx</c>, Danish; <c>.en.resx</c>, English). The report's own words are in
/// <see cref="Documents.ReportWords"/>.
/// </summary>
public sealed class ReportTexts
{
    private ReportTexts()
    {
    }

    /// <summary>A problem of the reports.</summary>
    public static ProblemText Of(string key, params object[] places) => new(typeof(ReportTexts), key, places);
}
