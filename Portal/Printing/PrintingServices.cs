namespace Portal.Printing;

/// <summary>Puts printing into the host.</summary>
public static class PrintingServices
{
    /// <summary><see cref="IDocumentPrinter"/> and <see cref="DocumentRenderer"/>. Needs TimeProvider.</summary>
    /// <exception cref="Portal.Ingestion.Configuration.ConfigurationProblemException"><c>Pdf:BrowserPath</c> is wrong.</exception>
    public static IServiceCollection AddPrinting(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(PrintSettings.Read(configuration))
        .AddSingleton<IDocumentPrinter, BrowserPrinter>()
        .AddSingleton<DocumentRenderer>();
}
