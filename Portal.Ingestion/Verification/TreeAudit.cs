using Portal.Ingestion.Ledger.Tree;

namespace Portal.Ingestion.Verification;

/// <summary>
/// Rebuilds the tree from the leaf hashes, compares every node of it with the stored one, and records the roots at requested sizes.
/// </summary>
internal sealed class TreeAudit(ITileRows rows)
{
    private const int TilesAtOnce = 512;
    private readonly MerkleFrontier _frontier = new();
    private Dictionary<TileAddress, byte[]> _upper = [];

    /// <summary>The root of all leaves, after <see cref="RunAsync"/>; meaningless if <see cref="Finding"/> is a missing tile.</summary>
    public byte[] Root => _frontier.Root();

    /// <summary>Number of leaf hashes read.</summary>
    public long Read => _frontier.Size;

    /// <summary>The first wrong node; null when all are right.</summary>
    public LedgerFinding? Finding { get; private set; }

    /// <summary>The root at each requested size up to the tree's size.</summary>
    public Dictionary<long, byte[]> Roots { get; } = [];

    /// <summary>Reads all tiles of a tree of <paramref name="size"/> leaves.</summary>
    public async Task RunAsync(long size, IReadOnlySet<long> sizes, CancellationToken cancellationToken)
    {
        _upper = await rows.UpperAsync(cancellationToken);
        if (sizes.Contains(0)) Roots[0] = MerkleHash.EmptyRoot;
        for (long number = 0; number * TileAddress.Width < size; number += TilesAtOnce)
        {
            var (from, to) = (number, number + TilesAtOnce);
            var tiles = await rows.LeavesAsync(from, to, cancellationToken);
            for (var n = from; n < to && n * TileAddress.Width < size; n++)
            {
                var width = new TileAddress(0, n).WidthAt(size);
                if (!tiles.TryGetValue(n, out var hashes) || hashes.Length < width * MerkleHash.Size
                    || hashes.Length % MerkleHash.Size != 0)
                {
                    Find(n * TileAddress.Width, $"en flise af træet mangler eller er for kort (niveau 0, nummer {n})");
                    return;
                }

                Append(hashes, width, sizes);
            }
        }

        FindUpperThatAreShort(size);
    }

    private void Append(byte[] hashes, int width, IReadOnlySet<long> sizes)
    {
        for (var n = 0; n < width; n++)
        {
            _frontier.Append(hashes[(n * MerkleHash.Size)..((n + 1) * MerkleHash.Size)], Compare);
            if (sizes.Contains(_frontier.Size)) Roots[_frontier.Size] = _frontier.Root();
        }
    }

    private void Compare(int height, byte[] hash)
    {
        if (height == 0 || height % TileAddress.Height != 0) return;
        var level = height / TileAddress.Height;

        // The completed node ends with the leaf being appended, which Size does not count yet.
        var index = _frontier.Size >> height;
        var (address, at) = (new TileAddress(level, index / TileAddress.Width), (int)(index % TileAddress.Width) * MerkleHash.Size);
        if (_upper.TryGetValue(address, out var stored) && stored.Length >= at + MerkleHash.Size
            && stored.AsSpan(at, MerkleHash.Size).SequenceEqual(hash))
        {
            return;
        }
        Find(index << height,
            $"en flise af træet er ændret eller mangler (niveau {address.Level}, nummer {address.Number}, eller en af dem under den)");
    }

    private void FindUpperThatAreShort(long size)
    {
        foreach (var (address, hashes) in _upper.OrderBy(t => t.Key.FirstLeaf))
        {
            if (hashes.Length % MerkleHash.Size != 0)
            {
                Find(Math.Min(address.FirstLeaf, Math.Max(0, size - 1)),
                    $"en flise af træet er ændret (niveau {address.Level}, nummer {address.Number})");
            }
        }
    }

    private void Find(long leaf, string why)
    {
        if (Finding is null || leaf + 1 < Finding.Sequence) Finding = new LedgerFinding(leaf + 1, LedgerProblem.TileChanged, why);
    }
}
