using Portal.Ingestion.Verification;

namespace Portal.Ingestion.Ledger.Keeping;

/// <summary>
/// The ledger's head: one row, signed again at each commit. Origin and public key are set at the first start and never change.
/// </summary>
public sealed class StoredLedgerHead
{
    /// <summary>The <see cref="Id"/> of the only row.</summary>
    public const int Only = 1;

    public int Id { get; set; } = Only;
    public required string Origin { get; set; }

    /// <summary>32 bytes, Ed25519.</summary>
    public required byte[] PublicKey { get; set; }

    /// <summary>Number of leaves in the tree, which is the sequence number of the last message in it.</summary>
    public long Size { get; set; }
    public required byte[] Root { get; set; }

    /// <summary>Signature of the checkpoint's text with this size and root, 64 bytes.</summary>
    public required byte[] Signature { get; set; }

    /// <summary>Number of checkpoints made, so that a removed one is noticed.</summary>
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

    /// <summary>The exact text of the C2SP note.</summary>
    public required string Note { get; set; }

    /// <summary>The RFC 3161 token over the note's bytes; null when it has none.</summary>
    public byte[]? TimestampToken { get; set; }
}

/// <summary>
/// A signed record that the bytes of a message were erased under a retention rule. A missing message without this record counts as broken.
/// </summary>
public sealed class StoredErasure
{
    public long Sequence { get; set; }
    public DateTimeOffset ErasedAt { get; set; }

    /// <summary>Name of the retention rule.</summary>
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

    /// <summary>Entries in the log of actions.</summary>
    public long Actions { get; set; }

    /// <summary>Those whose content was erased under a retention rule.</summary>
    public long ActionsErased { get; set; }

    /// <summary>The log in which <see cref="FirstBroken"/> is; null for the log of messages.</summary>
    public string? BrokenLog { get; set; }

    /// <summary>Sequence number of the first broken message, or leaf of <see cref="BrokenLog"/>; null when none is.</summary>
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

    /// <summary>Tree size of the last checkpoint that was copied or time-stamped.</summary>
    public long Size { get; set; }

    /// <summary>Why it fails now, in Danish; null when it succeeds.</summary>
    public string? Trouble { get; set; }
    public DateTimeOffset? TroubleSince { get; set; }

    /// <summary>Copies to <c>Ledger:CheckpointPath</c>.</summary>
    public const string Copying = "copy";

    /// <summary>Timestamps from <c>Ledger:TimestampUri</c>.</summary>
    public const string Stamping = "timestamp";
}
