using Portal.Platform.Documents.Model;
using Portal.Platform.Documents.Pdf;

namespace Portal.Platform.Documents;

/// <summary>
/// Makes documents as PDF on the thread pool, a few at once (<see cref="PdfLimits.AtOnce"/>), with a bounded queue before them: a hundred
/// readers at once hold a hundred documents, but only a few are being written. What is not about citizens is kept for a while.
/// </summary>
internal sealed class DocumentPdf(IPdfWriter writer, PdfLimits limits, TimeProvider time) : IDocumentPdf, IDisposable
{
    private readonly SemaphoreSlim _slots = new(limits.AtOnce, limits.AtOnce);
    private readonly PdfCache _cache = new(limits.CachedBytes, limits.CachedTime, time);
    private int _inside;

    /// <inheritdoc />
    public async Task<byte[]> MakeAsync(Document document, string? cachedFor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        var key = PdfCache.KeyOf(document, cachedFor);
        if (_cache.Find(key) is { } known) return known;
        return await QueueAsync(key, output => writer.Write(document, output, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public Task<byte[]> MakePosterAsync(Poster poster, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(poster);
        return QueueAsync(null, output => PosterPdf.Write(poster, output, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => _slots.Dispose();

    private async Task<byte[]> QueueAsync(string? key, Action<Stream> write, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _inside) > limits.AtOnce + limits.Waiting)
        {
            Interlocked.Decrement(ref _inside);
            throw new DocumentQueueFullException();
        }

        try
        {
            await _slots.WaitAsync(cancellationToken);
            try
            {
                // An earlier caller in the queue may have made the same document.
                if (_cache.Find(key) is { } meanwhile) return meanwhile;
                var pdf = await Task.Run(() => Write(write), cancellationToken);
                _cache.Keep(key, pdf);
                return pdf;
            }
            finally
            {
                _slots.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    private byte[] Write(Action<Stream> write)
    {
        using var pdf = new MemoryStream();
        using var bounded = new BoundedStream(pdf, limits.DocumentBytes);
        write(bounded);
        return pdf.ToArray();
    }
}
