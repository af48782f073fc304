using Portal.Ingestion.Domain;
using Portal.Ingestion.Operations;

namespace Portal.Tests.Features.Operations;

/// <summary>An operations view in memory whose transports the test sets.</summary>
internal sealed class FakeOperations : IOperationsReader
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 13, 1, 0, TimeSpan.Zero);

    public OperationsView View { get; set; } = Of(Transport("push", "open"));

    public static TransportView Transport(string transport, string state, string? why = null, string? remedy = null) => new(
        transport, state, Now.AddMinutes(-5), why, remedy,
        new TransportFigures(Now.AddSeconds(-4), 720, 3, 1, TimeSpan.FromMilliseconds(240), TimeSpan.FromSeconds(4.2)),
        new TransportBacklog(12, Now.AddMinutes(-3)));

    public static OperationsView Of(params TransportView[] transports) => new(
        [new NodeView("vm1/42/1", "portal", Now, false, new CommitFigures(60, 12, 3), transports)],
        new DatabaseView("SQLite", 5L << 20, 1042, null, 10L << 30, null),
        [new ReaderView("letters", 1040, 2), new ReaderView("ukendt", 1042, 0)], [], [], null);

    public Task<OperationsView?> ReadAsync(Viewer viewer, CancellationToken cancellationToken) =>
        Task.FromResult(viewer.May(ViewerRights.Operate) ? View : null);
}
