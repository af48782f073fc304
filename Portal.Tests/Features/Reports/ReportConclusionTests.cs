using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Reports;
using Portal.Features.Reports.Documents;
using Portal.Platform.Text;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>The sentences of the conclusion, one branch at a time.</summary>
public sealed class ReportConclusionTests
{
    private static string Of(params BenefitFigure[] benefits) => ReportConclusion.Of(Given.Chain(benefits), 0, DanishFormat.Danish);

    private static string InEnglish(params BenefitFigure[] benefits) =>
        ReportConclusion.Of(Given.Chain(benefits), 0, CultureInfo.GetCultureInfo("en"));

    private static BenefitFigure Plain(string title, BenefitState state, bool negative = false) =>
        Given.Benefit(title, state, state is BenefitState.NoData or BenefitState.Described ? null : 3, negative: negative);

    public static TheoryData<string, string> Openings() => new()
    {
        { "", "Kæden har ingen gevinster endnu." },
        { "Described", "Gevinsten er beskrevet i ord og bliver ikke målt, så tallene kan ikke sige, om den er nået." },
        { "Described Described", "Gevinsterne er beskrevet i ord og bliver ikke målt, så tallene kan ikke sige, om de er nået." },
        { "NoData", "Der er ingen data for gevinsten i perioden, så det kan ikke siges, om den er nået." },
        { "NoData NoData", "Der er ingen data for gevinsterne i perioden, så det kan ikke siges, om de er nået." },
        { "NoData Described", "Der er ingen data i perioden for den gevinst, der skal måles, så det kan ikke siges, om den er nået." },
        { "NoData NoData Described",
            "Der er ingen data i perioden for de gevinster, der skal måles, så det kan ikke siges, om de er nået." },
        { "NothingToCompare", "Gevinsten er målt, men har hverken nulpunkt eller mål, så det kan ikke siges, om den er nået. "
            + "Tallet er sikkert." },
        { "NothingToCompare NoData",
            "Det kan ikke siges, om gevinsterne er nået: Ingen af dem har både data og et nulpunkt eller mål at holde dem op imod. "
                + "Tallet er sikkert." },
        { "Reached", "Gevinsten er nået. Tallet er sikkert." },
        { "ReachedUnsure", "Gevinsten er nået, men usikkert. Tallet er sikkert." },
        { "OnTrack", "Gevinsten er på vej. Tallet er sikkert." },
        { "Better", "Gevinsten er gået frem. Tallet er sikkert." },
        { "Behind", "Gevinsten er bagud. Tallet er sikkert." },
        { "Missed", "Gevinsten er ikke nået til tiden. Tallet er sikkert." },
        { "Unchanged", "Gevinsten har ikke flyttet sig. Tallet er sikkert." },
        { "Worse", "Gevinsten er gået tilbage. Tallet er sikkert." },
        { "Reached Described", "Den målte gevinst er nået. Tallet er sikkert." },
        { "Unchanged Described",
            "Den målte gevinst har ikke flyttet sig. Tallet er sikkert." },
        { "Reached Reached", "Begge gevinster er nået. Begge tal er sikre." },
        { "Unchanged Unchanged", "Ingen af de to gevinster har flyttet sig. Begge tal er sikre." },
        { "Behind Behind Described",
            "Begge målte gevinster er bagud. Begge tal er sikre." },
        { "OnTrack OnTrack OnTrack", "Alle tre gevinster er på vej. Alle tre tal er sikre." },
        { "Reached Worse", "Af to gevinster er én nået og én gået tilbage. Begge tal er sikre." },
        { "Behind Reached OnTrack", "Af tre gevinster er én nået, én på vej og én bagud. Alle tre tal er sikre." },
        { "Reached Reached Unchanged Better NoData",
            "Af fire målte gevinster er to nået, én gået frem og én uden ændring. Der er ingen data for »Femte nummer«. "
                + "Alle fire tal er sikre." },
        { "Reached NoData NoData", "Den målte gevinst er nået. Der er ingen data for »Toer« og »Tredje«. Tallet er sikkert." },
        { "Reached NoData NoData NoData", "Den målte gevinst er nået. Der er ingen data for »Toer« og to andre. Tallet er sikkert." },
        { "Reached NothingToCompare",
            "Den målte gevinst er nået. »Toer« er målt, men har hverken nulpunkt eller mål. Begge tal er sikre." },
    };

    [Theory, MemberData(nameof(Openings))]
    public void It_says_how_the_benefits_are_doing(string states, string text)
    {
        string[] titles = ["Et", "Toer", "Tredje", "Fjerde.", "Femte nummer"];
        Assert.Equal(text, Of(
            [.. states.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((s, n) => Plain(titles[n], Enum.Parse<BenefitState>(s)))]));
    }

    [Fact]
    public void It_answers_whether_how_sure_and_why_and_repeats_nothing_of_the_tables()
    {
        var late = Given.Benefit("mindre spildtid.", BenefitState.Behind, 925, 0, 1000, "timer", form: BenefitForm.Time) with
        {
            Causes = [Given.Note(NoteKind.Cause, "Udbuddet trak ud")],
            Sureness = new Sureness(SurenessLevel.Unsure, [FigureTexts.Of("WhyMonths", 4, 10), FigureTexts.Of("WhyByHand")]),
        };
        var sure = Given.Benefit("Højere retssikkerhed", BenefitState.Reached, 98.6m, 0, 95, "%");
        Assert.Equal(
            "Af to gevinster er én nået og én bagud. Af to tal er ét sikkert og ét usikkert.\n"
                + "Ingen har besluttet, hvad den frigjorte tid skal bruges til.", Of(late, sure));
        Assert.Equal(
            "Of two benefits, one is reached and one is behind. Of two figures, one is certain and one is uncertain.\n"
                + "Nobody has decided what the time saved will be used for.", InEnglish(late, sure));
    }

    [Theory]
    [InlineData(BenefitState.Worse, "Den negative gevinst »En omstændelig anskaffelse« er blevet større.")]
    [InlineData(BenefitState.Behind, "Den negative gevinst »En omstændelig anskaffelse« er større end planlagt.")]
    public void The_cost_is_said_too(BenefitState state, string text) => Assert.Equal(
        $"Gevinsten er nået. {text} Begge tal er sikre.",
        Of(Plain("Et", BenefitState.Reached), Given.Benefit("En omstændelig anskaffelse.", state, 3.1m, 2.4m, 2, negative: true)));

    [Fact]
    public void A_cost_that_goes_as_planned_is_not() => Assert.Equal("Gevinsten er nået. Begge tal er sikre.", Of(
        Plain("Et", BenefitState.Reached),
        Given.Benefit("En omstændelig anskaffelse.", BenefitState.OnTrack, 3.1m, 2.4m, 2, negative: true)));

    [Fact]
    public void A_negative_benefit_without_data_is_named() =>
        Assert.Equal("Gevinsten er nået. Der er ingen data for »Prisen«. Tallet er sikkert.",
            Of(Plain("Et", BenefitState.Reached), Plain("Prisen", BenefitState.NoData, negative: true)));

    [Theory]
    [InlineData(0, "Kæden har ingen gevinster endnu.")]
    [InlineData(1, "Kæden har ingen gevinster endnu.\nÉt punkt skal besluttes.")]
    [InlineData(2, "Kæden har ingen gevinster endnu.\nTo punkter skal besluttes.")]
    [InlineData(12, "Kæden har ingen gevinster endnu.\n12 punkter skal besluttes.")]
    public void What_must_be_decided_is_counted(int decisions, string text) =>
        Assert.Equal(text, ReportConclusion.Of(Given.Chain(), decisions, DanishFormat.Danish));

    private static string OfAll(int decisions, params ChainBenefits[] chains) =>
        ReportOverviewConclusion.Of(chains, decisions, new ReportLanguage(DanishFormat.Danish));

    [Fact]
    public void Of_several_chains_it_counts_and_names_benefits_and_negative_ones_apart()
    {
        Assert.Equal("Der er ingen effektkæder at rapportere om.", OfAll(0));
        Assert.Equal("Rapporten dækker én effektkæde uden gevinster.", OfAll(0, Given.Chain()));
        Assert.Equal(
            "Rapporten dækker én effektkæde med to negative gevinster. Der er ingen data for to negative gevinster.\n"
                + "To negative gevinster har ingen ejer.",
            OfAll(0, Given.Chain(Given.Benefit("A", BenefitState.NoData, negative: true, owner: null),
                Given.Benefit("B", BenefitState.NoData, negative: true, owner: " "))));
        Assert.Equal(
            "Rapporten dækker to effektkæder med tre gevinster og én negativ. Af to målte gevinster er én nået og én bagud. "
                + "Der er ingen data for én gevinst.\nAlle tre tal er sikre.\n"
                + "Én gevinst og én negativ følger ikke planen; det er ikke forklaret. Én gevinst har ingen ejer. "
                + "To punkter skal besluttes.",
            OfAll(2,
                Given.Chain(Plain("Et", BenefitState.Reached), Given.Benefit("Prisen", BenefitState.Worse, 3, negative: true)),
                Given.Chain(Plain("Toer", BenefitState.Behind), Given.Benefit("Tredje", BenefitState.NoData, owner: null))));
    }
}
