using System.Security.Cryptography;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Ledger.Tree;

namespace Portal.Ingestion.Verification;

/// <summary>What a proof file proves: a message, or an entry of another log.</summary>
/// <param name="What">What it is in findings, in Danish: <c>beskeden</c> or <c>handlingen</c>.</param>
/// <param name="Kind">The entry's kind; null for a message.</param>
/// <param name="Id">The BeskedId, or what the entry is about.</param>
/// <param name="At">When it was received or done, UTC.</param>
/// <param name="Sha256">Of the exact bytes or the canonical JSON, lower-case hex.</param>
public sealed record ProvenRecord(string What, string? Kind, string Id, DateTimeOffset At, string Sha256)
{
    /// <summary>Parses the record of a leaf of any of the logs; null for anything else.</summary>
    internal static ProvenRecord? Parse(ReadOnlySpan<byte> bytes) =>
        LeafRecord.Parse(bytes) is { } message ? new ProvenRecord("beskeden", null, message.BeskedId, message.ReceivedAt, message.Sha256)
        : JournalRecord.Parse(bytes) is { } entry ? new ProvenRecord("handlingen", entry.Kind, entry.Id, entry.At, entry.Sha256)
        : null;
}

/// <summary>Checks a proof file against a message's bytes and a log's key; needs no database. Pure.</summary>
public static class ProofCheck
{
    /// <summary>
    /// Null when the proof file is valid; else what differs, in Danish. If needed, files that other programs saved again are restored
    /// first.
    /// </summary>
    /// <param name="proof">The proof's file.</param>
    /// <param name="message">The message's file.</param>
    /// <param name="key">The log's key.</param>
    /// <param name="record">The message's record in the proof; null when it cannot be read.</param>
    /// <param name="resaved">Which files had to be restored, in Danish; null when none.</param>
    public static string? OfFiles(byte[] proof, byte[] message, VerifierKey key, out ProvenRecord? record, out string? resaved)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(message);
        var (text, changed) = ResavedText.Restore(proof);
        var exact = changed ? System.Text.Encoding.UTF8.GetString(proof) : text;
        var asIs = Of(exact, message, key, out record);
        resaved = null;
        if (asIs is null) return null;
        var why = changed ? Of(text, message, key, out record) : asIs;
        var putBack = changed && (why is null || record is not null) ? "bevisfilen" : null;
        if (why is not null && record is { } leaf && Restored(message, leaf.Sha256) is { } original
            && Of(text, original, key, out record) is null)
        {
            (why, putBack) = (null, putBack is null ? "beskedens fil" : "bevisfilen og beskedens fil");
        }
        if (why is null) resaved = putBack;

        // If the message is a different one, the proof file is not to blame.
        return why is null || !changed || record?.Sha256 is { } sha256 && sha256 != Convert.ToHexStringLower(SHA256.HashData(message))
            ? why
            : $"{why.TrimEnd('.')} – {ResavedText.GetAgain}.";
    }

    // The original bytes (with the proof's hash), if a program only changed the encoding, byte order mark, line breaks or final newline.
    private static byte[]? Restored(byte[] message, string sha256)
    {
        var utf8 = message is [0xFF, 0xFE, ..]
            ? System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.Unicode.GetString(message.AsSpan(2)))
            : message is [0xFE, 0xFF, ..]
                ? System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.BigEndianUnicode.GetString(message.AsSpan(2)))
            : message.AsSpan().StartsWith(System.Text.Encoding.UTF8.GetPreamble()) ? message[3..] : message;
        var text = System.Text.Encoding.Latin1.GetString(utf8);
        var feeds = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        foreach (var form in (ReadOnlySpan<string>)[text, feeds, feeds.Replace("\n", "\r\n", StringComparison.Ordinal)])
        {
            foreach (var end in (ReadOnlySpan<string>)[
                form, form.TrimEnd('\r', '\n'), form.TrimEnd('\r', '\n') + "\n", form.TrimEnd('\r', '\n') + "\r\n"])
            {
                foreach (var bytes in (byte[][])[System.Text.Encoding.Latin1.GetBytes(
                    end), [.. System.Text.Encoding.UTF8.GetPreamble(), .. System.Text.Encoding.Latin1.GetBytes(end)]])
                {
                    if (Convert.ToHexStringLower(SHA256.HashData(bytes)) == sha256) return bytes;
                }
            }
        }

        return null;
    }

    /// <summary>Null when the proof is valid; else what differs, in Danish.</summary>
    public static string? Of(string proofText, byte[] message, VerifierKey key, out ProvenRecord? record)
    {
        ArgumentNullException.ThrowIfNull(message);
        record = null;
        if (LedgerProof.Parse(proofText, out var why) is not { } proof) return $"bevisfilen kan ikke læses: {why}.";
        record = ProvenRecord.Parse(proof.Record);
        if (record is null)
            return "bevisfilens optegnelse (extra) er ændret: den har ikke formen portal-besked/v1 eller portal-handling/v1.";
        if (SignedCheckpoint.Read(proof.Note, key, out why) is not { } checkpoint)
            return $"checkpointet i bevisfilen kan ikke bruges: {why}.";
        var hash = Convert.ToHexStringLower(SHA256.HashData(message));
        if (hash != record.Sha256)
            return $"{record.What} er ikke den, som beviset gælder: dens SHA-256 er {hash}, men beviset siger {record.Sha256}.";
        return MerkleProof.RootOf(MerkleHash.OfLeaf(proof.Record), proof.Index, checkpoint.Head.Size, proof.Hashes) is not { } root
            ? $"beviset passer ikke til nummer {proof.Index} i en log med {checkpoint.Head.Size} blade: index, "
                + "antallet af hashværdier eller checkpointet er ændret."
            : !root.AsSpan().SequenceEqual(checkpoint.Head.Root)
                ? "bevisets hashværdier fører ikke til checkpointets rod: optegnelsen, index eller en hashværdi er ændret."
                : null;
    }
}
