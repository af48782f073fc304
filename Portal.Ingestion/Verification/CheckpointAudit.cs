using System.Text;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Verification.Checkpoints;

namespace Portal.Ingestion.Verification;

/// <summary>Compares checkpoints with the tree: each must be a prefix of it. Pure.</summary>
internal static class CheckpointAudit
{
    private const string Messages = "beskeder";

    /// <summary>The findings about the stored checkpoints; empty when all are intact.</summary>
    /// <param name="stored">The stored checkpoints, ordered by number.</param>
    /// <param name="made">Number of checkpoints made, according to the head.</param>
    /// <param name="leaves">What the log's leaves are, in Danish.</param>
    public static IEnumerable<LedgerFinding> OfStored(
        IReadOnlyList<StoredCheckpoint> stored, int made, long size, VerifierKey key, IReadOnlyDictionary<long, byte[]> roots,
        string leaves = Messages)
    {
        var expected = 1;
        var reached = 0L;
        foreach (var checkpoint in stored)
        {
            if (checkpoint.Number != expected)
            {
                yield return Changed(reached, $"checkpoint nummer {expected} er fjernet");
                expected = checkpoint.Number;
            }

            expected++;
            if (SignedCheckpoint.Read(SignedNote.Parse(checkpoint.Note), key, out var why) is not { } read)
            {
                yield return Changed(checkpoint.Size, $"checkpoint nummer {checkpoint.Number} er ændret: {why}");
                continue;
            }

            if (read.Head.Size != checkpoint.Size || read.Head.Size < reached)
                yield return Changed(checkpoint.Size, $"checkpoint nummer {checkpoint.Number} er ændret: størrelsen passer ikke");
            if (checkpoint.TimestampToken is { } token && !Timestamp.Covers(token, Encoding.UTF8.GetBytes(checkpoint.Note)))
                yield return Changed(checkpoint.Size, $"tidsstemplet på checkpoint nummer {checkpoint.Number} passer ikke");
            if (Of(new GivenCheckpoint($"checkpoint nummer {checkpoint.Number}", read.Head), reached, size, roots, leaves) is { } finding)
                yield return finding;
            else reached = Math.Max(reached, read.Head.Size);
        }

        if (expected - 1 != made)
        {
            yield return Changed(reached, expected - 1 < made
                ? $"checkpoint nummer {expected} er fjernet"
                : $"der er {expected - 1} checkpoints, men kun {made} er lavet");
        }
    }

    /// <summary>Null when the checkpoint's tree is a prefix of the log's tree, or its size was not computed.</summary>
    /// <param name="agreed">Tree size of an earlier checkpoint that agreed: the difference is after it.</param>
    public static LedgerFinding? Of(
        GivenCheckpoint given, long agreed, long size, IReadOnlyDictionary<long, byte[]> roots, string leaves = Messages)
    {
        if (given.Head.Size > size)
        {
            return new LedgerFinding(size + 1, LedgerProblem.TailCut, $"{given.Name} er lavet ved {given.Head.Size} {leaves}, "
                + $"men loggen har kun {size}: halen er skåret af, eller en ældre kopi er lagt tilbage");
        }

        if (!roots.TryGetValue(given.Head.Size, out var root) || root.AsSpan().SequenceEqual(given.Head.Root)) return null;
        var from = Math.Min(agreed + 1, Math.Max(1, given.Head.Size));
        return new LedgerFinding(from, LedgerProblem.OtherHistory, $"loggen er en anden end den, som {given.Name} blev lavet af: de "
            + $"{given.Head.Size} første {leaves} er ikke de samme (forskellen ligger fra nummer {from})");
    }

    private static LedgerFinding Changed(long size, string why) => new(Math.Max(1, size), LedgerProblem.CheckpointChanged, why);
}
