using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Quarantine;

namespace Portal.Tests.Features.Quarantine;

/// <summary>A quarantine in memory; <see cref="Answers"/> has the outcome of retrying each row.</summary>
internal sealed class FakeQuarantine : IQuarantineReader, IQuarantineCauses
{
    private readonly List<QuarantinedMessage> _rows = [];
    private readonly List<QuarantineEntry> _closed = [];

    /// <summary>Counts of further rows that are not in memory, by reason.</summary>
    public List<QuarantineCause> More { get; } = [];

    public Dictionary<string, DeliveryOutcome?> Answers { get; } = [];

    public bool Unavailable { get; set; }

    /// <summary>Thrown when rows are closed; null for none.</summary>
    public Exception? Error { get; set; }

    public void Add(string id, QuarantineReason reason = QuarantineReason.Malformed, DeliveryOutcome? answer = null)
    {
        _rows.Insert(0, new QuarantinedMessage(
            id, reason, "Teksten er ikke XML.", "push", new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero), 1234, null, 2));
        Answers[id] = answer;
    }

    public void Clear() => _rows.Clear();

    public Task<Page<QuarantinedMessage>> ListAsync(
        Viewer viewer, QuarantineReason? reason, string? cursor, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<QuarantinedMessage>([.. _rows.Where(r => reason is null || r.Reason == reason).Take(limit)], null));

    public Task<IReadOnlyList<QuarantineTrace>> FindAsync(
        Viewer viewer, string beskedId, int most, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<QuarantineTrace>>(
            [.. _rows.Where(r => r.BeskedId == beskedId).Select(r => new QuarantineTrace(r, null, false, false))]);

    public Task<long> CountAsync(Viewer viewer, CancellationToken cancellationToken) => Task.FromResult((long)_rows.Count);

    public Task<byte[]?> ReadBytesAsync(Viewer viewer, string id, CancellationToken cancellationToken) => Task.FromResult<byte[]?>(null);

    public Task<DeliveryOutcome?> RetryAsync(Viewer viewer, string id, CancellationToken cancellationToken)
    {
        if (Unavailable) throw new StorageUnavailableException("locked");
        if (Answers[id] is not DeliveryOutcome.Quarantined) _rows.RemoveAll(r => r.Id == id);
        return Task.FromResult(Answers[id]);
    }

    public Task<IReadOnlyList<QuarantineCause>> CausesAsync(Viewer viewer, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<QuarantineCause>>(
            [.. More, .. _rows.GroupBy(r => (r.Reason, r.Detail)).Select(g => new QuarantineCause(
                g.Key.Reason, g.Key.Detail, g.Count(), g.Min(r => r.ReceivedAt), g.Max(r => r.ReceivedAt), ["push"], ["55133018"]))]);

    public Task<Page<QuarantineEntry>> ListAsync(
        Viewer viewer, QuarantineSelection selection, string? cursor, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<QuarantineEntry>(
            [.. (selection.Closed ? _closed : Meant(selection).Select(r => new QuarantineEntry(r))).Take(limit)], null));

    public Task<long> CountClosedAsync(Viewer viewer, CancellationToken cancellationToken) => Task.FromResult((long)_closed.Count);

    public Task<int> CloseAsync(Viewer viewer, QuarantineSelection selection, string why, CancellationToken cancellationToken)
    {
        if (Error is not null) throw Error;
        var meant = Meant(selection).ToList();
        _rows.RemoveAll(meant.Contains);
        _closed.AddRange(meant.Select(r => new QuarantineEntry(r, r.ReceivedAt, viewer.Name, why)));
        return Task.FromResult(meant.Count);
    }

    public Task<int> ReopenAsync(Viewer viewer, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        _rows.AddRange(_closed.Where(c => ids.Contains(c.Message.Id)).Select(c => c.Message));
        return Task.FromResult(_closed.RemoveAll(c => ids.Contains(c.Message.Id)));
    }

    private IEnumerable<QuarantinedMessage> Meant(QuarantineSelection selection) => _rows.Where(r =>
        (selection.Reason is null || r.Reason == selection.Reason) && (selection.Detail is null || r.Detail == selection.Detail)
        && (selection.Ids is null || selection.Ids.Contains(r.Id)));
}
