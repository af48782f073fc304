using System.Security.Cryptography;

namespace Portal.Ingestion.Ledger;

/// <summary>Checks a proof file against a message's bytes and a log's key; needs no database. Pure.</summary>
public static class ProofCheck
{
    /// <summary>Null when the proof holds; else what differs, in Danish.</summary>
    public static string? Of(string proofText, byte[] message, VerifierKey key, out LeafRecord? record)
    {
        ArgumentNullException.ThrowIfNull(message);
        record = null;
        if (LedgerProof.Parse(proofText, out var why) is not { } proof) return $"bevisfilen kan ikke læses: {why}.";
        record = LeafRecord.Parse(proof.Record);
        if (record is null) return "bevisfilens optegnelse (extra) er ændret: den har ikke formen portal-besked/v1.";
        if (SignedCheckpoint.Read(proof.Note, key, out why) is not { } checkpoint) return $"checkpointet i bevisfilen kan ikke bruges: {why}.";
        var hash = Convert.ToHexStringLower(SHA256.HashData(message));
        if (hash != record.Sha256) return $"beskeden er ikke den, som beviset gælder: dens SHA-256 er {hash}, men beviset siger {record.Sha256}.";
        return MerkleProof.RootOf(MerkleHash.OfLeaf(proof.Record), proof.Index, checkpoint.Head.Size, proof.Hashes) is not { } root
            ? $"beviset passer ikke til nummer {proof.Index} i en log med {checkpoint.Head.Size} beskeder: index, antallet af hashværdier eller checkpointet er ændret."
            : !root.AsSpan().SequenceEqual(checkpoint.Head.Root)
                ? "bevisets hashværdier fører ikke til checkpointets rod: optegnelsen, index eller en hashværdi er ændret."
                : null;
    }
}
