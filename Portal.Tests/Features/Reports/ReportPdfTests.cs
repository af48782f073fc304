using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Reports;
using Portal.Features.Reports.Documents;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;
using Portal.Tests.Features.Chains;
using Portal.Tests.Platform.Documents;
using Portal.Tests.Platform.Documents.Pdf;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>Benefit reports as PDF, read back: accessible, and with the page's words.</summary>
public sealed class ReportPdfTests
{
    [Fact]
    public async Task The_report_of_a_chain_is_accessible_and_says_what_the_page_says()
    {
        await using var fixture = new ReportFixture();
        Check(fixture.Build(ReportSample.Chain()));
    }

    [Fact]
    public async Task A_report_with_a_long_title_and_foreign_names_is_accessible_and_says_what_the_page_says()
    {
        await using var fixture = new ReportFixture();
        var chain = ReportSample.Chain();
        Check(fixture.Build(chain with
        {
            Document = chain.Document with
            {
                Title = $"Nguyễn, Łódź, Ωμέγα, Москва <b>&amp; {string.Concat(Enumerable.Repeat("gevinst ", 250))}",
            },
        }));
    }

    [Fact]
    public async Task A_chain_without_benefits_has_a_report_too()
    {
        await using var fixture = new ReportFixture();
        Check(fixture.Build(Given.Chain()));
    }

    private static void Check(ReportModel report)
    {
        foreach (var language in (CultureInfo[])[DanishFormat.Danish, CultureInfo.GetCultureInfo("en")]) CheckIn(report, language);
    }

    private static void CheckIn(ReportModel report, CultureInfo language)
    {
        var document = ReportDocumentBuilder.Build(report, language);
        Assert.NotEmpty(PdfSamples.Checked(document));
        Assert.Equal(DocumentWords.Bare(string.Concat(DocumentWords.Of(document))), DocumentWords.OnPage(document));
    }
}
