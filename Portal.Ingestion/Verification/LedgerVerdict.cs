using Portal.Ingestion.Ledger.Notes;

namespace Portal.Ingestion.Verification;

/// <summary>The kinds of problems that a verification finds.</summary>
public enum LedgerProblem
{
    /// <summary>The stored bytes are not those that were received.</summary>
    BytesChanged,

    /// <summary>What is stored next to the bytes (BeskedId, time of receipt, SHA-256, size) is not what the leaf says.</summary>
    RecordChanged,

    /// <summary>A message, or its bytes, is gone without a recorded erasure.</summary>
    Removed,

    /// <summary>A message is there that was never received through the portal.</summary>
    Inserted,

    /// <summary>Messages are stored under each other's numbers.</summary>
    Reordered,

    /// <summary>The end of the log is gone, or an old copy was put back.</summary>
    TailCut,

    /// <summary>The tree's own nodes were changed.</summary>
    TileChanged,

    /// <summary>The signed head was changed or is gone.</summary>
    HeadChanged,

    /// <summary>A kept checkpoint was changed or is gone.</summary>
    CheckpointChanged,

    /// <summary>The log is another than the one that a checkpoint was made of.</summary>
    OtherHistory,

    /// <summary>An erasure is recorded that the ledger's key knows nothing of.</summary>
    ErasureForged,

    /// <summary>A letter is emptied of what it was registered with, and no erasure is recorded.</summary>
    LetterEmptied,

    /// <summary>What is stored about a letter is not what it was registered with.</summary>
    LetterChanged,

    /// <summary>A status is elsewhere than its identifiers say.</summary>
    StatusMoved,

    /// <summary>A registered letter is gone; letters never go, they are emptied.</summary>
    LetterRemoved,
}

/// <summary>The first problem found.</summary>
/// <param name="Sequence">The sequence number at which it shows.</param>
/// <param name="Why">What is wrong and how, in Danish; never any content.</param>
public sealed record LedgerFinding(long Sequence, LedgerProblem Problem, string Why);

/// <summary>The result of a full verification.</summary>
/// <param name="Size">Messages that the ledger covers.</param>
/// <param name="Root">The root at that size, as the head says.</param>
/// <param name="Checkpoints">Checkpoints that were compared: the head, those kept, those given.</param>
/// <param name="Erased">Messages whose bytes are erased under a rule.</param>
/// <param name="First">The first that is wrong; null when the ledger is intact.</param>
public sealed record LedgerVerdict(long Size, byte[] Root, int Checkpoints, long Erased, LedgerFinding? First)
{
    /// <summary>
    /// Messages, places of statuses and letters that an earlier version of the portal read or placed. Their bytes and records are verified;
    /// what was read out of them is not compared, since today's rules would read it otherwise.
    /// </summary>
    public long Earlier { get; init; }

    /// <summary>
    /// How many messages are wrong, <see cref="First"/> among them when it is one; messages behind a removed one count too.
    /// </summary>
    public long Wrong { get; init; }

    /// <summary>True when nothing is wrong.</summary>
    public bool Intact => First is null;
}

/// <summary>A checkpoint from outside the database that the log must extend.</summary>
/// <param name="Name">What it goes by in what is said of it.</param>
public sealed record GivenCheckpoint(string Name, Checkpoint Head);
