namespace Portal.Ingestion.Ledger.Tree;

/// <summary>
/// The right edge of a tree: the roots of its complete subtrees, one for each binary digit of its size. Enough to append to the tree and to
/// compute its root; a leaf costs one more hash on average, a root at most one hash per digit.
/// </summary>
public sealed class MerkleFrontier
{
    private const int MostLevels = 63;
    private readonly byte[][] _nodes = new byte[MostLevels][];

    /// <summary>Leaves in the tree.</summary>
    public long Size { get; private set; }

    /// <summary>
    /// Appends a leaf; <paramref name="completed"/> is called for each node that this completes, from the leaf (height 0) upwards.
    /// </summary>
    public void Append(byte[] leafHash, Action<int, byte[]>? completed = null)
    {
        ArgumentNullException.ThrowIfNull(leafHash);
        var (height, hash) = (0, leafHash);
        completed?.Invoke(height, hash);
        for (; ((Size >> height) & 1) == 1; completed?.Invoke(height, hash)) hash = MerkleHash.OfNode(_nodes[height++], hash);
        _nodes[height] = hash;
        Size++;
    }

    /// <summary>
    /// Appends a complete subtree of 2^<paramref name="height"/> leaves; for rebuilding a frontier from the largest subtree to the
    /// smallest.
    /// </summary>
    /// <exception cref="ArgumentException">The tree already has a subtree of this height or a lower one.</exception>
    public void AppendSubtree(int height, byte[] hash)
    {
        if ((Size & ((1L << (height + 1)) - 1)) != 0)
            throw new ArgumentException("Subtrees go from the largest to the smallest.", nameof(height));
        _nodes[height] = hash;
        Size += 1L << height;
    }

    /// <summary>The root of the current tree.</summary>
    public byte[] Root()
    {
        byte[]? root = null;
        for (var height = 0; height < MostLevels && (Size >> height) != 0; height++)
        {
            if (((Size >> height) & 1) == 1) root = root is null ? _nodes[height] : MerkleHash.OfNode(_nodes[height], root);
        }

        return root ?? MerkleHash.EmptyRoot;
    }
}
