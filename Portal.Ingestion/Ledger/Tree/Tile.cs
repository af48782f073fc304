namespace Portal.Ingestion.Ledger.Tree;

/// <summary>
/// The address of a tile (C2SP tlog-tiles): level 0 has the hashes of leaves, each level above the roots of the full tiles below it.
/// </summary>
public readonly record struct TileAddress(int Level, long Number)
{
    /// <summary>Levels of the tree that a tile covers.</summary>
    public const int Height = 8;

    /// <summary>Hashes in a full tile.</summary>
    public const int Width = 1 << Height;

    /// <summary>The first leaf under the tile.</summary>
    public long FirstLeaf => Number << (Height * (Level + 1));

    /// <summary>How many hashes the tile holds in a tree of this size.</summary>
    public int WidthAt(long treeSize) => (int)Math.Clamp((treeSize >> (Height * Level)) - (Number * Width), 0, Width);
}

/// <summary>A tile: up to 256 hashes of 32 bytes, one after the other.</summary>
public readonly record struct Tile(TileAddress Address, ReadOnlyMemory<byte> Hashes);

/// <summary>Reads tiles.</summary>
public interface ITileSource
{
    /// <summary>The tile's hashes; empty when there is no such tile.</summary>
    ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileAddress address, CancellationToken cancellationToken);
}

/// <summary>Tiles are missing or do not fit the tree's size: they were changed from outside.</summary>
public sealed class LedgerDamagedException(string message) : Exception(message);
