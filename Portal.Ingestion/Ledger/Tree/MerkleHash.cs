using System.Security.Cryptography;

namespace Portal.Ingestion.Ledger.Tree;

/// <summary>The hashes of an RFC 9162 tree (section 2.1.1): SHA-256, with leaves and nodes distinguished by their first byte.</summary>
public static class MerkleHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Size = 32;

    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int OnStack = 512;

    /// <summary>The root of a tree without leaves: SHA-256 of nothing.</summary>
    public static byte[] EmptyRoot => SHA256.HashData([]);

    /// <summary><c>SHA-256(0x00 ‖ record)</c>.</summary>
    public static byte[] OfLeaf(ReadOnlySpan<byte> record)
    {
        Span<byte> input = record.Length < OnStack ? stackalloc byte[record.Length + 1] : new byte[record.Length + 1];
        input[0] = LeafPrefix;
        record.CopyTo(input[1..]);
        return SHA256.HashData(input);
    }

    /// <summary><c>SHA-256(0x01 ‖ left ‖ right)</c>.</summary>
    public static byte[] OfNode(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var hash = new byte[Size];
        OfNode(left, right, hash);
        return hash;
    }

    /// <summary><c>SHA-256(0x01 ‖ left ‖ right)</c> into <paramref name="hash"/>, which may be one of the two.</summary>
    public static void OfNode(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> hash)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Size)];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Size)..]);
        SHA256.HashData(input, hash);
    }

    /// <summary>
    /// The root of a complete subtree whose leaves' hashes are stored one after the other; their number is a power of two.
    /// </summary>
    public static byte[] OfSubtree(ReadOnlySpan<byte> hashes)
    {
        var level = hashes.ToArray();
        for (var count = level.Length / Size; count > 1; count /= 2)
        {
            for (var n = 0; n < count / 2; n++)
                OfNode(level.AsSpan(n * 2 * Size, Size), level.AsSpan(((n * 2) + 1) * Size, Size), level.AsSpan(n * Size, Size));
        }

        return level[..Size];
    }
}
