using System.Globalization;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Examples;
using Portal.Features.Chains.Hints;
using Portal.Features.Chains.Layout;
using Xunit;

namespace Portal.Tests.Features.Chains;

public sealed class HintTests
{
    private static readonly ChainExamples Examples = new();

    private static string[] Of(ChainDocument document) => [.. QualityHints.Of(document).Select(h => h.Key)];

    private static ChainDocument With(ChainDocument document, string id, params (string Property, string Value)[] values) =>
        ChainApply.Apply(document, values.Select(v => new SetValue(id, v.Property, v.Value)));

    [Fact]
    public void An_empty_chain_gets_no_hints() => Assert.Empty(Of(ChainGen.Chain("n:note")));

    [Fact]
    public void Each_hint_leads_to_its_box()
    {
        var document =
            ChainGen.Chain("d:problem", "t:technology:Tvist1 og Beskedfordeler", "c:capability:Status i Tvist1", "f:future", "g:benefit");
        Assert.Equal(
            [
                "ProblemWithoutVolume:d", "ProblemWithoutConsequence:d", "BrokenChain:d", "CapabilityNotWeCan:c",
                "CapabilityNamesProduct:c", "FutureWithoutProblem:f", "BenefitFromNowhere:g", "BenefitWithoutIndicator:g",
                "BenefitWithoutOwner:g", "BenefitWithoutBaseline:g", "BenefitWithoutTarget:g", "BenefitWithoutFollowUp:g",
                "NoPurpose:", "NoNegativeBenefit:", "NoStoppingBehaviour:",
            ],
            Of(document));
    }

    [Fact]
    public void A_chain_that_says_all_gets_no_hint()
    {
        var document = ChainGen.Chain("p:purpose", "d:problem>f", "c:capability:Vi kan se det>f", "f:future>x",
            "x:difference:Fra 550 til 0>g", "g:benefit", "n:negative-benefit", "b:new-behaviour>g");
        document = With(
            document, "d", (ElementProperty.VolumeLow, "500"), (ElementProperty.VolumeHigh, "600"), (ElementProperty.Consequence, "spild"));
        document = ChainApply.Apply(document, new Connect("d", "x"));
        document = With(
            document, "g", (ElementProperty.Owner, "PM"), (ElementProperty.IndicatorUnit, "t"), (ElementProperty.IndicatorBaseline, "9"),
            (ElementProperty.IndicatorTarget, "0"), (ElementProperty.IndicatorFollowUp, "2027-01-01"));
        document = With(document, "b", (ElementProperty.Start, "spørger"), (ElementProperty.Stop, "gætter"));
        Assert.Empty(Of(document));
    }

    [Fact]
    public void What_is_said_where_a_benefit_is_measured_is_not_asked_for_at_its_box()
    {
        var hints = QualityHints.Of(ChainGen.Chain("p:purpose", "g:benefit", "h:benefit"));
        string[] Asked(params (string Box, MeasuredBox Text)[] measured) => [.. QualityHints.StillAsked(
            hints, measured.ToDictionary(m => m.Box, m => m.Text)).Where(h => h.ElementId == "g").Select(h => h.Kind.ToString())];

        Assert.Equal(["BenefitFromNowhere", "BenefitWithoutIndicator", "BenefitWithoutBaseline", "BenefitWithoutTarget",
            "BenefitWithoutFollowUp"], Asked(("g", new MeasuredBox(false, true, false, false, false))));
        Assert.Equal(["BenefitFromNowhere"], Asked(("g", new MeasuredBox(true, true, true, true, true))));
        Assert.Equal(6, Asked(("h", new MeasuredBox(true, true, true, true, true))).Length);
    }

    [Theory]
    [InlineData("Fra 550 tvister til 0", false)]
    [InlineData("Fra 500–600 om året", false)]
    [InlineData("Ca. 999 timer sparet", false)]
    [InlineData("10 % færre", false)]
    [InlineData("45 om måneden", true)]
    [InlineData("Fra 5.000 til ingen", true)]
    [InlineData("Færre", false)]
    public void Numbers_in_the_difference_are_compared_with_the_problem_and_the_future(string text, bool disagrees)
    {
        var document = With(ChainGen.Chain("d:problem>x", $"x:difference:{text}"), "d",
            (ElementProperty.VolumeLow, "500"), (ElementProperty.VolumeLikely, "550"), (ElementProperty.VolumeHigh, "600"),
            (ElementProperty.VolumePer, "year"), (ElementProperty.VolumeShare, "0.1"), (ElementProperty.MinutesEach, "109"));
        Assert.Equal(disagrees, Of(document).Contains("NumbersDisagree:x"));
    }

    [Fact]
    public void A_circle_of_links_is_walked_once() =>
        Assert.Contains("BrokenChain:d", Of(ChainGen.Chain("d:problem>f", "f:future>x", "x:difference>d")));

    [Fact]
    public void The_worked_chains_hang_together()
    {
        foreach (var example in Examples.All)
        {
            var hints = QualityHints.Of(example.Document).Select(h => h.Kind).Distinct().ToList();
            Assert.DoesNotContain(hints, h => h is HintKind.BrokenChain or HintKind.NumbersDisagree or HintKind.FutureWithoutProblem
                or HintKind.CapabilityNotWeCan or HintKind.CapabilityNamesProduct or HintKind.NoPurpose);
        }

        Assert.Equal([20, 12, 12], Examples.All.Select(e => e.Document.Present.Count()));
    }

    [Fact]
    public void Links_are_suggested_between_kinds_that_belong_together_and_never_twice()
    {
        var document = ChainGen.Chain("d:problem", "t:technology>c", "c:capability", "f:future");
        Assert.Equal([new("d", "f"), new("c", "f")], SuggestedLinks.All(document));
        Assert.Equal([new("c", "f"), new("d", "f")], SuggestedLinks.For(document, "f").OrderBy(l => l.From, StringComparer.Ordinal));
        Assert.Empty(SuggestedLinks.For(document, "findes ikke"));
    }

    [Fact]
    public void The_chain_reads_as_one_sentence_in_danish()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("da");
        var sentence = new ChainSentence(ChainFixture.Texts<HintTexts>(), ChainFixture.Texts<LayoutTexts>());
        Assert.Equal(
            "Fordi formålet er dette: lederne bliver i jobbet og har mere tid til deres medarbejdere, "
            + "har vi dette problem: lederen kontrollerer selv i hånden, før der bliver handlet (10 min. hver). "
            + "Med en it-løsning, der udfører kontrollen af sig selv kan vi lade kontrollen ske automatisk, "
            + "så fremtiden bliver sådan: lederen kontrollerer kun selv nogle få gange om året. "
            + "Forskellen – langt færre kontroller i hånden, og ingen for sent – giver disse gevinster: lederne er gladere for deres "
            + "arbejde; og tid, der kan bruges på personaleledelse, "
            + "hvis lederen holder øje med de opgaver, der fortsat løses i hånden; og lederen lægger den sparede tid hos medarbejderne, "
            + "selv om der er denne ulempe: automatikken bliver betroet for meget, så fejl overses.",
            sentence.Of(Examples.All[1].Document));
        Assert.Equal("", sentence.Of(ChainDocument.Empty));
        Assert.Contains("…", sentence.Of(ChainGen.Chain("d:problem")), StringComparison.Ordinal);
    }
}
