using Portal.Features.Operations.Api;
using Portal.Ingestion.Log;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Storage;

namespace Portal.Hosting;

/// <summary>
/// Ready means that the message log can be read and that the last write succeeded. Gives the same explanation as the log.
/// </summary>
internal sealed class StorageProbe(IMessageReader messages, IngestionStatistics statistics, TimeProvider time) : IReadinessProbe
{
    // Shorter than the caller's limit: a query to a frozen server ends only at its timeout of 30 s.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    /// <inheritdoc />
    public async Task<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        // A known outage needs no query, which may be slow; NodeReporter detects its end.
        if (statistics.StorageError is { } error) return error;
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await Task.Run(() => messages.LastSequenceAsync(giveUp.Token), giveUp.Token).WaitAsync(Limit, time, cancellationToken);
            return statistics.StorageError;
        }
        catch (Exception problem)
            when (!cancellationToken.IsCancellationRequested && (problem is TimeoutException || StorageErrors.IsOutage(problem)))
        {
            await giveUp.CancelAsync();
            return statistics.StorageError ?? StorageErrors.Explain(problem);
        }
    }
}
