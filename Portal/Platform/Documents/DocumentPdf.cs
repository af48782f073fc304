using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents;

/// <summary>Makes documents as PDF on the thread pool.</summary>
internal sealed class DocumentPdf(IPdfWriter writer) : IDocumentPdf
{
    /// <inheritdoc />
    public Task<byte[]> MakeAsync(Document document, string? cachedFor, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var pdf = new MemoryStream();
            writer.Write(document, pdf, cancellationToken);
            return pdf.ToArray();
        },
        cancellationToken);
}
