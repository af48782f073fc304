namespace Portal.Features.FollowUp;

/// <summary>The open panel and typed text of one row. It lives as long as the page, so that it outlives the row's component.</summary>
public sealed class RowDraft
{
    /// <summary>The row's panel is open.</summary>
    public bool Open { get; set; }

    /// <summary>The note.</summary>
    public string Note { get; set; } = "";

    /// <summary>The text of the letter search.</summary>
    public string Search { get; set; } = "";

    /// <summary>Why the sender is muted.</summary>
    public string MuteReason { get; set; } = "";

    /// <summary>Why a status belongs to a letter that its identifiers do not name.</summary>
    public string HandReason { get; set; } = "";

    /// <summary>The user is working on the row: it keeps its place in the list.</summary>
    public bool Holds => Open || IsWritten;

    /// <summary>The row has typed text; a search text does not count.</summary>
    public bool IsWritten =>
        !string.IsNullOrWhiteSpace(Note) || !string.IsNullOrWhiteSpace(MuteReason) || !string.IsNullOrWhiteSpace(HandReason);
}
