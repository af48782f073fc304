using Portal.Platform.Documents.Model;
using Portal.Platform.Documents.Pdf;

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

    /// <summary>A drawing as tagged PDF for a wall; never kept.</summary>
    /// <exception cref="DocumentTooLargeException">It has more bytes than the limits allow.</exception>
    /// <exception cref="DocumentQueueFullException">Too many are waiting; try again in a minute.</exception>
    /// <exception cref="OperationCanceledException">The reader left.</exception>
    Task<byte[]> MakePosterAsync(Poster poster, CancellationToken cancellationToken);
}

/// <summary>A drawing for a wall.</summary>
/// <param name="Title">The PDF's title; must not hold a CPR number.</param>
/// <param name="Alternative">What the drawing shows, in words.</param>
/// <param name="Sheet">Its size.</param>
/// <param name="Paper">The paper that the printer has: several sheets with marks to cut at; null: one sheet.</param>
public sealed record Poster(Drawing Drawing, string Title, string Alternative, PosterSheet Sheet, PosterSheet? Paper = null);
