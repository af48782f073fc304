using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;

namespace Portal.Features.Benefits.Page;

/// <summary>What someone who steers benefits can do with one.</summary>
/// <param name="Describe">Opens the form that defines how it is measured.</param>
/// <param name="Paste">Opens the form to paste numbers from a spreadsheet.</param>
/// <param name="MeasureAsync">Saves a measurement; returns a problem, or what a colleague entered meanwhile.</param>
/// <param name="NoteAsync">Saves a note; returns a problem, or what a colleague wrote meanwhile.</param>
/// <param name="WithdrawAsync">Withdraws the note with this id.</param>
/// <param name="ChangeAsync">
/// Changes some fields of the definition and leaves all others as they are saved now; returns what is wrong, null when it was saved.
/// </param>
public sealed record BenefitActions(
    Action<BenefitFigure> Describe, Action<BenefitFigure> Paste, Func<NewMeasurement, Task<MeasureOutcome>> MeasureAsync,
    Func<NewNote, Task<NoteOutcome>> NoteAsync, Func<long, Task> WithdrawAsync,
    Func<BenefitFigure, Func<IndicatorDefinition, IndicatorDefinition>, Task<string?>> ChangeAsync)
{
    /// <summary>Saves a request for a number, with the mail about it to an address; null: no mail.</summary>
    public required Func<NewNote, string?, Task<NoteOutcome>> AskAsync { get; init; }

    /// <summary>True when the portal can send mail.</summary>
    public bool SendsMail { get; init; }
}
