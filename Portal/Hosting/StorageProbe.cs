using Portal.Features.Operations.Api;
using Portal.Ingestion.Log;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Storage;

namespace Portal.Hosting;

/// <summary>Ready means that the log can be read and that the last commit succeeded. Says what the log says, in the same words.</summary>
internal sealed class StorageProbe(IMessageReader messages, IngestionStatistics statistics, TimeProvider time) : IReadinessProbe
{
    // Shorter than the caller's: a server that is frozen answers after half a minute.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    /// <inheritdoc />
    public async Task<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        // What is known already needs no question that may take long; the light write that found it finds its end too.
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
