using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Letters.Work;

/// <summary>The kind of an action on a worklist row, by a person or by the system.</summary>
public enum WorkActionKind
{
    /// <summary>The row was assigned to a person.</summary>
    Assigned,

    /// <summary>The row was released: it is assigned to nobody.</summary>
    Released,

    /// <summary>A note.</summary>
    Noted,

    /// <summary>The recipient was called.</summary>
    Called,

    /// <summary>The letter was sent again, perhaps as another letter.</summary>
    Resent,

    /// <summary>A person marked the row as solved.</summary>
    Solved,

    /// <summary>A person opened it again.</summary>
    Reopened,

    /// <summary>A later status removed the reason.</summary>
    ResolvedByStatus,

    /// <summary>A later status gave a new reason.</summary>
    OpenedByStatus,

    /// <summary>The letter that replaces this one has arrived.</summary>
    ReplacementArrived,

    /// <summary>A status was matched with a letter by hand.</summary>
    StatusAssigned,

    /// <summary>The match by hand was undone.</summary>
    StatusUnassigned,
}

/// <summary>One line of a row's history. <paramref name="By"/> is empty for an action of the system.</summary>
public sealed record WorkEntry(WorkActionKind Kind, DateTimeOffset At, string By, string? Text, string? Other);

/// <summary>The state of a worklist row: owner, revision, latest action.</summary>
/// <param name="OwnerId">The assigned person; null for none.</param>
/// <param name="Revision">An action names the revision that it is based on; 0 for a row without actions.</param>
/// <param name="Latest">The newest line of its history.</param>
public sealed record WorkState(string? OwnerId, string? OwnerName, int Revision, bool AwaitsReplacement, WorkEntry? Latest)
{
    /// <summary>The state of a row that nobody has acted on.</summary>
    public static WorkState Untouched { get; } = new(null, null, 0, false, null);
}

/// <summary>A letter of the same case that was sent later, which may be the resent one.</summary>
public sealed record LaterLetter(string LetterId, string Title, string RecipientName, DateTimeOffset SentAt, bool SameRecipient);

/// <summary>Which owner's rows a query asks for.</summary>
public enum WorkOwner
{
    Anyone,
    Nobody,

    /// <summary>The person that <see cref="WorkQuery.OwnerId"/> names.</summary>
    Person,
}

/// <summary>A query of the worklist; oldest first by default.</summary>
/// <param name="Until">Only rows whose reason became true at or before this moment: those that have waited longest.</param>
public sealed record WorkQuery(FollowUpReason? Reason = null, WorkOwner Owner = WorkOwner.Anyone, string? OwnerId = null,
    DateTimeOffset? Until = null, bool NewestFirst = false)
{
    /// <summary>Only letters in whose case number, id, title or recipient's name each of these words is; empty for all rows.</summary>
    public string? Text { get; init; }

    /// <summary>The gravest reason first, then oldest first, instead of by age alone; <see cref="NewestFirst"/> does not count.</summary>
    public bool ByReason { get; init; }

    /// <summary>Only the letters of this case.</summary>
    public string? CaseNumber { get; init; }

    /// <summary>Only rows whose reason became true at or after this moment.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only rows whose reason became true before this moment.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Only letters are asked for, since a status without a letter has neither a case nor a recipient.</summary>
    internal bool LettersOnly => CaseNumber is not null || !string.IsNullOrWhiteSpace(Text);
}

/// <summary>A row, and its revision when the user saw it.</summary>
public sealed record WorkTarget(string Id, int Revision);

/// <summary>An action on a worklist row.</summary>
/// <param name="Text">The note, the reason, or what was said.</param>
/// <param name="OwnerId">For <see cref="WorkActionKind.Assigned"/>.</param>
/// <param name="LetterId">For <see cref="WorkActionKind.Resent"/>: the letter that replaces this one, when it is registered.</param>
public sealed record WorkAction(
    WorkActionKind Kind, string? Text = null, string? OwnerId = null, string? OwnerName = null, string? LetterId = null);

/// <summary>The outcome of an action on a row.</summary>
public enum WorkOutcome
{
    /// <summary>The action was done.</summary>
    Done,

    /// <summary>Somebody else acted meanwhile: a note or call was stored, any other action was not. The row shows what they did.</summary>
    Overtaken,

    /// <summary>The row is gone, or the viewer may not see it.</summary>
    Gone,
}

/// <summary>A row that left the list, by hand or because of a status.</summary>
/// <param name="Revision">The revision that opening it again is based on.</param>
public sealed record EndedWork(
    string RowId, string? CaseNumber, string? LetterId, string? Title, WorkEntry Entry, bool ByHand, int Revision)
{
    /// <summary>The viewer ended it.</summary>
    public bool IsMine { get; init; }
}

/// <summary>The worklist: rows, actions and history.</summary>
public interface IWorklistService
{
    /// <summary>Open rows, with what people did with them.</summary>
    [Demands(ViewerRights.Cases)]
    Task<Page<FollowUpItem>> ReadAsync(Viewer viewer, WorkQuery query, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>The number of open rows of the query.</summary>
    [Demands(ViewerRights.Cases)]
    Task<long> CountAsync(Viewer viewer, WorkQuery query, CancellationToken cancellationToken);

    /// <summary>Does an action on several rows, each in its own transaction; one outcome for each row, in order.</summary>
    /// <exception cref="UnauthorizedAccessException">The viewer may not work on cases.</exception>
    [Demands(DemandsAttribute.CaseWork)]
    Task<IReadOnlyList<WorkOutcome>> ActAsync(
        Viewer viewer, WorkAction action, IReadOnlyList<WorkTarget> rows, CancellationToken cancellationToken);

    /// <summary>A row's history, newest first; empty when the viewer may not see the row.</summary>
    [Demands(ViewerRights.Cases)]
    Task<IReadOnlyList<WorkEntry>> HistoryAsync(Viewer viewer, string rowId, CancellationToken cancellationToken);

    /// <summary>
    /// At most 50 letters of the row's case that were not sent before its letter; first those to the same recipient, then last sent first.
    /// </summary>
    [Demands(ViewerRights.Cases)]
    Task<IReadOnlyList<LaterLetter>> LaterLettersAsync(Viewer viewer, string rowId, CancellationToken cancellationToken);

    /// <summary>
    /// The rows that left the list most recently, newest first: at most <paramref name="limit"/> that the viewer ended, then as many that
    /// others or statuses ended, so that the latter do not crowd out the viewer's own.
    /// </summary>
    [Demands(ViewerRights.Cases)]
    Task<ValueList<EndedWork>> EndedAsync(Viewer viewer, int limit, CancellationToken cancellationToken);
}
