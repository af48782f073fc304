using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Portfolio;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Reports.Documents;

/// <summary>
/// Freed time and money of a chain, and what the initiative costs. Time and money are never added; what hours are worth is said apart, and
/// only when the chain has agreed on the price of an hour.
/// </summary>
internal static class ReportFreed
{
    private const string Kroner = "kr.";

    /// <summary>Adds it; nothing when the chain has neither.</summary>
    public static void AddFreed(this DocumentBuilder document, ChainBenefits benefits, int level, ReportLanguage words)
    {
        var facts = Facts(benefits, words).ToList();
        if (facts.Count == 0) return;
        document.Keep(kept => kept.Heading(level, words["Freed"]).Facts(names =>
        {
            foreach (var (name, text) in facts) names.Add(name, text);
        }));
    }

    /// <summary>The agreed price of an hour; null when there is none, or nothing to price.</summary>
    public static (Gain Time, InputFact Price)? PricedOf(ChainBenefits benefits) =>
        ChainProgress.From(benefits).Time is { Realised: not null } time
        && benefits.Inputs.Find(InputKey.OfChain(InputPart.HourPrice)) is { Latest.Value: not null } price
            ? (time, price)
            : null;

    /// <summary>What has come of what is agreed: »758 t af 1.000 t om året«.</summary>
    public static string OfAgreed(Gain gain, ReportLanguage words) => (gain.Realised, gain.Expected) switch
    {
        (null, _) => words["NothingOfAgreed", gain.ExpectedIn(words.Culture)],
        (_, 0) => gain.RealisedIn(words.Culture),
        _ => words["OfAgreed", gain.RealisedIn(words.Culture), gain.ExpectedIn(words.Culture)],
    };

    /// <summary>An agreed price, with its øre.</summary>
    public static string PriceOf(InputFact price, ReportLanguage words) =>
        words.Text(Deviations.Shown(price.Key.Part, price.Latest.Value));

    /// <summary>Who answers for an agreed number, where it comes from, and since when it holds.</summary>
    public static string SaidBy(InputFact fact, ReportLanguage words)
    {
        var latest = fact.Latest;
        var by = string.IsNullOrWhiteSpace(latest.Owner) ? latest.By : latest.Owner;
        var said = latest.Source.Length > 0 ? words["SaidByWithSource", by, latest.Source] : words["SaidBy", by];
        return InputExplanation.Since(fact) is { } since ? $"{said}, {words.Text(since)}" : said;
    }

    private static IEnumerable<(string Name, string Text)> Facts(ChainBenefits benefits, ReportLanguage words)
    {
        var progress = ChainProgress.From(benefits);
        if (progress.Time is { } time) yield return (words["FreedTime"], OfAgreed(time, words));
        if (PricedOf(benefits) is var (freed, price) && ReportCalculation.WorthOf(freed, price.Latest.Value!.Value) is { } worth)
        {
            yield return (words["Worth"], words["WorthOf", words.Amount(worth, Kroner), PriceOf(price, words),
                SaidBy(price, words)]);
        }
        else if (progress.Time is { Realised: not null })
        {
            yield return (words["Worth"], words["WorthUnsaid"]);
        }

        foreach (var figure in benefits.Benefits.Where(b => b is { IsNegative: false, Definition.Form: BenefitForm.Time }))
            yield return (words["UsedFor"], $"{words.Quoted(words.NameOf(figure))}: {UseOf(figure, words)}");
        if (progress.Cash is { } cash) yield return (words["Money"], OfAgreed(cash, words));
        if (benefits.Inputs.Find(InputKey.OfChain(InputPart.InitiativeCost)) is { Latest.Value: not null } initiative)
            yield return (words["InitiativeCost"], $"{PriceOf(initiative, words)}, {SaidBy(initiative, words)}");
        var measuring = benefits.All.Where(f => !string.IsNullOrWhiteSpace(f.Definition.MeasuringCost))
            .Select(f => $"{words.Quoted(words.NameOf(f))}: {Punctuation.Bare(f.Definition.MeasuringCost!)}").ToList();
        if (measuring.Count > 0) yield return (words["MeasuringCost"], string.Join("; ", measuring));
    }

    private static string UseOf(BenefitFigure figure, ReportLanguage words)
    {
        var (definition, time) = (figure.Definition, figure.FreedTime);
        if (figure.TimeUse is not { } use) return words["UseUnsaid"];
        string?[] parts =
        [
            Punctuation.Bare(use),
            string.IsNullOrWhiteSpace(definition.TimeUseOwner) ? null : words["UseOwner", definition.TimeUseOwner],
            definition.TimeUseFrom is { } from ? words["UseFrom", from] : null,
        ];
        string?[] sentences =
        [
            Punctuation.Ended(string.Join(", ", parts.OfType<string>())),
            time.Decided is { } decided
                ? words["UseDecided", decided.Day, decided.Evidence ?? decided.EnteredBy]
                : words["UseDecidedUnsaid"],
            time.Checked is { Answer: { } answer } done
                ? words["UseChecked", done.Day, done.Evidence ?? done.EnteredBy, words[$"UseChecked{answer}"], Punctuation.Ended(done.Text)]
                : null,
            time.NextCheck is { } next ? words["UseNextCheck", next] : null,
        ];
        return string.Join(' ', sentences.OfType<string>());
    }
}
