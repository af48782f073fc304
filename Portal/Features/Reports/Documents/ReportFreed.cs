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
        (null, var agreed) => words["NothingOfAgreed", words.Amount(agreed, gain.Unit)],
        ({ } come, 0) => words.Amount(come, gain.Unit),
        ({ } come, var agreed) => words["OfAgreed", words.Amount(come, gain.Unit), words.Amount(agreed, gain.Unit)],
    };

    /// <summary>Who answers for an agreed number, and where it comes from.</summary>
    public static string SaidBy(InputFact fact, ReportLanguage words)
    {
        var latest = fact.Latest;
        var by = string.IsNullOrWhiteSpace(latest.Owner) ? latest.By : latest.Owner;
        return latest.Source.Length > 0 ? words["SaidByWithSource", by, latest.Source] : words["SaidBy", by];
    }

    private static IEnumerable<(string Name, string Text)> Facts(ChainBenefits benefits, ReportLanguage words)
    {
        var progress = ChainProgress.From(benefits);
        if (progress.Time is { } time) yield return (words["FreedTime"], OfAgreed(time, words));
        if (PricedOf(benefits) is var (freed, price) && ReportCalculation.WorthOf(freed, price.Latest.Value!.Value) is { } worth)
        {
            yield return (words["Worth"], words["WorthOf", words.Amount(worth, Kroner), words.Amount(price.Latest.Value, Kroner),
                SaidBy(price, words)]);
        }
        else if (progress.Time is { Realised: not null })
        {
            yield return (words["Worth"], words["WorthUnsaid"]);
        }

        foreach (var figure in benefits.Benefits.Where(b => b is { IsNegative: false, Definition.Form: BenefitForm.Time }))
            yield return (words["UsedFor"], $"{words.Quoted(words.NameOf(figure))}: {UseOf(figure, words)}");
        if (progress.Cash is { } cash) yield return (words["Money"], OfAgreed(cash, words));
        if (benefits.Inputs.Find(InputKey.OfChain(InputPart.InitiativeCost)) is { Latest.Value: { } cost } initiative)
            yield return (words["InitiativeCost"], $"{words.Amount(cost, Kroner)}, {SaidBy(initiative, words)}");
        var measuring = benefits.All.Where(f => !string.IsNullOrWhiteSpace(f.Definition.MeasuringCost))
            .Select(f => $"{words.Quoted(words.NameOf(f))}: {Punctuation.Bare(f.Definition.MeasuringCost!)}").ToList();
        if (measuring.Count > 0) yield return (words["MeasuringCost"], string.Join("; ", measuring));
    }

    private static string UseOf(BenefitFigure figure, ReportLanguage words)
    {
        var definition = figure.Definition;
        if (string.IsNullOrWhiteSpace(definition.TimeUse)) return words["UseUnsaid"];
        string?[] parts =
        [
            Punctuation.Bare(definition.TimeUse),
            string.IsNullOrWhiteSpace(definition.TimeUseOwner) ? null : words["UseOwner", definition.TimeUseOwner],
            definition.TimeUseFrom is { } from ? words["UseFrom", from] : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }
}
