using Portal.Features.Benefits;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Formulas;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Reports.Documents;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Reports;

/// <summary>What a figure rests on, in words: counted messages or letters, a person who entered it, or other numbers. Pure.</summary>
internal static class ReportBasis
{
    // Of more names nobody reads each.
    private const int MostNames = 4;

    /// <summary>»indtastet af K. Jensen den 3. november 2026«, »talt i 48 breve«, »regnet af: …«.</summary>
    public static string Of(ChainBenefits benefits, BenefitFigure figure, ReportLanguage words) => figure.Definition.Kind switch
    {
        IndicatorKind.Described => words["RestsDescribed"],
        IndicatorKind.Counted when figure.Series.Basis is { } basis => words["RestsCounted", Counted(figure, basis, words)],
        IndicatorKind.Counted => words["RestsNone"],
        IndicatorKind.Calculated => NamesIn(benefits, figure, words) is { Count: > 0 } names
            ? words["RestsCalculated", string.Join(", ", names)]
            : words["RestsFormula"],
        _ when figure.LastEntered is { } last => MonthlyValues.Current(figure.Measurements).Any(m => m.EnteredBy != last.EnteredBy)
            ? words["RestsEnteredByMany", last.EnteredBy, last.EnteredAt]
            : words["RestsEntered", last.EnteredBy, last.EnteredAt],
        _ => words["RestsNothing"],
    };

    /// <summary>How many letters or messages.</summary>
    public static string Counted(BenefitFigure figure, long basis, ReportLanguage words) =>
        (figure.Definition.Measure == LogMeasure.MessageVolume, basis == 1) switch
        {
            (true, true) => words["OneMessage"],
            (true, false) => words["Messages", basis],
            (false, true) => words["OneLetter"],
            _ => words["Letters", basis],
        };

    /// <summary>What is measured, for the annex: never a formula's code.</summary>
    public static string SourceOf(BenefitFigure figure, ReportLanguage words)
    {
        var definition = figure.Definition;
        return definition.Kind switch
        {
            IndicatorKind.Counted when definition.Measure == LogMeasure.MessageVolume => words["SourceMessages"],
            IndicatorKind.Counted => TextResources.Find(typeof(BenefitsTexts), $"Measure{definition.Measure}", words.Culture)
                + (definition.CaseType is { Length: > 0 } type ? $" ({CaseTypes.Name(type)})" : ""),
            IndicatorKind.ByHand => definition.Name.Length > 0 ? definition.Name : words["SourceEntered"],
            IndicatorKind.Calculated => definition.Name.Length > 0 ? definition.Name : words["SourceCalculated"],
            _ => words["RestsDescribed"],
        };
    }

    /// <summary>True when the portal has counted the figure in messages or letters, which the ledger covers.</summary>
    public static bool IsCounted(BenefitFigure figure) => figure.Definition.Kind == IndicatorKind.Counted && figure.Series.Basis is > 0;

    private static List<string> NamesIn(ChainBenefits benefits, BenefitFigure figure, ReportLanguage words)
    {
        var byKey = new Dictionary<string, BenefitFigure>(StringComparer.OrdinalIgnoreCase);
        foreach (var other in benefits.All) byKey.TryAdd(other.Definition.Key, other);
        var names = ParsedFormula.Of(figure.Definition.Formula).Names.Where(n => n.Name.Length > 0)
            .Select(n => byKey.TryGetValue(n.Name, out var other) ? NameOf(other, words) : InputOf(benefits, n.Name, words))
            .Where(n => n.Length > 0).Distinct(StringComparer.CurrentCulture).ToList();
        return names.Count <= MostNames ? names : [.. names.Take(MostNames - 1), words["More", names.Count - MostNames + 1]];
    }

    private static string NameOf(BenefitFigure figure, ReportLanguage words) =>
        figure.Definition.Name is { Length: > 0 } name ? Punctuation.Bare(name) : words.Quoted(words.NameOf(figure));

    private static string InputOf(ChainBenefits benefits, string name, ReportLanguage words) => string.Join(
        ", ", benefits.Inputs.KeysOf(name).Select(key => words.Text(FigureTexts.Of($"Input{key.Part}"))));
}
