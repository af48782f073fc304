using System.Numerics;

namespace Portal.Ingestion.Ledger.Tree;

/// <summary>Computes roots and proofs of a tree from its tiles. Each needs only a few tiles, regardless of the number of leaves.</summary>
public sealed class TreeReader(ITileSource tiles)
{
    private readonly Dictionary<TileAddress, ReadOnlyMemory<byte>> _read = [];

    /// <summary>The root of the tree's first <paramref name="size"/> leaves.</summary>
    /// <exception cref="LedgerDamagedException">A tile is missing or too short.</exception>
    public async Task<byte[]> RootAsync(long size, CancellationToken cancellationToken) =>
        size == 0 ? MerkleHash.EmptyRoot : await RangeAsync(0, size, cancellationToken);

    /// <summary>The hash of the leaf at this index, from 0.</summary>
    /// <exception cref="LedgerDamagedException">A tile is missing or too short.</exception>
    public Task<byte[]> LeafAsync(long index, CancellationToken cancellationToken) => NodeAsync(0, index, cancellationToken);

    /// <summary>
    /// The proof that leaf <paramref name="index"/> is in the tree of <paramref name="size"/> leaves (RFC 9162, 2.1.3.1), from the leaf's
    /// sibling upwards.
    /// </summary>
    /// <exception cref="LedgerDamagedException">A tile is missing or too short.</exception>
    public async Task<IReadOnlyList<byte[]>> InclusionAsync(long index, long size, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var proof = new List<byte[]>();
        for (var (low, high) = (0L, size); high - low > 1;)
        {
            var middle = low + Split(high - low);
            var (ours, other) = index < middle ? ((low, middle), (middle, high)) : ((middle, high), (low, middle));
            proof.Add(await RangeAsync(other.Item1, other.Item2, cancellationToken));
            (low, high) = ours;
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>
    /// The proof that the tree of <paramref name="size"/> leaves begins with the tree of <paramref name="first"/> leaves (RFC 9162,
    /// 2.1.4.1).
    /// </summary>
    /// <exception cref="LedgerDamagedException">A tile is missing or too short.</exception>
    public async Task<IReadOnlyList<byte[]>> ConsistencyAsync(long first, long size, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, size);
        var proof = new List<byte[]>();
        if (first == 0) return proof;
        var (low, high) = (0L, size);
        while (high != first)
        {
            var middle = low + Split(high - low);
            if (first <= middle)
            {
                proof.Add(await RangeAsync(middle, high, cancellationToken));
                high = middle;
            }
            else
            {
                proof.Add(await RangeAsync(low, middle, cancellationToken));
                low = middle;
            }
        }

        // The caller knows the root of the first tree, so it is left out where it is a node of the second tree (RFC 9162, 2.1.4.1).
        if (low > 0) proof.Add(await RangeAsync(low, high, cancellationToken));
        proof.Reverse();
        return proof;
    }

    private async Task<byte[]> RangeAsync(long low, long high, CancellationToken cancellationToken)
    {
        var count = high - low;
        if (BitOperations.IsPow2(count)) return await NodeAsync(BitOperations.Log2((ulong)count), low / count, cancellationToken);
        var middle = low + Split(count);
        var left = await RangeAsync(low, middle, cancellationToken);
        var right = await RangeAsync(middle, high, cancellationToken);
        return MerkleHash.OfNode(left, right);
    }

    /// <summary>The largest power of two below <paramref name="count"/>.</summary>
    private static long Split(long count) => 1L << BitOperations.Log2((ulong)count - 1);

    private async Task<byte[]> NodeAsync(int height, long index, CancellationToken cancellationToken)
    {
        var (level, within) = (height / TileAddress.Height, height % TileAddress.Height);
        var first = index << within;
        var address = new TileAddress(level, first / TileAddress.Width);
        if (!_read.TryGetValue(address, out var hashes)) _read[address] = hashes = await tiles.ReadAsync(address, cancellationToken);
        var (start, length) = ((int)(first % TileAddress.Width) * MerkleHash.Size, (1 << within) * MerkleHash.Size);
        return hashes.Length >= start + length
            ? MerkleHash.OfSubtree(hashes.Span.Slice(start, length))
            : throw new LedgerDamagedException($"Tile {address.Level}/{address.Number} is missing or too short.");
    }
}
