using Portal.Platform.Documents.Pdf;

namespace Portal.Platform.Documents;

/// <summary>Registers printing.</summary>
public static class PrintingServices
{
    /// <summary><see cref="IDocumentPrinter"/>, <see cref="DocumentRenderer"/> and <see cref="IDocumentPdf"/>. Needs TimeProvider.</summary>
    /// <exception cref="Portal.Ingestion.Settings.ConfigurationProblemException"><c>Pdf:BrowserPath</c> is not an executable
    /// file.</exception>
    public static IServiceCollection AddPrinting(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(PrintSettings.Read(configuration))
        .AddSingleton<BrowserPrinter>()
        .AddSingleton<IDocumentPrinter>(provider => provider.GetRequiredService<BrowserPrinter>())
        .AddHostedService(provider => provider.GetRequiredService<BrowserPrinter>())
        .AddSingleton<DocumentRenderer>()
        .AddSingleton<IPdfWriter, PdfWriter>().AddSingleton<IDocumentPdf, DocumentPdf>();
}
