using Portal.Ingestion.Ledger.Notes;

namespace Portal.Ingestion.Verification;

/// <summary>The kinds of problems that a verification finds.</summary>
public enum LedgerProblem
{
    /// <summary>The stored bytes are not those that were received.</summary>
    BytesChanged,

    /// <summary>
    /// The row of the message (BeskedId, time of receipt, SHA-256, columns read from the bytes) does not match its leaf or its bytes.
    /// </summary>
    RecordChanged,

    /// <summary>A message, or its bytes, is gone without a recorded erasure.</summary>
    Removed,

    /// <summary>A message was inserted that was never received through the portal.</summary>
    Inserted,

    /// <summary>Messages are stored under each other's numbers.</summary>
    Reordered,

    /// <summary>The end of the log is missing, or an old backup was restored.</summary>
    TailCut,

    /// <summary>The tree's own nodes were changed.</summary>
    TileChanged,

    /// <summary>The signed head was changed or is missing.</summary>
    HeadChanged,

    /// <summary>A stored checkpoint was changed or is missing.</summary>
    CheckpointChanged,

    /// <summary>The log is not the one that a checkpoint was made from.</summary>
    OtherHistory,

    /// <summary>A recorded erasure is not signed by the ledger's key.</summary>
    ErasureForged,

    /// <summary>A letter's registration was emptied without a recorded erasure.</summary>
    LetterEmptied,

    /// <summary>A letter's columns or identifiers do not match its registration.</summary>
    LetterChanged,

    /// <summary>A status is matched with another letter than its identifiers say.</summary>
    StatusMoved,

    /// <summary>A registered letter is missing; erasure empties letters but never removes them.</summary>
    LetterRemoved,

    /// <summary>
    /// What a person did is stored otherwise than the log of actions has it, or has no entry there, or its entry has nothing stored.
    /// </summary>
    ActionChanged,
}

/// <summary>The first problem found.</summary>
/// <param name="Sequence">Sequence number of the first affected message.</param>
/// <param name="Why">Explanation in Danish, without content of the message.</param>
public sealed record LedgerFinding(long Sequence, LedgerProblem Problem, string Why)
{
    /// <summary>
    /// The end of the origin of the log that it is in (<see cref="Journal.JournalLog.Name"/>), whose leaf number <see cref="Sequence"/>
    /// then is; null for the log of messages.
    /// </summary>
    public string? Log { get; init; }
}

/// <summary>The result of a full verification.</summary>
/// <param name="Size">Messages that the ledger covers.</param>
/// <param name="Root">The root at that size, according to the head; without a head, the computed root.</param>
/// <param name="Checkpoints">Number of compared checkpoints: the head, the stored and the given ones.</param>
/// <param name="Erased">Messages whose bytes were erased under a retention rule.</param>
/// <param name="First">The first finding; null when the ledger is intact.</param>
public sealed record LedgerVerdict(long Size, byte[] Root, int Checkpoints, long Erased, LedgerFinding? First)
{
    /// <summary>
    /// Number of messages, matched statuses and letters that another version of the portal read or matched. Their bytes and leaves are
    /// verified, but the extracted columns are not compared, since this version may extract them differently.
    /// </summary>
    public long Earlier { get; init; }

    /// <summary>Number of messages that do not match the ledger. If a removed message shifted the later ones, they count too.</summary>
    public long Wrong { get; init; }

    /// <summary>The results of the other logs.</summary>
    public IReadOnlyList<JournalVerdict> Journals { get; init; } = [];

    /// <summary>True when there is no finding.</summary>
    public bool Intact => First is null;
}

/// <summary>The result of verifying another log.</summary>
/// <param name="Log">The end of its origin.</param>
/// <param name="Words">What it is, in Danish.</param>
/// <param name="Size">Entries in it.</param>
/// <param name="Root">The root at that size.</param>
/// <param name="Checkpoints">Number of compared checkpoints.</param>
/// <param name="Erased">Entries whose JSON was erased under a retention rule.</param>
/// <param name="First">The first finding; null when it is intact.</param>
public sealed record JournalVerdict(
    string Log, string Words, long Size, byte[] Root, int Checkpoints, long Erased, LedgerFinding? First);

/// <summary>A checkpoint from outside the database that the log must extend.</summary>
/// <param name="Name">How findings name it, in Danish.</param>
public sealed record GivenCheckpoint(string Name, Checkpoint Head);
