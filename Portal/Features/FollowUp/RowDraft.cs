namespace Portal.Features.FollowUp;

/// <summary>The open panel and typed text of one row. It lives as long as the page, so that it outlives the row's component.</summary>
public sealed class RowDraft
{
    /// <summary>The row's panel is open.</summary>
    public bool Open { get; set; }

    /// <summary>The note.</summary>
    public string Note { get; set; } = "";

    /// <summary>Whom the user talked to on the telephone.</summary>
    public string CallWith { get; set; } = "";

    /// <summary>What was said on the telephone.</summary>
    public string CallSaid { get; set; } = "";

    /// <summary>When they talked, Copenhagen time; null until the form has been shown.</summary>
    public DateTime? CallAt { get; set; }

    /// <summary>Something is written about a call.</summary>
    public bool HasCall => Call is not null;

    /// <summary>The call as a note; null when nothing is written about one.</summary>
    public string? Call => CallNote.Text(CallWith, CallAt, CallSaid);

    /// <summary>All that is written and not stored yet, to be stored with the action that ends the row; null for nothing.</summary>
    public string? Unsaved =>
        string.Join(" · ", new[] { Note.Trim(), Call }.Where(text => !string.IsNullOrEmpty(text))) is { Length: > 0 } text ? text : null;

    /// <summary>The text of the letter search.</summary>
    public string Search { get; set; } = "";

    /// <summary>Why the sender is muted.</summary>
    public string MuteReason { get; set; } = "";

    /// <summary>Why a status belongs to a letter that its identifiers do not name.</summary>
    public string HandReason { get; set; } = "";

    /// <summary>The user is working on the row: it keeps its place in the list.</summary>
    public bool Holds => Open || IsWritten;

    /// <summary>The row has typed text; a search text does not count.</summary>
    public bool IsWritten => new[] { Note, CallWith, CallSaid, MuteReason, HandReason }.Any(text => !string.IsNullOrWhiteSpace(text));
}

/// <summary>A row that the user just ended: shown in its place as a confirmation, with undo and a field for the reason.</summary>
/// <param name="Revision">The row's revision after it was ended.</param>
/// <param name="AsksWhy">It was ended without a note.</param>
public sealed record JustEndedRow(string RowId, string? CaseNumber, string? Title, int Revision, bool AsksWhy)
{
    /// <summary>The status that was matched to a letter by hand; null when the row ended in another way.</summary>
    public string? BeskedId { get; init; }

    /// <summary>The letter of <see cref="BeskedId"/>.</summary>
    public string? LetterId { get; init; }
}
