using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Editing;

/// <summary>The outcome of an operation.</summary>
public enum ChainOutcome
{
    /// <summary>Stored; everyone sees it.</summary>
    Applied,

    /// <summary>It changed nothing (deleted twice, the same text, nothing to undo), so nothing was stored.</summary>
    Unchanged,

    /// <summary>Undo or redo: others have since overwritten everything the editor did, and theirs is kept.</summary>
    Superseded,

    /// <summary>
    /// The editor may not do it (reader, guest of a closed workshop, text hidden by silent writing), or a value is not allowed.
    /// </summary>
    Refused,

    /// <summary>The chain is in the trash.</summary>
    Gone,

    /// <summary>Others have changed the chain since the state that the operation was made for; nothing was stored.</summary>
    Moved,
}

/// <summary>The result of an operation.</summary>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Operation">As stored; null when nothing was.</param>
/// <param name="Field">What was refused, e.g. <c>p1.text</c>; null otherwise.</param>
public sealed record ChainResult(ChainOutcome Outcome, StoredOperation? Operation = null, string? Field = null);
