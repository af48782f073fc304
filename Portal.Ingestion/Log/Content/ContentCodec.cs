using System.Buffers;
using System.Collections.Concurrent;
using ZstdSharp;

namespace Portal.Ingestion.Log.Content;

/// <summary>
/// Compresses exact bytes and restores them byte for byte: Zstandard with a dictionary, over the bytes as packed by
/// <see cref="ContentPacking"/>. Thread-safe. Without a dictionary (before the database is read) it writes plain Zstandard.
/// </summary>
public sealed class ContentCodec : IDisposable
{
    /// <summary>The exact bytes uncompressed, used when compression failed.</summary>
    public const int AsItIs = 0;

    /// <summary>Zstandard without a dictionary, over the unpacked bytes.</summary>
    public const int Zstandard = 1;

    // Level 1: a tenth larger than the default level, in half the time; messages come in bursts.
    private const int Level = 1;

    // A block of the format holds at most BlockBytes and takes at least BlockHead bytes, which limits the decompressed size.
    private const long BlockBytes = 128 * 1024;
    private const int BlockHead = 3;

    private readonly ConcurrentDictionary<int, Dictionary> _dictionaries = new();
    private readonly Dictionary _plain = new(Zstandard, null);
    private volatile Dictionary _current;

    /// <summary>A codec without dictionaries.</summary>
    public ContentCodec() => _current = _plain;

    /// <summary>The encoding that <see cref="Compress"/> writes: <see cref="Zstandard"/>, or a dictionary's number.</summary>
    public int Current => _current.Id;

    /// <summary>True when content of this encoding can be read.</summary>
    public bool Knows(int encoding) => encoding is AsItIs or Zstandard || _dictionaries.ContainsKey(encoding);

    /// <summary>Adds a dictionary of the database; with <paramref name="write"/> new content is compressed with it.</summary>
    public void Learn(int id, byte[] dictionary, bool write)
    {
        var learnt = _dictionaries.GetOrAdd(id, _ => new Dictionary(id, dictionary));
        if (write) _current = learnt;
    }

    /// <summary>The compressed bytes and their encoding.</summary>
    public (byte[] Content, int Encoding) Compress(ReadOnlySpan<byte> bytes)
    {
        var dictionary = _current;
        if (dictionary.Id == Zstandard) return (dictionary.Compress([], bytes), Zstandard);
        var packed = ContentPacking.Pack(bytes);
        var start = ContentPacking.TextStart(packed);
        return (dictionary.Compress(packed.AsSpan(0, start), packed.AsSpan(start)), dictionary.Id);
    }

    /// <summary>The bytes compressed without packing and dictionary, which takes less memory than <see cref="Compress"/>.</summary>
    public (byte[] Content, int Encoding) CompressPlain(ReadOnlySpan<byte> bytes) => (_plain.Compress([], bytes), Zstandard);

    /// <summary>The exact bytes.</summary>
    /// <exception cref="UnreadableContentException">The encoding is unknown (written by a later version, or its dictionary is missing), or
    /// the content is damaged. No other exception is thrown.</exception>
    public byte[] Decompress(int encoding, ReadOnlySpan<byte> content)
    {
        if (encoding == AsItIs) return content.ToArray();
        var dictionary = encoding == Zstandard ? _plain : _dictionaries.GetValueOrDefault(encoding);
        if (dictionary is null) throw new UnreadableContentException(UnreadableReason.UnknownEncoding);
        try
        {
            if (dictionary == _plain) return dictionary.Decompress(content);
            var start = ContentPacking.TextStart(content);
            return ContentPacking.Unpack(content[..start], dictionary.Decompress(content[start..]));
        }
        catch (Exception damage) when (damage is not UnreadableContentException)
        {
            // Damaged bytes may throw several kinds of exceptions in decompressing and unpacking.
            throw new UnreadableContentException(UnreadableReason.Damaged, damage);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _plain.Dispose();
        foreach (var dictionary in _dictionaries.Values) dictionary.Dispose();
    }

    // Zstandard's contexts are not thread-safe and are costly to make, so they are pooled.
    private sealed class Dictionary(int id, byte[]? bytes) : IDisposable
    {
        private readonly ConcurrentBag<Compressor> _compressors = [];
        private readonly ConcurrentBag<Decompressor> _decompressors = [];

        public int Id => id;

        public byte[] Compress(ReadOnlySpan<byte> head, ReadOnlySpan<byte> input)
        {
            if (!_compressors.TryTake(out var compressor))
            {
                compressor = new Compressor(Level);
                if (bytes is not null) compressor.LoadDictionary(bytes);
            }

            var compressed = ArrayPool<byte>.Shared.Rent(Compressor.GetCompressBound(input.Length));
            try
            {
                var length = compressor.Wrap(input, compressed);
                var content = new byte[head.Length + length];
                head.CopyTo(content);
                compressed.AsSpan(0, length).CopyTo(content.AsSpan(head.Length));
                _compressors.Add(compressor);
                return content;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(compressed);
            }
        }

        public byte[] Decompress(ReadOnlySpan<byte> content)
        {
            if (!_decompressors.TryTake(out var decompressor))
            {
                decompressor = new Decompressor();
                if (bytes is not null) decompressor.LoadDictionary(bytes);
            }

            // A damaged header may claim any length, which would be allocated at once, so the length is limited. A decompressor that failed
            // is not used again.
            var most = Math.Min(Array.MaxLength, ((content.Length / BlockHead) + 1) * BlockBytes);
            try
            {
                var output = decompressor.Unwrap(content, (int)most).ToArray();
                _decompressors.Add(decompressor);
                decompressor = null;
                return output;
            }
            finally
            {
                decompressor?.Dispose();
            }
        }

        public void Dispose()
        {
            foreach (var compressor in _compressors) compressor.Dispose();
            foreach (var decompressor in _decompressors) decompressor.Dispose();
        }
    }
}
