using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Reports;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>The Danish sentences of the conclusion, one branch at a time.</summary>
public sealed class ReportConclusionTests
{
    private static string Of(params BenefitFigure[] benefits) => ReportConclusion.Of(Given.Chain(benefits), 0);

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
        { "NothingToCompare", "Gevinsten er målt, men har hverken nulpunkt eller mål, så det kan ikke siges, om den er nået." },
        { "NothingToCompare NoData",
            "Det kan ikke siges, om gevinsterne er nået: Ingen af dem har både data og et nulpunkt eller mål at holde dem op imod." },
        { "Reached", "Gevinsten er nået. Et: 3." },
        { "OnTrack", "Gevinsten er på vej. Et: 3." },
        { "Better", "Gevinsten er gået frem. Et: 3." },
        { "Behind", "Gevinsten er bagud. Et: 3." },
        { "Unchanged", "Gevinsten har ikke flyttet sig. Et: 3." },
        { "Worse", "Gevinsten er gået tilbage. Et: 3." },
        { "Reached Described", "Den målte gevinst er nået. Et: 3." },
        { "Reached Reached", "Begge gevinster er nået. Et: 3. Toer: 3." },
        { "Unchanged Unchanged", "Ingen af de to gevinster har flyttet sig. Et: 3. Toer: 3." },
        { "Behind Behind Described", "Begge målte gevinster er bagud. Et: 3. Toer: 3." },
        { "OnTrack OnTrack OnTrack", "Alle tre gevinster er på vej. Et: 3. Toer: 3. Tredje: 3." },
        { "Reached Worse", "Af to gevinster er én nået og én gået tilbage. Et: 3. Toer: 3." },
        { "Behind Reached OnTrack", "Af tre gevinster er én nået, én på vej og én bagud. Et: 3. Toer: 3. Tredje: 3." },
        { "Reached Reached Unchanged Better NoData", "Af fire målte gevinster er to nået, én gået frem og én uden ændring. Et: 3. Toer: 3. "
            + "Tredje: 3. Resten fremgår af tabellen. Der er ingen data for »Femte nummer«." },
        { "Reached NoData NoData", "Den målte gevinst er nået. Et: 3. Der er ingen data for »Toer« og »Tredje«." },
        { "Reached NoData NoData NoData", "Den målte gevinst er nået. Et: 3. Der er ingen data for »Toer« og to andre." },
        { "Reached NothingToCompare", "Den målte gevinst er nået. Et: 3. »Toer« er målt, men har hverken nulpunkt eller mål." },
    };

    [Theory, MemberData(nameof(Openings))]
    public void It_says_how_the_benefits_are_doing(string states, string text)
    {
        string[] titles = ["Et", "Toer", "Tredje", "Fjerde.", "Femte nummer"];
        Assert.Equal(text, Of(
            [.. states.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((s, n) => Plain(titles[n], Enum.Parse<BenefitState>(s)))]));
    }

    [Fact]
    public void Numbers_are_shown_against_baseline_target_and_what_was_expected() => Assert.Equal(
        "Af to gevinster er én nået og én på vej. Mindre spildtid: 925 t mod 0 t før; målet er 1.000 t (ventet 840–1.010). "
            + "Højere retssikkerhed: 98,6 % mod 0 % før; målet på 95 % er nået. "
            + "Frigjort tid er ikke penge, før nogen beslutter, hvad den skal bruges til.",
        Of(
            Given.Benefit("mindre spildtid.", BenefitState.OnTrack, 925, 0, 1000, "timer", form: BenefitForm.Time, low: 840, high: 1010),
            Given.Benefit("Højere retssikkerhed", BenefitState.Reached, 98.6m, 0, 95, "%")));

    [Fact]
    public void Time_and_money_are_never_added() => Assert.EndsWith(
        "Frigjort tid og penge er ikke lagt sammen.",
        Of(Given.Benefit("Tid", BenefitState.OnTrack, 9, 1, 10, "timer", form: BenefitForm.Time), Given.Benefit(
            "Penge", BenefitState.OnTrack, 9, 1, 10, "kr.", form: BenefitForm.Cash)), StringComparison.Ordinal);

    [Theory]
    [InlineData(BenefitState.Worse,
        "Gevinsten er nået. Et: 3. Den negative gevinst »En omstændelig anskaffelse« er blevet større: 3,1 mod 2,4 før; målet er 2.")]
    [InlineData(BenefitState.Behind,
        "Gevinsten er nået. Et: 3. Den negative gevinst »En omstændelig anskaffelse« er større end ventet: 3,1 mod 2,4 før; målet er 2.")]
    [InlineData(BenefitState.OnTrack, "Gevinsten er nået. Et: 3.")]
    public void The_cost_is_shown_too(BenefitState state, string text) =>
        Assert.Equal(text,
            Of(Plain("Et", BenefitState.Reached), Given.Benefit("En omstændelig anskaffelse.", state, 3.1m, 2.4m, 2, negative: true)));

    [Fact]
    public void A_negative_benefit_without_data_is_named() =>
        Assert.Equal("Gevinsten er nået. Et: 3. Der er ingen data for »Prisen«.",
            Of(Plain("Et", BenefitState.Reached), Plain("Prisen", BenefitState.NoData, negative: true)));

    [Theory]
    [InlineData(0, "Kæden har ingen gevinster endnu.")]
    [InlineData(1, "Kæden har ingen gevinster endnu. Ét punkt kræver en beslutning.")]
    [InlineData(2, "Kæden har ingen gevinster endnu. To punkter kræver en beslutning.")]
    [InlineData(12, "Kæden har ingen gevinster endnu. 12 punkter kræver en beslutning.")]
    public void What_must_be_decided_is_counted(int decisions, string text) =>
        Assert.Equal(text, ReportConclusion.Of(Given.Chain(), decisions));

    [Fact]
    public void Of_several_chains_it_counts()
    {
        Assert.Equal("Der er ingen effektkæder at rapportere om.", ReportConclusion.OfAll([], 0));
        Assert.Equal("Rapporten dækker én effektkæde uden gevinster.", ReportConclusion.OfAll([Given.Chain()], 0));
        Assert.Equal(
            "Rapporten dækker én effektkæde med to negative gevinster og ellers ingen gevinster. "
                + "Der er ingen data for nogen af gevinsterne. Ingen af gevinsterne har en ejer i linjen.",
            ReportConclusion.OfAll([Given.Chain(Given.Benefit("A", BenefitState.NoData, negative: true, owner: null),
                Given.Benefit("B", BenefitState.NoData, negative: true, owner: " "))], 0));
        Assert.Equal(
            "Rapporten dækker én effektkæde med én gevinst. Der er ingen data for gevinsten. Gevinsten mangler en ejer i linjen.",
            ReportConclusion.OfAll([Given.Chain(Given.Benefit("A", BenefitState.NoData, owner: null))], 0));
        Assert.Equal(
            "Rapporten dækker to effektkæder med tre gevinster og én negativ gevinst. Af to målte gevinster er én nået og én bagud. "
                + "Én negativ gevinst er blevet større. Der er ingen data for én af gevinsterne. "
                + "Én af gevinsterne mangler en ejer i linjen. To punkter kræver en beslutning.",
            ReportConclusion.OfAll(
                [
                    Given.Chain(Plain("Et", BenefitState.Reached), Given.Benefit("Prisen", BenefitState.Worse, 3, negative: true)),
                    Given.Chain(Plain("Toer", BenefitState.Behind), Given.Benefit("Tredje", BenefitState.NoData, owner: null)),
                ],
                2));
    }
}
