using CsCheck;
using Portal.Ingestion.Ledger.Tree;
using Xunit;

namespace Portal.Tests.Ingestion.Ledger;

/// <summary>Compares the tree with published roots and with RFC 9162's definition, and checks its proofs.</summary>
public sealed class TreeTests
{
    // The test vectors of implementations of RFC 6962: leaves and roots.
    private static readonly string[] Leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void The_published_leaves_give_the_published_roots()
    {
        var tree = TileTree.Load(0, _ => null);
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Convert.ToHexStringLower(tree.Root()));
        for (var n = 0; n < Leaves.Length; n++)
        {
            tree.Append(MerkleHash.OfLeaf(Convert.FromHexString(Leaves[n])));
            Assert.Equal(Roots[n], Convert.ToHexStringLower(tree.Root()));
        }
    }

    [Fact]
    public void However_the_leaves_come_in_batches_the_root_is_that_of_the_definition() => Gen.Int[1, 300].List[1, 6].Sample(
        batches =>
        {
            var (tiles, leaves, size) = (new Tiles(), new List<byte[]>(), 0L);
            foreach (var batch in batches)
            {
                // Loaded again for each batch, as by another process.
                var tree = TileTree.Load(size, tiles.Find);
                for (var n = 0; n < batch; n++)
                {
                    leaves.Add(Leaf(leaves.Count));
                    tree.Append(leaves[^1]);
                }

                foreach (var tile in tree.TakeChanged()) tiles.Keep(tile);
                size = tree.Size;
                Assert.Equal(Definition(leaves), tree.Root());
            }
        },
        iter: 40);

    [Fact]
    public async Task Every_proof_read_from_the_tiles_holds_and_holds_for_nothing_else()
    {
        var (tiles, leaves) = (new Tiles(), new List<byte[]>());
        var tree = TileTree.Load(0, _ => null);
        for (var n = 0; n < 700; n++)
        {
            leaves.Add(Leaf(n));
            tree.Append(leaves[^1]);
        }

        foreach (var tile in tree.TakeChanged()) tiles.Keep(tile);
        var reader = new TreeReader(tiles);
        foreach (var size in (long[])[1, 2, 3, 255, 256, 257, 511, 512, 513, 700])
        {
            var root = Definition(leaves[..(int)size]);
            Assert.Equal(root, await reader.RootAsync(size, default));
            foreach (var index in (long[])[0, 1, size / 2, size - 2, size - 1])
            {
                if (index < 0 || index >= size) continue;
                var proof = await reader.InclusionAsync(index, size, default);
                Assert.True(MerkleProof.IsIncluded(leaves[(int)index], index, size, proof, root));
                Assert.False(MerkleProof.IsIncluded(Leaf(9999), index, size, proof, root));
                if (size > 2) Assert.False(MerkleProof.IsIncluded(leaves[(int)index], (index + 1) % size, size, proof, root));
            }

            foreach (var first in (long[])[1, 2, 256, 512, size])
            {
                if (first > size) continue;
                var proof = await reader.ConsistencyAsync(first, size, default);
                Assert.True(MerkleProof.IsConsistent(first, Definition(leaves[..(int)first]), size, root, proof));
                Assert.False(MerkleProof.IsConsistent(first, Leaf(1234), size, root, proof));
            }
        }
    }

    private static byte[] Leaf(int n) => MerkleHash.OfLeaf(BitConverter.GetBytes(n));

    // The definition in RFC 9162, section 2.1.1.
    private static byte[] Definition(List<byte[]> leaves)
    {
        if (leaves.Count == 0) return MerkleHash.EmptyRoot;
        if (leaves.Count == 1) return leaves[0];
        var k = 1;
        while (k * 2 < leaves.Count) k *= 2;
        return MerkleHash.OfNode(Definition(leaves[..k]), Definition(leaves[k..]));
    }

    private sealed class Tiles : ITileSource
    {
        private readonly Dictionary<TileAddress, byte[]> _kept = [];

        public void Keep(Tile tile) => _kept[tile.Address] = tile.Hashes.ToArray();

        public byte[]? Find(TileAddress address) => _kept.GetValueOrDefault(address);

        public ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileAddress address, CancellationToken cancellationToken) =>
            ValueTask.FromResult<ReadOnlyMemory<byte>>(Find(address) ?? []);
    }
}
