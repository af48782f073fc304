using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Portal.Ingestion.Domain;

namespace Portal.Features.Messages.Push;

/// <summary>Reads a request's body within bounds, with or without a Content-Length.</summary>
/// <param name="max">The largest message that is parsed, in bytes; such bodies share the limit of all pushes.</param>
/// <param name="whole">The largest body that is kept whole, in bytes; of a larger one the first bytes, the length and the SHA-256 are
/// kept.</param>
internal sealed class BoundedBody(int max, int whole)
{
    private const int FirstBytes = 64 * 1024;

    // A body over max goes to quarantine and is rare: one is read at a time, outside the limit of the messages.
    private readonly CapacityLimiter _large = new(1, whole);

    /// <summary>
    /// Reads to the end. <paramref name="held"/> grows with the bytes read; the result holds the one place for large bodies until it is
    /// disposed.
    /// </summary>
    public async Task<ReadBody> ReadAsync(
        HttpContext context, CapacityLimiter.CapacityLease held, CancellationToken cancellationToken)
    {
        // Content-Length is not trusted: memory is allocated as bytes arrive.
        var bytes = new MemoryStream((int)Math.Min(context.Request.ContentLength ?? FirstBytes, FirstBytes));
        CapacityLimiter.CapacityLease? large = null;
        try
        {
            while (bytes.Length <= whole)
            {
                var read = await context.Request.BodyReader.ReadAsync(cancellationToken);
                var over = bytes.Length + read.Buffer.Length > max;
                var full = over ? (large ??= _large.TryEnter(1, 0)) is null : !held.TryGrow(read.Buffer.Length);
                if (!full) foreach (var part in read.Buffer) bytes.Write(part.Span);
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (full) return new ReadBody(IsRead: false, default, null, null);
                if (read.IsCompleted && bytes.Length <= whole) return Keep(new ReadBody(IsRead: true, Written(bytes), null, large));
                if (read.IsCompleted) break;
            }

            return Keep(await CutAsync(context, Written(bytes), large, cancellationToken));
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
    /// Removes Kestrel's limit for this request, because <see cref="ReadAsync"/> limits the body: at Kestrel's limit the connection is cut
    /// before the sender can read the answer.
    /// </summary>
    public static void TakeOver(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = null;
    }

    private async Task<ReadBody> CutAsync(HttpContext context, ReadOnlyMemory<byte> read, CapacityLimiter.CapacityLease? large,
        CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(read.Span);
        var length = (long)read.Length;
        // More than the whole limit has been read, so the first bytes are complete, however small the parts were.
        var first = read[..DeliveryCut.KeptBytes(read.Length, whole)].ToArray();
        while (true)
        {
            var more = await context.Request.BodyReader.ReadAsync(cancellationToken);
            foreach (var part in more.Buffer) hash.AppendData(part.Span);
            length += more.Buffer.Length;
            context.Request.BodyReader.AdvanceTo(more.Buffer.End);
            if (more.IsCompleted) return new ReadBody(IsRead: true, first, new DeliveryCut(length, hash.GetHashAndReset()), large);
        }
    }

    private static ReadOnlyMemory<byte> Written(MemoryStream bytes) => bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
}

/// <summary>The result of reading a body.</summary>
/// <param name="IsRead">False: the limit of concurrent bytes is reached; the sender may retry.</param>
/// <param name="Bytes">All bytes, or the first ones when <paramref name="Cut"/> is set.</param>
/// <param name="Cut">Length and hash of a body that is too large to be kept whole.</param>
/// <param name="Large">The place of a large body, released by disposing.</param>
internal sealed record ReadBody(
    bool IsRead, ReadOnlyMemory<byte> Bytes, DeliveryCut? Cut, CapacityLimiter.CapacityLease? Large) : IDisposable
{
    /// <inheritdoc />
    public void Dispose() => Large?.Dispose();
}
