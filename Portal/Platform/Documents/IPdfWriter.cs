using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents;

/// <summary>Writes documents as tagged PDF (PDF/UA-1). Pure: the same document gives the same pages, with nothing installed.</summary>
public interface IPdfWriter
{
    /// <summary>Writes the document.</summary>
    /// <exception cref="DocumentTooLargeException">It has more pages or bytes than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">The reader left.</exception>
    void Write(Document document, Stream output, CancellationToken cancellationToken);
}

/// <summary>A document is too large to be written. Holds nothing of the document.</summary>
public sealed class DocumentTooLargeException(int mostPages) : Exception($"The document has more than {mostPages} pages.");
