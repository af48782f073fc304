using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents;

/// <summary>Makes documents as PDF for those who ask, outside the thread that asks.</summary>
public interface IDocumentPdf
{
    /// <summary>The document as tagged PDF.</summary>
    /// <param name="cachedFor">Whom it may be given to again from memory, e.g. the authorities of the viewer that it was made for; null for
    /// documents about citizens, which are never kept.</param>
    /// <exception cref="DocumentTooLargeException">It has more pages or bytes than the limits allow.</exception>
    /// <exception cref="DocumentQueueFullException">Too many are waiting; try again in a minute.</exception>
    /// <exception cref="OperationCanceledException">The reader left.</exception>
    Task<byte[]> MakeAsync(Document document, string? cachedFor, CancellationToken cancellationToken);
}
