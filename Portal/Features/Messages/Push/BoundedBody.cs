using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Portal.Ingestion.Domain;

namespace Portal.Features.Messages.Push;

/// <summary>Reads a request's body within bounds, whether its length is declared beforehand or not.</summary>
/// <param name="max">The largest message that is understood, in bytes; such bodies share the room of all pushes.</param>
/// <param name="whole">The largest body that is kept whole, in bytes; of a larger one the first bytes, the length and the SHA-256 are
/// kept.</param>
internal sealed class BoundedBody(int max, int whole)
{
    private const int FirstBytes = 64 * 1024;

    // A body over max is quarantine's, and rare: one is read at a time, so that it takes no room from the messages.
    private readonly CapacityLimiter _large = new(1, whole);

    /// <summary>
    /// Reads to the end. <paramref name="held"/> grows with what is read; the result holds the one place for large bodies until it is
    /// disposed.
    /// </summary>
    public async Task<ReadBody> ReadAsync(HttpContext context, CapacityLimiter.CapacityLease held)
    {
        // What is promised is not believed: memory is taken as bytes come.
        var bytes = new MemoryStream((int)Math.Min(context.Request.ContentLength ?? FirstBytes, FirstBytes));
        CapacityLimiter.CapacityLease? large = null;
        try
        {
            while (bytes.Length <= whole)
            {
                var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
                var over = bytes.Length + read.Buffer.Length > max;
                var full = over ? (large ??= _large.TryEnter(1, 0)) is null : !held.TryGrow(read.Buffer.Length);
                if (!full) foreach (var part in read.Buffer) bytes.Write(part.Span);
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (full) return new ReadBody(IsRead: false, default, null, null);
                if (read.IsCompleted && bytes.Length <= whole) return Keep(new ReadBody(IsRead: true, Written(bytes), null, large));
                if (read.IsCompleted) break;
            }

            return Keep(await CutAsync(context, Written(bytes), large));
        }
        finally
        {
            large?.Dispose();
        }

        ReadBody Keep(ReadBody read)
        {
            large = null;
            return read;
        }
    }

    /// <summary>
    /// Takes down the server's own limit for this request, because <see cref="ReadAsync"/> is the bound here: behind the server's limit the
    /// connection is cut before a sender that is still sending can read why.
    /// </summary>
    public static void TakeOver(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = null;
    }

    private async Task<ReadBody> CutAsync(HttpContext context, ReadOnlyMemory<byte> read, CapacityLimiter.CapacityLease? large)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(read.Span);
        var length = (long)read.Length;
        // More than is kept whole has been read, and so at least the first bytes, however small the parts were that they came in.
        var first = read[..DeliveryCut.KeptBytes(read.Length, whole)].ToArray();
        while (true)
        {
            var more = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            foreach (var part in more.Buffer) hash.AppendData(part.Span);
            length += more.Buffer.Length;
            context.Request.BodyReader.AdvanceTo(more.Buffer.End);
            if (more.IsCompleted) return new ReadBody(IsRead: true, first, new DeliveryCut(length, hash.GetHashAndReset()), large);
        }
    }

    private static ReadOnlyMemory<byte> Written(MemoryStream bytes) => bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
}

/// <summary>What came of reading a body.</summary>
/// <param name="IsRead">False: too much is being read at once; the sender may come again.</param>
/// <param name="Bytes">All bytes, or the first ones when <paramref name="Cut"/> is set.</param>
/// <param name="Cut">Length and hash of a body that is too large to be kept whole.</param>
/// <param name="Large">The place of a large body, given back by disposing.</param>
internal sealed record ReadBody(
    bool IsRead, ReadOnlyMemory<byte> Bytes, DeliveryCut? Cut, CapacityLimiter.CapacityLease? Large) : IDisposable
{
    /// <inheritdoc />
    public void Dispose() => Large?.Dispose();
}
