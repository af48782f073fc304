using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters.Delays;

namespace Portal.Tests.Features.Operations;

/// <summary>Delays in memory, which the test sets; as the reader does, it shows them by the viewer's rights.</summary>
internal sealed class FakeDelays : IReceiptDelays
{
    public List<LateReceipts> Late { get; } = [];

    public List<HourlyDelay> Hours { get; } = [];

    public List<LatePeriod> Offered { get; } = [];

    public Task<ValueList<LateReceipts>> LateAsync(Viewer viewer, CancellationToken cancellationToken) =>
        Task.FromResult<ValueList<LateReceipts>>([.. Late]);

    public Task<ValueList<AuthorityDelays>> HoursAsync(Viewer viewer, CancellationToken cancellationToken) =>
        Task.FromResult<ValueList<AuthorityDelays>>(
            viewer.May(ViewerRights.Operate) ? [new AuthorityDelays("55133018", [.. Hours])] : []);

    public Task<ValueList<LatePeriod>> OfferedAsync(Viewer viewer, CancellationToken cancellationToken) =>
        Task.FromResult<ValueList<LatePeriod>>(viewer.May(ViewerRights.Cases) ? [.. Offered] : []);

    public Task<bool> DismissAsync(Viewer viewer, long id, CancellationToken cancellationToken) =>
        Task.FromResult(Offered.RemoveAll(p => p.Id == id) > 0);
}
