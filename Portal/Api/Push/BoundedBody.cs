using Microsoft.AspNetCore.Http.Features;
using Portal.Ingestion.Domain;

namespace Portal.Api.Push;

/// <summary>Reads a request's body up to a limit, whether its length is told beforehand or not.</summary>
internal static class BoundedBody
{
    private const int FirstBytes = 64 * 1024;

    /// <summary>All bytes; none when there are more than <paramref name="max"/>, or when <paramref name="held"/> takes no more.</summary>
    public static async Task<(BodyReading Reading, ReadOnlyMemory<byte> Bytes)> ReadAsync(HttpContext context, int max, HeldBound.Held held)
    {
        if (context.Request.ContentLength > max) return (BodyReading.TooLarge, default);
        // What is promised is not believed: memory is taken as bytes come.
        using var bytes = new MemoryStream((int)Math.Min(context.Request.ContentLength ?? FirstBytes, FirstBytes));
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            var over = bytes.Length + read.Buffer.Length > max;
            var full = !over && !held.TryGrow(read.Buffer.Length);
            if (!over && !full)
            {
                foreach (var part in read.Buffer) bytes.Write(part.Span);
            }

            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (over) return (BodyReading.TooLarge, default);
            if (full) return (BodyReading.NoRoom, default);
            if (read.IsCompleted) return (BodyReading.Whole, bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
        }
    }

    /// <summary>
    /// Takes down the server's own wall for this request, because <see cref="ReadAsync"/> is the bound here: behind the wall the server cuts the
    /// connection before a sender that is still sending can read why.
    /// </summary>
    public static void TakeOver(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = null;
    }
}

/// <summary>What came of reading a body.</summary>
internal enum BodyReading
{
    /// <summary>All of it was read.</summary>
    Whole,

    /// <summary>It is larger than a message may be.</summary>
    TooLarge,

    /// <summary>Too many bytes are being read at once; the sender may come again.</summary>
    NoRoom,
}
