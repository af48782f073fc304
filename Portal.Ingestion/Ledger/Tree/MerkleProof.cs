using System.Numerics;

namespace Portal.Ingestion.Ledger.Tree;

/// <summary>
/// Verifies proofs by the algorithms of RFC 9162 (2.1.3.2 and 2.1.4.2), independently of <see cref="TreeReader"/>, which makes them.
/// </summary>
public static class MerkleProof
{
    /// <summary>
    /// The root computed from a leaf's hash and the proof; null when the proof has the wrong length for this index and size.
    /// </summary>
    public static byte[]? RootOf(byte[] leafHash, long index, long size, IReadOnlyList<byte[]> proof)
    {
        ArgumentNullException.ThrowIfNull(leafHash);
        ArgumentNullException.ThrowIfNull(proof);
        if (index < 0 || index >= size) return null;
        var (at, last, root) = (index, size - 1, leafHash);
        foreach (var hash in proof)
        {
            if (last == 0 || hash.Length != MerkleHash.Size) return null;
            if ((at & 1) == 1 || at == last)
            {
                root = MerkleHash.OfNode(hash, root);
                while ((at & 1) == 0 && at != 0) (at, last) = (at >> 1, last >> 1);
            }
            else
            {
                root = MerkleHash.OfNode(root, hash);
            }

            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 ? root : null;
    }

    /// <summary>True when the leaf is at this index in the tree with this size and root.</summary>
    public static bool IsIncluded(byte[] leafHash, long index, long size, IReadOnlyList<byte[]> proof, byte[] root) =>
        RootOf(leafHash, index, size, proof) is { } found && found.AsSpan().SequenceEqual(root);

    /// <summary>True when the first tree is a prefix of the second.</summary>
    public static bool IsConsistent(long first, byte[] firstRoot, long second, byte[] secondRoot, IReadOnlyList<byte[]> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (first < 0 || first > second) return false;
        if (first == 0) return proof.Count == 0 && firstRoot.AsSpan().SequenceEqual(MerkleHash.EmptyRoot);
        if (first == second) return proof.Count == 0 && firstRoot.AsSpan().SequenceEqual(secondRoot);
        var path = BitOperations.IsPow2(first) ? [firstRoot, .. proof] : proof;
        if (proof.Count == 0 || path.Any(h => h.Length != MerkleHash.Size)) return false;
        var (at, last) = (first - 1, second - 1);
        while ((at & 1) == 1) (at, last) = (at >> 1, last >> 1);
        var (one, two) = (path[0], path[0]);
        foreach (var hash in path.Skip(1))
        {
            if (last == 0) return false;
            if ((at & 1) == 1 || at == last)
            {
                one = MerkleHash.OfNode(hash, one);
                two = MerkleHash.OfNode(hash, two);
                while ((at & 1) == 0 && at != 0) (at, last) = (at >> 1, last >> 1);
            }
            else
            {
                two = MerkleHash.OfNode(two, hash);
            }

            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 && one.AsSpan().SequenceEqual(firstRoot) && two.AsSpan().SequenceEqual(secondRoot);
    }
}
