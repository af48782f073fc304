using ZstdSharp;

namespace Portal.Ingestion.Storage;

/// <summary>Compresses exact bytes and gives them back byte for byte. Thread-safe.</summary>
public static class ContentCodec
{
    /// <summary>Zstandard without dictionary.</summary>
    public const int Zstandard = 1;

    /// <summary>What new content is written with.</summary>
    public const int Current = Zstandard;

    // Level 1: twice as fast as the default for a tenth more bytes; messages come in bursts.
    private const int Level = 1;

    [ThreadStatic]
    private static Compressor? _compressor;

    [ThreadStatic]
    private static Decompressor? _decompressor;

    /// <summary>Compresses with <see cref="Current"/>.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> bytes) => (_compressor ??= new Compressor(Level)).Wrap(bytes).ToArray();

    /// <summary>The exact bytes.</summary>
    /// <exception cref="InvalidOperationException">The encoding is unknown: written by a later version.</exception>
    public static byte[] Decompress(int encoding, ReadOnlySpan<byte> content) => encoding switch
    {
        Zstandard => (_decompressor ??= new Decompressor()).Unwrap(content).ToArray(),
        _ => throw new InvalidOperationException($"Content encoding {encoding} is unknown to this version of the portal."),
    };
}
