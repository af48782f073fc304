using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Portal.Features.AccessControl;
using Portal.Features.Evidence;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Platform.Documents;
using Portal.Tests.Features.Cases;
using Portal.Tests.Platform.Access;

namespace Portal.Tests.Features.Evidence;

/// <summary>Builds evidence documents from cases in memory.</summary>
internal sealed class EvidenceFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public EvidenceFixture(IDocumentPrinter? printer = null, ILedgerProofs? ledger = null)
    {
        var services = new ServiceCollection().AddLogging().AddLocalization().AddSingleton<TimeProvider>(Time)
            .AddSingleton<ICaseReader>(Cases).AddSingleton<IEvidenceSource>(Source).AddSingleton<IAccessLog>(Access)
            .AddSingleton(printer ?? Printer).AddSingleton<DocumentRenderer>();
        services.AddSingleton(ledger ?? new NoLedger());
        _services = services.AddEvidence().BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 13, 36, 5, TimeSpan.Zero));

    public FakeCases Cases { get; } = new();

    public FakeEvidenceSource Source { get; } = new();

    public FakeAccessLog Access { get; } = new();

    public FakePrinter Printer { get; } = new();

    public EvidenceMaker Maker => _services.GetRequiredService<EvidenceMaker>();

    public static Viewer Caseworker { get; } = new("p1", "Sofie Sagsbehandler", ViewerRights.Cases, ["55133018"], TypeScope.None);

    public static EvidenceRequest Request(string? purpose = null) =>
        new(Caseworker, "26-0412", new Uri("https://portal.kommune.dk/"), purpose);

    public async Task<EvidenceDossier> GatherAsync(string? purpose = null) => (await Maker.CollectAsync(Request(purpose), default))!;

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
