using Portal.Ingestion.Access;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Messages;
using Portal.Ingestion.Pipeline;
using Portal.Ingestion.Quarantine;

namespace Portal.Tests.QuarantinePages;

/// <summary>A quarantine in memory; <see cref="Answers"/> says what a retry meets.</summary>
internal sealed class FakeQuarantine : IQuarantineReader
{
    private readonly List<QuarantinedMessage> _rows = [];

    public Dictionary<string, DeliveryOutcome?> Answers { get; } = [];

    public bool Unavailable { get; set; }

    public void Add(string id, QuarantineReason reason = QuarantineReason.Malformed, DeliveryOutcome? answer = null)
    {
        _rows.Insert(0, new QuarantinedMessage(id, reason, "Teksten er ikke XML.", "push", new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero), 1234, null, 2));
        Answers[id] = answer;
    }

    public Task<Page<QuarantinedMessage>> ListAsync(Viewer viewer, QuarantineReason? reason, string? cursor, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<QuarantinedMessage>([.. _rows.Where(r => reason is null || r.Reason == reason).Take(limit)], null));

    public Task<long> CountAsync(Viewer viewer, CancellationToken cancellationToken) => Task.FromResult((long)_rows.Count);

    public Task<byte[]?> ReadBytesAsync(Viewer viewer, string id, CancellationToken cancellationToken) => Task.FromResult<byte[]?>(null);

    public Task<DeliveryOutcome?> RetryAsync(Viewer viewer, string id, CancellationToken cancellationToken)
    {
        if (Unavailable) throw new StorageUnavailableException("locked");
        if (Answers[id] is not DeliveryOutcome.Quarantined) _rows.RemoveAll(r => r.Id == id);
        return Task.FromResult(Answers[id]);
    }
}
