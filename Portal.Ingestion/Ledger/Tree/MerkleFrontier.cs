namespace Portal.Ingestion.Ledger.Tree;

/// <summary>
/// The right edge of a tree: the roots of its complete subtrees, one for each binary digit of its size. Enough to append to the tree and to
/// tell its root; a leaf costs one further hash on average, a root as many as the size has digits.
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
    /// Puts a complete subtree of 2^<paramref name="height"/> leaves at the right; for rebuilding a frontier from the largest to the
    /// smallest.
    /// </summary>
    /// <exception cref="ArgumentException">A subtree as small or smaller is there already.</exception>
    public void AppendSubtree(int height, byte[] hash)
    {
        if ((Size & ((1L << (height + 1)) - 1)) != 0)
            throw new ArgumentException("Subtrees go from the largest to the smallest.", nameof(height));
        _nodes[height] = hash;
        Size += 1L << height;
    }

    /// <summary>The root of the tree as it is.</summary>
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
