using Portal.Features.Benefits.Figures;
using Portal.Features.Reports.Issued;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>What is different from the report before, and what the files of a report are called.</summary>
public sealed class IssuedFigureTests
{
    private static readonly Period Year = new(Month.Of(2026, 1), Month.Of(2026, 12));

    private static IssuedFigure Figure(string id, decimal? value, decimal? target = 1000) =>
        new("k", id, $"Gevinst {id}", value, target, "timer/år", nameof(BenefitState.OnTrack), nameof(SurenessLevel.Fair));

    [Fact]
    public void A_report_says_what_is_different_from_the_one_before()
    {
        var (before, now) = (
            new IssuedFigures([Figure("a", 758), Figure("b", 10), Figure("c", 5)]),
            new IssuedFigures([Figure("a", 1358), Figure("b", 10, 30), Figure("d", null)]));
        Assert.Equal(
            ["Gevinst a: 758 t → 1.358 t", "Gevinst b: målet er ændret fra 1.000 t til 30 t", "Gevinst d: ny, ingen data",
                "Gevinst c: er ikke med længere"],
            now.Since(before).Select(l => l.In(DanishFormat.Danish)));
        Assert.Empty(now.Since(now));
    }

    [Fact]
    public void Figures_that_are_kept_are_read_as_they_were_and_rubbish_is_nothing()
    {
        var figures = new IssuedFigures([Figure("a", 758.160m), Figure("b", null, null)]);
        Assert.Equal(figures.Figures, IssuedFigures.Read(figures.Write())!.Figures);
        Assert.Null(IssuedFigures.Read("{\"figures\":7}"u8.ToArray()));
    }

    [Fact]
    public void An_issued_report_is_compared_with_the_figures_now_benefit_by_benefit()
    {
        var rows = IssuedComparison.Of(
            new IssuedFigures([Figure("a", 758), Figure("b", 10), Figure("c", 5)]),
            new IssuedFigures([Figure("a", 1358), Figure("b", 10), Figure("d", null)]));
        Assert.Equal(
            [("Gevinst a", 600m, true), ("Gevinst b", 0m, false), ("Gevinst d", null, true), ("Gevinst c", null, true)],
            rows.Select(r => (r.Title, r.Difference, r.IsChanged)));
        Assert.Null(rows[2].Then);
        Assert.Null(rows[3].Now);
        Assert.Null((rows[0] with { Now = rows[0].Now! with { Unit = "kr." } }).Difference);
    }

    [Fact]
    public void An_English_report_has_an_English_file_name() => Assert.Equal(
        "benefit-report-all-effect-chains-no-3-2026-01-to-2026-12.pdf",
        ReportFileNames.Of("benefit-report", "", 3, Year, "pdf", isEnglish: true));

    [Theory]
    [InlineData("Bevis for digital post", 3, "gevinstrapport-bevis-for-digital-post-nr-3-2026-01-til-2026-12.pdf")]
    [InlineData("", null, "gevinstrapport-alle-effektkaeder-2026-01-til-2026-12.pdf")]
    [InlineData("???", null, "gevinstrapport-effektkaede-2026-01-til-2026-12.pdf")]
    [InlineData("Sag 0101011234", 1, "gevinstrapport-sag-nr-1-2026-01-til-2026-12.pdf")]
    public void A_file_says_chain_number_and_period_and_never_a_CPR_number(string title, int? number, string name) =>
        Assert.Equal(name, ReportFileNames.Of("gevinstrapport", title, number, Year, "pdf"));
}
