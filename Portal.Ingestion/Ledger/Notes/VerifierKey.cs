using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;
using Portal.Ingestion.Ledger.Tree;

namespace Portal.Ingestion.Ledger.Notes;

/// <summary>The public half of a log's key (C2SP signed-note): <c>name+key id in hex+base64(0x01 ‖ public key)</c>.</summary>
public sealed class VerifierKey
{
    private const byte Ed25519Type = 1;
    private readonly PublicKey _key;

    private VerifierKey(string name, PublicKey key)
    {
        (Name, _key) = (name, key);
        Bytes = key.Export(KeyBlobFormat.RawPublicKey);
        Id = IdOf(name, Bytes);
    }

    /// <summary>The key's name: the log's origin.</summary>
    public string Name { get; }

    /// <summary>The key's id (4 bytes of a hash): a hint to find the key, no proof.</summary>
    public uint Id { get; }

    /// <summary>The 32 bytes of the public key.</summary>
    public IReadOnlyList<byte> PublicKey => Bytes;

    private byte[] Bytes { get; }

    /// <summary>True for a name that a key may have: not empty, no spaces, no plus, no control characters.</summary>
    public static bool IsName(string? name) =>
        !string.IsNullOrEmpty(name) && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+');

    /// <summary>The key with these 32 bytes; null when they are no key, or the name is not valid.</summary>
    public static VerifierKey? Of(string name, ReadOnlySpan<byte> publicKey) =>
        IsName(name) && NSec.Cryptography.PublicKey.TryImport(
            SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key) && key is not null
            ? new VerifierKey(name, key)
            : null;

    /// <summary>Parses a key's text; null when it is not valid, or its id does not match.</summary>
    public static VerifierKey? Parse(string? text)
    {
        // Base64 may contain a plus, so the text is split at the first two only.
        if (text?.Trim().Split('+', 3) is not [var name, { Length: 8 } hex, var base64]) return null;
        var bytes = new byte[MerkleHash.Size + 2];
        if (!Convert.TryFromBase64String(base64, bytes, out var length) || length != MerkleHash.Size + 1 || bytes[0] != Ed25519Type)
            return null;
        var key = Of(name, bytes.AsSpan(1, MerkleHash.Size));
        return key is not null && uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
            && id == key.Id ? key : null;
    }

    /// <summary>True when this is the key's signature of these bytes.</summary>
    public bool Verify(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature) => SignatureAlgorithm.Ed25519.Verify(_key, bytes, signature);

    public override string ToString() =>
        $"{Name}+{Id.ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String([Ed25519Type, .. Bytes])}";

    private static uint IdOf(string name, byte[] publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', Ed25519Type, .. publicKey]));
}
