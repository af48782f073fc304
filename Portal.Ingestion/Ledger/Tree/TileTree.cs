namespace Portal.Ingestion.Ledger.Tree;

/// <summary>A growing tree whose nodes are stored as tiles: keeps its right edge in memory and tracks which tiles have changed.</summary>
public sealed class TileTree
{
    private readonly MerkleFrontier _frontier = new();
    private readonly List<Row> _rows = [];
    private readonly List<Tile> _filled = [];

    /// <summary>Leaves in the tree.</summary>
    public long Size => _frontier.Size;

    public byte[] Root() => _frontier.Root();

    /// <summary>Loads a tree of <paramref name="size"/> leaves; <paramref name="read"/> returns its tiles.</summary>
    /// <exception cref="LedgerDamagedException">A tile at the right edge is missing or too short.</exception>
    public static TileTree Load(long size, Func<TileAddress, byte[]?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var tree = new TileTree();
        for (var level = 0; (size >> (TileAddress.Height * level)) > 0; level++)
        {
            var count = size >> (TileAddress.Height * level);
            tree._rows.Add(new Row(count / TileAddress.Width));
            var width = (int)(count % TileAddress.Width);
            if (width == 0) continue;
            var address = new TileAddress(level, count / TileAddress.Width);
            if (read(address) is not { } hashes || hashes.Length < width * MerkleHash.Size)
                throw new LedgerDamagedException($"Tile {address.Level}/{address.Number} is missing or too short.");
            tree._rows[level].Fill(hashes.AsSpan(0, width * MerkleHash.Size));
        }

        tree.RaiseFrontier(size);
        return tree;
    }

    public void Append(byte[] leafHash) => _frontier.Append(leafHash, Completed);

    /// <summary>The tiles that changed since the last call: those filled meanwhile, and the last tile of each level that grew.</summary>
    public IReadOnlyList<Tile> TakeChanged()
    {
        var changed = new List<Tile>(_filled);
        _filled.Clear();
        for (var level = 0; level < _rows.Count; level++)
        {
            if (_rows[level].TakeChanged() is { } hashes) changed.Add(new Tile(new TileAddress(level, _rows[level].Number), hashes));
        }

        return changed;
    }

    private void Completed(int height, byte[] hash)
    {
        if (height % TileAddress.Height != 0) return;
        var level = height / TileAddress.Height;
        if (level == _rows.Count) _rows.Add(new Row(0));
        var number = _rows[level].Number;
        if (_rows[level].Add(hash) is { } full) _filled.Add(new Tile(new TileAddress(level, number), full));
    }

    // From the largest subtree to the smallest: the top level's row holds the largest.
    private void RaiseFrontier(long size)
    {
        for (var level = _rows.Count - 1; level >= 0; level--)
        {
            var (hashes, at) = (_rows[level].Hashes, 0);
            for (var height = TileAddress.Height - 1; height >= 0; height--)
            {
                if (((size >> ((level * TileAddress.Height) + height)) & 1) == 0) continue;
                var length = (1 << height) * MerkleHash.Size;
                _frontier.AppendSubtree((level * TileAddress.Height) + height, MerkleHash.OfSubtree(hashes.Span.Slice(at, length)));
                at += length;
            }
        }
    }

    /// <summary>The tile at the right edge of a level.</summary>
    private sealed class Row(long number)
    {
        private readonly byte[] _hashes = new byte[TileAddress.Width * MerkleHash.Size];
        private int _used;
        private bool _changed;

        public long Number { get; private set; } = number;

        public ReadOnlyMemory<byte> Hashes => _hashes.AsMemory(0, _used);

        public void Fill(ReadOnlySpan<byte> hashes)
        {
            hashes.CopyTo(_hashes);
            _used = hashes.Length;
        }

        /// <summary>Adds a hash; returns the tile if it is now full, and continues with the next one.</summary>
        public byte[]? Add(byte[] hash)
        {
            hash.CopyTo(_hashes, _used);
            _used += MerkleHash.Size;
            _changed = true;
            if (_used < _hashes.Length) return null;
            (_used, _changed) = (0, false);
            Number++;
            return (byte[])_hashes.Clone();
        }

        public byte[]? TakeChanged()
        {
            if (!_changed) return null;
            _changed = false;
            return _hashes[.._used];
        }
    }
}
