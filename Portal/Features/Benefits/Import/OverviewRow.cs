using Portal.Features.Benefits.Indicators;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Import;

/// <summary>A row of a benefit overview as it was read. What the row does not say is null.</summary>
/// <param name="Number">Its number in the spreadsheet, from 1.</param>
/// <param name="Text">The text of the benefit.</param>
public sealed record OverviewRow(int Number, string Text)
{
    public bool? IsNegative { get; init; }
    public BenefitForm? Form { get; init; }
    public string? Owner { get; init; }
    public string? Unit { get; init; }

    /// <summary>The lowest expected value a year, of the first year that has one; likewise the others.</summary>
    public decimal? Low { get; init; }

    /// <summary>Null also when the file calculates it: then nobody has estimated it.</summary>
    public decimal? Likely { get; init; }
    public decimal? High { get; init; }
    public string? Assumptions { get; init; }
    public string? Method { get; init; }
    public string? Risk { get; init; }
    public RiskLikelihood? Likelihood { get; init; }
    public string? Response { get; init; }
    public DateOnly? EffectFrom { get; init; }
    public decimal? Target { get; init; }
    public DateOnly? TargetOn { get; init; }

    /// <summary>The id of its box, when the file comes from the portal.</summary>
    public string? Box { get; init; }

    /// <summary>The title of its chain, in a list of several.</summary>
    public string? Chain { get; init; }

    /// <summary>What was not understood; the row is not imported.</summary>
    public IReadOnlyList<ProblemText> Problems { get; init; } = [];
}

/// <summary>A benefit overview as it was read.</summary>
/// <param name="Unused">Headings that are not those of an overview; their columns are not read.</param>
/// <param name="Problem">Why the file as a whole cannot be used; null when it can.</param>
public sealed record OverviewFile(IReadOnlyList<OverviewRow> Rows, IReadOnlyList<string> Unused, ProblemText? Problem);
