using Portal.Platform.Documents.Pdf;

namespace Portal.Platform.Documents;

/// <summary>Registers the making of documents.</summary>
public static class DocumentServices
{
    /// <summary><see cref="IDocumentPdf"/>. Needs TimeProvider.</summary>
    public static IServiceCollection AddDocuments(this IServiceCollection services) => services
        .AddSingleton(new PdfLimits())
        .AddSingleton<IPdfWriter, PdfWriter>()
        .AddSingleton<IDocumentPdf, DocumentPdf>();
}
