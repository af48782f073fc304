using Bunit;
using Portal.Features.Benefits.Figures;
using Portal.Features.Overview;
using Portal.Features.Reports.Documents;
using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Platform.Text;
using Portal.Tests.Features.Benefits;
using Portal.Tests.Features.Reports;
using Xunit;

namespace Portal.Tests.Features.Overview;

/// <summary>The overview and the report over all chains count the same benefits: what one says, a reader finds in the other.</summary>
public sealed class CountsAgreeTests
{
    private static readonly BenefitState[] Off = [BenefitState.Behind, BenefitState.Missed, BenefitState.Unchanged, BenefitState.Worse];
    private static readonly BenefitState[] Good =
        [BenefitState.Reached, BenefitState.ReachedUnsure, BenefitState.OnTrack, BenefitState.Better];

    // Every state twice, once of a negative benefit, with and without an owner; three quarters of the judged have a sure number.
    private static ChainBenefits[] Chains { get; } = [.. Enum.GetValues<BenefitState>().Chunk(5).Select((states, chain) => Given.Chain(
        $"Kæde {new string('x', chain + 1)}", [.. states.SelectMany((state, n) => new[] { false, true }.Select(negative => Given.Benefit(
            $"Gevinst {new string('y', (n * 2) + (negative ? 1 : 0))}", state, Off.Contains(state) || Good.Contains(state) ? 3 : null,
            negative: negative, owner: n % 2 == 0 ? "P. Madsen" : " ") with
        {
            Sureness = new Sureness(n == 1 ? SurenessLevel.Unsure : SurenessLevel.Sure, []),
        }))]))];

    [Fact]
    public async Task What_the_overview_counts_is_what_the_report_counts()
    {
        await using var reports = new ReportFixture();
        var document = ReportDocumentBuilder.Build(reports.Builder.BuildAll(Chains, "", Given.Year, null, null), DanishFormat.Danish);
        var states = ReportReading.Tables(document).Single(t => t.Head.Contains("heraf forværret"));
        int Column(string name) => int.Parse(states.Rows[^1][states.Head.ToList().IndexOf(name)][0], DanishFormat.Danish);
        int Sum(IEnumerable<BenefitState> of) => of.Sum(s => Column(Capital(BenefitFormat.State(s))));

        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        var overview = fixture.Render<BenefitQuestions>(p => p.Add(x => x.Viewer, fixture.Viewer).Add(x => x.Chains, Chains));
        var text = overview.Markup;
        Assert.Contains($"{Sum(Good)} af de {Sum(Good) + Sum(Off)} målte gevinster", text, StringComparison.Ordinal);
        Assert.Contains(
            $"af i alt {Column("Gevinster")} gevinster og {Column("Negative")} negative har tal", text, StringComparison.Ordinal);

        // The report's own sentence on how sure the numbers are, and the list of those without an owner.
        var answers = BenefitAnswers.Of(Chains, fixture.Viewer);
        var report = ReportReading.Text(document);
        string[] words =
            ["nul", "ét", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "11", "12", "13", "14", "15", "16"];
        Assert.Contains($"Af {words[answers.Benefits.Numbers + answers.Negative.Numbers]} tal er", report, StringComparison.Ordinal);
        Assert.Contains($"{words[answers.Benefits.Unsure + answers.Negative.Unsure]} usikre", report, StringComparison.Ordinal);
        var unowned = $"{Capital(words[answers.Benefits.Ownerless])} gevinster og {words[answers.Negative.Ownerless]} negative";
        Assert.Contains($"{unowned} har ingen ejer", report, StringComparison.Ordinal);
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
