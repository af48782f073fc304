using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Editing;

/// <summary>What became of an operation.</summary>
public enum ChainOutcome
{
    /// <summary>Stored; everyone sees it.</summary>
    Applied,

    /// <summary>It changed nothing (deleted twice, the same text, nothing to undo), so nothing was stored.</summary>
    Unchanged,

    /// <summary>Undo or redo: others have since changed all that was left of one's own, so theirs is kept.</summary>
    Superseded,

    /// <summary>
    /// The editor may not (reader, guest of a closed workshop, a text withheld by silent writing), or a value is not one that may be
    /// stored.
    /// </summary>
    Refused,

    /// <summary>The chain is in the trash.</summary>
    Gone,

    /// <summary>Others have changed the chain since the state that the operation was made for; nothing was stored.</summary>
    Moved,
}

/// <summary>What an operation came to.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Operation">As stored; null when nothing was.</param>
/// <param name="Field">What was refused, e.g. <c>p1.text</c>; null otherwise.</param>
public sealed record ChainResult(ChainOutcome Outcome, StoredOperation? Operation = null, string? Field = null);
