using System.Text;
using Portal.Platform.Documents;
using Portal.Platform.Documents.Model;

namespace Portal.Tests.Platform.Documents;

/// <summary>Keeps the documents instead of making PDFs of them, for tests of what is in a document.</summary>
internal sealed class FakePdf : IDocumentPdf
{
    /// <summary>True when every document is too large.</summary>
    public bool IsTooLarge { get; set; }

    /// <summary>True when too many documents are waiting.</summary>
    public bool IsQueueFull { get; set; }

    public List<(Document Document, string? CachedFor)> Made { get; } = [];

    public Task<byte[]> MakeAsync(Document document, string? cachedFor, CancellationToken cancellationToken)
    {
        if (IsQueueFull) throw new DocumentQueueFullException();
        if (IsTooLarge) throw new DocumentTooLargeException(1);
        Made.Add((document, cachedFor));
        return Task.FromResult(Encoding.UTF8.GetBytes($"%PDF- {string.Join('\n', DocumentWords.Of(document))}"));
    }

    public Task<byte[]> MakePosterAsync(Poster poster, CancellationToken cancellationToken) => throw new NotSupportedException();
}
