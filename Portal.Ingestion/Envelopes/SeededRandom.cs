namespace Portal.Ingestion.Envelopes;

/// <summary>
/// Random numbers that depend on the seed alone (SplitMix64). <see cref="Random"/> may give other numbers in the next version of .NET, and
/// the simulator promises the same bytes for the same seed.
/// </summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A generator whose numbers are independent of those of a neighbouring seed or stream.</summary>
    public static SeededRandom For(int seed, ulong stream) =>
        new(new SeededRandom(unchecked((ulong)seed)).Next() ^ new SeededRandom(~stream).Next());

    /// <summary>64 bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to <paramref name="limit"/>, exclusive.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>True in <paramref name="share"/> of 100 calls.</summary>
    public bool Percent(int share) => Below(100) < share;

    /// <summary>A random item.</summary>
    public T Of<T>(params ReadOnlySpan<T> items) => items[Below(items.Length)];

    /// <summary>A time span from <paramref name="low"/> to <paramref name="high"/>, exclusive, in whole milliseconds.</summary>
    public TimeSpan Between(TimeSpan low, TimeSpan high) =>
        low + TimeSpan.FromMilliseconds((long)(Next() % (ulong)Math.Max(1, (long)(high - low).TotalMilliseconds)));

    /// <summary>A version 4 UUID in lower case.</summary>
    public string Uuid()
    {
        var (high, low) = (Next(), Next());
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, (high & ~0xF000UL) | 0x4000UL);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (low & ~(3UL << 62)) | (2UL << 62));
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
