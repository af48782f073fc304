namespace Portal.Features.Reports.Documents;

/// <summary>Names a report's words (<c>ReportWords.resx</c>, Danish; <c>.en.resx</c>, English); see <see cref="ReportLanguage"/>.</summary>
public sealed class ReportWords
{
    private ReportWords()
    {
    }
}
