using Portal.Features.Benefits.Indicators;
using Portal.Features.Chains.Document;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Import;

/// <summary>What an import does with a row.</summary>
public enum PlannedAction
{
    /// <summary>A box and its indicator are added.</summary>
    Add,

    /// <summary>The indicator of a box is changed.</summary>
    Change,

    /// <summary>The chain says the same already.</summary>
    Same,

    /// <summary>All that differs is locked, or the row belongs to another chain.</summary>
    Skip,

    /// <summary>The row has an error; while there is one nothing is imported.</summary>
    Wrong,
}

/// <summary>What an import does with a row, and why.</summary>
/// <param name="ElementId">The box; for <see cref="PlannedAction.Add"/> the id that it gets. Empty for a row with an error.</param>
public sealed record PlannedRow(OverviewRow Row, PlannedAction Action, string ElementId)
{
    /// <summary>For a new box.</summary>
    public ChainKind Kind { get; init; } = ChainKind.Benefit;

    /// <summary>What is saved; null when nothing is.</summary>
    public IndicatorDefinition? Definition { get; init; }

    /// <summary>The version that it changes; 0 for none.</summary>
    public int BasedOn { get; init; }

    /// <summary>What is changed, from and to; for a new box what is filled in.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <summary>The errors of the row, or what is left as it is and why.</summary>
    public IReadOnlyList<ProblemText> Notes { get; init; } = [];
}

/// <summary>What an import of an overview does.</summary>
/// <param name="Unused">Headings of columns that are not read.</param>
/// <param name="Problem">Why nothing can be imported; null when it can.</param>
public sealed record OverviewPlan(IReadOnlyList<PlannedRow> Rows, IReadOnlyList<string> Unused, ProblemText? Problem)
{
    /// <summary>The rows that something is saved of.</summary>
    public IReadOnlyList<PlannedRow> ToSave => [.. Rows.Where(r => r.Action is PlannedAction.Add or PlannedAction.Change)];

    /// <summary>True when it can be saved, and there is something to save.</summary>
    public bool MaySave => Problem is null && Rows.All(r => r.Action != PlannedAction.Wrong) && ToSave.Count > 0;

    /// <summary>How many rows have this outcome.</summary>
    public int Count(PlannedAction action) => Rows.Count(r => r.Action == action);

    internal static OverviewPlan Wrong(ProblemText problem, IReadOnlyList<string>? unused = null) => new([], unused ?? [], problem);
}
