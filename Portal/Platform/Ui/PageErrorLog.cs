using Microsoft.AspNetCore.Components.Web;
using Portal.Ingestion.Storage;

namespace Portal.Platform.Ui;

/// <summary>
/// Logs what a page could not handle. That the database is away is said once for all pages elsewhere; each page that meets it would
/// otherwise add a trace of some thirty lines.
/// </summary>
internal sealed class PageErrorLog(ILogger<PageErrorLog> log) : IErrorBoundaryLogger
{
    /// <inheritdoc />
    public ValueTask LogErrorAsync(Exception exception)
    {
        if (StorageErrors.IsOutage(exception)) log.LogDebug("En side venter på databasen: {Why}", StorageErrors.Explain(exception));
        else log.LogError(exception, "A page met an exception that it could not handle");
        return ValueTask.CompletedTask;
    }
}
