using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Workbooks;

/// <summary>The words of the workbook and of the CSV, which are in Danish. Pure.</summary>
internal static class WorkbookWords
{
    /// <summary>What a box is among the benefits.</summary>
    public static string ArtOf(BenefitFigure figure) =>
        figure.IsNegative ? "negativ gevinst" : figure.IsBenefit ? "gevinst" : "grundlag";

    /// <summary>The state of a benefit, with the problem when it cannot be calculated.</summary>
    public static string StateOf(BenefitFigure figure) => figure.Problem is { } problem
        ? $"kan ikke regnes: {problem.Danish}"
        : BenefitFormat.State(figure.Standing.State);

    /// <summary>How the numbers come about, in words: the formula with the names of what it uses.</summary>
    public static string MethodOf(BenefitFigure figure) =>
        figure.Definition.Kind == IndicatorKind.Calculated && figure.Steps is [.., { Name: ProblemText { Key: "StepFormula" } name }]
            ? name.In(DanishFormat.Danish)
            : BenefitFormat.Source(figure.Definition);

    /// <summary>Whether a behaviour occurs.</summary>
    public static string? Of(Occurrence? answer) => answer switch
    {
        Occurrence.Yes => "ja", Occurrence.Partly => "delvist", Occurrence.No => "nej", Occurrence.PutOff => "udskudt", _ => null,
    };

    /// <summary>The title of a new behaviour: its text, or what begins or stops.</summary>
    public static string TitleOf(ChainElement behaviour) =>
        behaviour.Text is { Length: > 0 } text ? text : behaviour.Start ?? behaviour.Stop ?? "Ny adfærd uden tekst";

    /// <summary>Texts one below the other.</summary>
    public static string Lines(IEnumerable<ILocalizedText> texts) => string.Join('\n', texts.Select(t => t.In(DanishFormat.Danish)));
}
