namespace Portal.Features.FollowUp;

/// <summary>
/// What someone has open and has written at one row. It lives as long as the page, so that it outlives the row's panel and the row itself.
/// </summary>
public sealed class RowDraft
{
    /// <summary>The row's panel is open.</summary>
    public bool Open { get; set; }

    /// <summary>The note.</summary>
    public string Note { get; set; } = "";

    /// <summary>Words of the letter that is looked for.</summary>
    public string Search { get; set; } = "";

    /// <summary>Why the sender is muted.</summary>
    public string MuteReason { get; set; } = "";

    /// <summary>Why a status belongs to a letter although its identifiers are another's.</summary>
    public string HandReason { get; set; } = "";

    /// <summary>Someone works at the row: it stays where it is.</summary>
    public bool Holds => Open || IsWritten;

    /// <summary>Something is written.</summary>
    public bool IsWritten =>
        !string.IsNullOrWhiteSpace(Note) || !string.IsNullOrWhiteSpace(MuteReason) || !string.IsNullOrWhiteSpace(HandReason);
}
