using Microsoft.AspNetCore.Http.Features;

namespace Portal.Api.Push;

/// <summary>Reads a request's body up to a limit, whether its length is told beforehand or not.</summary>
internal static class BoundedBody
{
    private const int FirstBytes = 64 * 1024;

    /// <summary>All bytes, or null when there are more than <paramref name="max"/>.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context, int max)
    {
        if (context.Request.ContentLength > max) return null;
        // What is promised is not believed: memory is taken as bytes come.
        using var bytes = new MemoryStream((int)Math.Min(context.Request.ContentLength ?? FirstBytes, FirstBytes));
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            var over = bytes.Length + read.Buffer.Length > max;
            if (!over)
            {
                foreach (var part in read.Buffer) bytes.Write(part.Span);
            }

            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (over) return null;
            if (read.IsCompleted) return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
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
