using System.Security.Cryptography;
using System.Text;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Ledger.Tree;

namespace Portal.Ingestion.Journal;

/// <summary>An entry of a log: one leaf of its tree. Never changed, except that retention erases the JSON.</summary>
public sealed class StoredJournalEntry
{
    /// <summary>A <see cref="JournalLog.Number"/>.</summary>
    public int Log { get; set; }

    /// <summary>The leaf's index, from 0 without gaps.</summary>
    public long Index { get; set; }

    public required string Kind { get; set; }

    /// <summary>What it is about, e.g. <c>letter/12/1</c>: numbers of this database, no personal data.</summary>
    public required string Id { get; set; }

    /// <summary>UTC, whole milliseconds.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Of the UTF-8 bytes of <see cref="Json"/>, lower-case hex.</summary>
    public required string Sha256 { get; set; }

    /// <summary>Canonical JSON (<see cref="CanonicalJson"/>); null when erased under retention.</summary>
    public string? Json { get; set; }

    /// <summary>The authority's CVR; null when it concerns none.</summary>
    public string? Authority { get; set; }

    /// <summary>The case's key (<see cref="Domain.IdentifierKey"/>); null when it concerns none.</summary>
    public string? CaseKey { get; set; }

    /// <summary>The letter's key in the database; null when it concerns none.</summary>
    public long? LetterKey { get; set; }

    /// <summary>The key of the status that it is about; null for none.</summary>
    public long? StatusKey { get; set; }

    /// <summary>When the JSON was erased, UTC.</summary>
    public DateTimeOffset? ErasedAt { get; set; }

    /// <summary>The retention rule that erased it.</summary>
    public string? ErasedBy { get; set; }

    /// <summary>The signature of the erasure by the log's key.</summary>
    public byte[]? ErasureSignature { get; set; }

    /// <summary>The record of the entry's leaf.</summary>
    internal JournalRecord ToRecord(JournalLog log) => new(log.Format, Kind, Id, At, Sha256);

    /// <summary>True when the JSON has the stored hash.</summary>
    internal bool IsJsonWhole() => Json is not null && HashOf(Json) == Sha256;

    /// <summary>Lower-case hex of the SHA-256 of a text's UTF-8 bytes.</summary>
    internal static string HashOf(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
}

/// <summary>The signed head of a log's tree: one row for each log.</summary>
public sealed class StoredJournalHead
{
    /// <summary>A <see cref="JournalLog.Number"/>.</summary>
    public int Log { get; set; }

    public required string Origin { get; set; }

    /// <summary>Number of leaves.</summary>
    public long Size { get; set; }

    public required byte[] Root { get; set; }

    /// <summary>The signature of the checkpoint's text with this size and root, 64 bytes.</summary>
    public required byte[] Signature { get; set; }

    /// <summary>Number of checkpoints made, so that a removed one is noticed.</summary>
    public int Checkpoints { get; set; }

    /// <summary>The head as a C2SP note.</summary>
    internal SignedCheckpoint ToCheckpoint(VerifierKey key)
    {
        var checkpoint = new Checkpoint(Origin, Size, Root);
        return new SignedCheckpoint(checkpoint, new SignedNote(checkpoint.ToText(), [new NoteSignature(key.Name, key.Id, Signature)]));
    }
}

/// <summary>A tile of a log's tree (C2SP tlog-tiles).</summary>
public sealed class StoredJournalTile
{
    /// <summary>A <see cref="JournalLog.Number"/>.</summary>
    public int Log { get; set; }

    public int Level { get; set; }
    public long Number { get; set; }

    /// <summary>Up to 256 hashes of 32 bytes.</summary>
    public required byte[] Hashes { get; set; }
}

/// <summary>A stored checkpoint of a log, kept permanently.</summary>
public sealed class StoredJournalCheckpoint
{
    /// <summary>A <see cref="JournalLog.Number"/>.</summary>
    public int Log { get; set; }

    /// <summary>From 1, without gaps.</summary>
    public int Number { get; set; }

    public long Size { get; set; }
    public DateTimeOffset MadeAt { get; set; }

    /// <summary>The exact text of the C2SP note.</summary>
    public required string Note { get; set; }
}
