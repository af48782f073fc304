using Microsoft.AspNetCore.Components.Web;
using Portal.Ingestion.Storage;

namespace Portal.Platform.Ui;

/// <summary>
/// Logs unhandled exceptions of pages. An outage of the database is logged once elsewhere (DatabaseAway); otherwise each open page would
/// add a stack trace of about 30 lines.
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
