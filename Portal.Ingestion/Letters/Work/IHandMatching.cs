using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Letters.Work;

/// <summary>A letter to which a status may be assigned.</summary>
/// <param name="SentAt">When it was sent, UTC.</param>
public sealed record LetterChoice(string CaseNumber, string LetterId, string Title, string RecipientName, DateTimeOffset SentAt)
{
    /// <summary>The identifiers that the status and the letter have in common; may be empty.</summary>
    public ValueList<SharedIdentifier> Shared { get; init; } = [];

    /// <summary>The status' time is before the letter was sent by more than <see cref="ArrivalGrounds.ClockDifference"/>.</summary>
    public bool IsSentAfterStatus { get; init; }

    /// <summary>Assigning this letter requires a reason: no identifier connects it with the status, or their times contradict it.</summary>
    public bool TakesReason => Shared.Count == 0 || IsSentAfterStatus;
}

/// <summary>The outcome of assigning a status to a letter.</summary>
public enum HandOutcome
{
    /// <summary>The action was done.</summary>
    Done,

    /// <summary>The viewer may not see the status or the letter, or the status was matched meanwhile.</summary>
    Gone,

    /// <summary>Nothing was done: the letter requires a reason (<see cref="LetterChoice.TakesReason"/>).</summary>
    ReasonMissing,
}

/// <summary>Assigns statuses to letters by hand when their identifiers do not match.</summary>
public interface IHandMatching
{
    /// <summary>
    /// The letters that the identifiers of a row's status name: first those that share a field of the same name, then those that share
    /// most, then last sent first.
    /// </summary>
    [Demands(ViewerRights.Cases)]
    Task<IReadOnlyList<LetterChoice>> MatchingAsync(Viewer viewer, string rowId, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Letters by words of case number, letter id, title or recipient, last sent first; the latest when <paramref name="text"/> is empty.
    /// Each with the identifiers that it shares with the row's status.
    /// </summary>
    [Demands(ViewerRights.Cases)]
    Task<IReadOnlyList<LetterChoice>> FindLettersAsync(
        Viewer viewer, string rowId, string? text, int limit, CancellationToken cancellationToken);

    /// <summary>Assigns the status of a row to a letter and stores the reason in the row's history.</summary>
    /// <param name="reason">Required when <see cref="LetterChoice.TakesReason"/>. CPR numbers in it are masked before it is stored.</param>
    [Demands(DemandsAttribute.CaseWork)]
    Task<HandOutcome> AssignAsync(Viewer viewer, string rowId, string letterId, string? reason, CancellationToken cancellationToken);

    /// <summary>
    /// Undoes an assignment: the status is matched by its identifiers again. False when there is no assignment or the viewer may not see
    /// it.
    /// </summary>
    [Demands(DemandsAttribute.CaseWork)]
    Task<bool> UndoAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken);
}
