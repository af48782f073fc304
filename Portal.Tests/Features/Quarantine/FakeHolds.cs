using Portal.Ingestion.Domain;
using Portal.Ingestion.Quarantine;

namespace Portal.Tests.Features.Quarantine;

/// <summary>Holds in memory: records what was held and released; the test sets the list.</summary>
internal sealed class FakeHolds : IQuarantineHolds
{
    public List<QuarantineHold> Holds { get; } = [];
    public List<(QuarantineReason Reason, string Detail, HoldDraft Draft)> Held { get; } = [];
    public List<string> Released { get; } = [];

    public Task<IReadOnlyList<QuarantineHold>> ListAsync(Viewer viewer, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<QuarantineHold>>([.. Holds]);

    public Task<bool> HoldAsync(
        Viewer viewer, QuarantineReason reason, string detail, HoldDraft draft, CancellationToken cancellationToken)
    {
        Held.Add((reason, detail, draft));
        return Task.FromResult(true);
    }

    public Task<bool> ReleaseAsync(Viewer viewer, QuarantineReason reason, string detail, CancellationToken cancellationToken)
    {
        Released.Add(detail);
        Holds.RemoveAll(h => h.Reason == reason && h.Detail == detail);
        return Task.FromResult(true);
    }
}
