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
public sealed class DocumentTooLargeException : Exception
{
    /// <summary>It has more pages than this.</summary>
    public DocumentTooLargeException(int mostPages)
        : base($"The document has more than {mostPages} pages.")
    {
    }

    /// <summary>It has more bytes than this.</summary>
    public DocumentTooLargeException(long mostBytes)
        : base($"The document has more than {mostBytes} bytes.")
    {
    }
}
