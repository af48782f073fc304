using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Letters.Work;

/// <summary>A letter that a status may be put to.</summary>
/// <param name="SentAt">When it was sent, UTC.</param>
public sealed record LetterChoice(string CaseNumber, string LetterId, string Title, string RecipientName, DateTimeOffset SentAt)
{
    /// <summary>The identifiers that the status and the letter have in common; empty for a letter that is foreign to the status.</summary>
    public ValueList<SharedIdentifier> Shared { get; init; } = [];

    /// <summary>The status says that it happened before the letter was sent, by more than clocks differ.</summary>
    public bool IsSentAfterStatus { get; init; }

    /// <summary>Nothing but a person's word ties the two together, or their times speak against it: that takes a reason.</summary>
    public bool TakesReason => Shared.Count == 0 || IsSentAfterStatus;
}

/// <summary>What came of putting a status to a letter.</summary>
public enum HandOutcome
{
    /// <summary>The action was done.</summary>
    Done,

    /// <summary>The status or the letter is not the viewer's, or someone did it meanwhile.</summary>
    Gone,

    /// <summary>Nothing was done: the letter takes a reason (<see cref="LetterChoice.TakesReason"/>).</summary>
    ReasonMissing,
}

/// <summary>Puts statuses to letters by hand where identifiers cannot.</summary>
public interface IHandMatching
{
    /// <summary>
    /// The letters that the identifiers of a row's status name: those that share a field of the same name first, then those that share
    /// most, then last sent first. Empty when there are none.
    /// </summary>
    Task<IReadOnlyList<LetterChoice>> MatchingAsync(Viewer viewer, string rowId, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Letters by words of case number, letter id, title or recipient, last sent first; the latest when <paramref name="text"/> is empty.
    /// Each says what it has in common with the row's status.
    /// </summary>
    Task<IReadOnlyList<LetterChoice>> FindLettersAsync(
        Viewer viewer, string rowId, string? text, int limit, CancellationToken cancellationToken);

    /// <summary>Puts the status of a row to a letter and keeps why in the row's history.</summary>
    /// <param name="reason">Why; demanded where <see cref="LetterChoice.TakesReason"/>. CPR numbers in it are masked before it is
    /// stored.</param>
    Task<HandOutcome> AssignAsync(Viewer viewer, string rowId, string letterId, string? reason, CancellationToken cancellationToken);

    /// <summary>Undoes it: the status goes where its identifiers lead. False when it was undone already.</summary>
    Task<bool> UndoAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken);
}
