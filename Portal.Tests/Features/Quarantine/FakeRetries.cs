using Portal.Ingestion.Domain;
using Portal.Ingestion.Quarantine;

namespace Portal.Tests.Features.Quarantine;

/// <summary>Retries in memory: records what was started; the test sets their progress.</summary>
internal sealed class FakeRetries : IQuarantineRetries
{
    public List<(QuarantineReason? Reason, IReadOnlyCollection<string>? Ids)> Started { get; } = [];
    public List<string> Stopped { get; } = [];
    public List<RetrySummary> Retries { get; } = [];
    public List<RetryItem> Items { get; } = [];
    public bool Nothing { get; set; }
    public Exception? Error { get; set; }

    public Task<string?> StartAsync(Viewer viewer, QuarantineSelection selection, CancellationToken cancellationToken)
    {
        if (Error is not null) throw Error;
        if (Nothing) return Task.FromResult<string?>(null);
        Started.Add((selection.Reason, selection.Ids));
        return Task.FromResult<string?>("r1");
    }

    public Task<bool> StopAsync(Viewer viewer, string id, CancellationToken cancellationToken)
    {
        Stopped.Add(id);
        return Task.FromResult(true);
    }

    public List<string> Continued { get; } = [];

    public Task<bool> ContinueAsync(Viewer viewer, string id, CancellationToken cancellationToken)
    {
        Continued.Add(id);
        return Task.FromResult(true);
    }

    public Task<IReadOnlyList<RetrySummary>> ListAsync(Viewer viewer, int most, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RetrySummary>>([.. Retries.Take(most)]);

    public Task<IReadOnlyList<RetryItem>> ItemsAsync(Viewer viewer, string id, int after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RetryItem>>([.. Items.Where(i => i.Position > after).Take(limit)]);
}
