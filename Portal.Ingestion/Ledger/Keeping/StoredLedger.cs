using Portal.Ingestion.Verification;

namespace Portal.Ingestion.Ledger.Keeping;

/// <summary>
/// The ledger's head: the one row that each commit signs again. Its origin and public key are those of the first start, forever.
/// </summary>
public sealed class StoredLedgerHead
{
    /// <summary>The <see cref="Id"/> of the only row.</summary>
    public const int Only = 1;

    public int Id { get; set; } = Only;
    public required string Origin { get; set; }

    /// <summary>32 bytes, Ed25519.</summary>
    public required byte[] PublicKey { get; set; }

    /// <summary>Leaves in the tree: the sequence number of the last message in it.</summary>
    public long Size { get; set; }
    public required byte[] Root { get; set; }

    /// <summary>Of the checkpoint's text with this size and root, 64 bytes.</summary>
    public required byte[] Signature { get; set; }

    /// <summary>How many checkpoints were made, so that a removed one is noticed.</summary>
    public int Checkpoints { get; set; }
}

/// <summary>A tile of the tree (C2SP tlog-tiles). The last one of a level grows; a full one never changes.</summary>
public sealed class StoredLedgerTile
{
    public int Level { get; set; }
    public long Number { get; set; }

    /// <summary>Up to 256 hashes of 32 bytes.</summary>
    public required byte[] Hashes { get; set; }
}

/// <summary>A stored checkpoint: a signed head, kept permanently.</summary>
public sealed class StoredCheckpoint
{
    /// <summary>From 1, without gaps.</summary>
    public int Number { get; set; }
    public long Size { get; set; }
    public DateTimeOffset MadeAt { get; set; }

    /// <summary>The C2SP note, word for word.</summary>
    public required string Note { get; set; }

    /// <summary>The RFC 3161 token over the note's bytes; null when it has none.</summary>
    public byte[]? TimestampToken { get; set; }
}

/// <summary>
/// The bytes of a message were erased under a rule, and the ledger's key says so: a message that is missing without this is broken.
/// </summary>
public sealed class StoredErasure
{
    public long Sequence { get; set; }
    public DateTimeOffset ErasedAt { get; set; }

    /// <summary>Which rule, as the retention names it.</summary>
    public required string Rule { get; set; }
    public required byte[] Signature { get; set; }
}

/// <summary>The result of the last full verification. One row.</summary>
public sealed class StoredVerification
{
    /// <summary>The <see cref="Id"/> of the only row.</summary>
    public const int Only = 1;

    public int Id { get; set; } = Only;
    public DateTimeOffset VerifiedAt { get; set; }
    public long Milliseconds { get; set; }
    public long Size { get; set; }
    public required byte[] Root { get; set; }
    public int Checkpoints { get; set; }
    public long Erased { get; set; }

    /// <summary>See <see cref="LedgerVerdict.Earlier"/>.</summary>
    public long Earlier { get; set; }

    /// <summary>The sequence number of the first that is wrong; null when nothing is.</summary>
    public long? FirstBroken { get; set; }
    public string? Problem { get; set; }

    /// <summary>In Danish.</summary>
    public string? Why { get; set; }
}

/// <summary>The state of a task on checkpoints (copying, time-stamping).</summary>
public sealed class StoredLedgerDuty
{
    /// <summary><see cref="Copying"/> or <see cref="Stamping"/>.</summary>
    public required string Duty { get; set; }

    /// <summary>When it last succeeded, UTC.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>The size of the last checkpoint that it was done with.</summary>
    public long Size { get; set; }

    /// <summary>Why it does not succeed now, in Danish; null when it does.</summary>
    public string? Trouble { get; set; }
    public DateTimeOffset? TroubleSince { get; set; }

    /// <summary>Copies to <c>Ledger:CheckpointPath</c>.</summary>
    public const string Copying = "copy";

    /// <summary>Timestamps from <c>Ledger:TimestampUri</c>.</summary>
    public const string Stamping = "timestamp";
}
