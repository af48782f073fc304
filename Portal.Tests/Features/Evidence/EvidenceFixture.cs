using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Features.Evidence;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Platform.Documents;
using Portal.Tests.Features.Cases;
using Portal.Tests.Platform.Access;
using Portal.Tests.Platform.Documents;

namespace Portal.Tests.Features.Evidence;

/// <summary>Builds evidence documents from cases in memory.</summary>
internal sealed class EvidenceFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public EvidenceFixture(ILedgerProofs? ledger = null)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(Time)
            .AddSingleton<ICaseReader>(Cases).AddSingleton<IEvidenceSource>(Source).AddSingleton<IAccessLog>(Access)
            .AddKeyedSingleton<ICaseReader>(NotedReaders.Unnoted, Cases).AddSingleton<IAccessLooks>(new FakeAccessLooks())
            .AddSingleton<IDocumentPdf>(Pdf).AddSingleton(Portal.Platform.Http.PublicAddress.AsAsked)
            .AddSingleton(ledger ?? new NoLedger());
        _services = services.AddEvidence().BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 13, 36, 5, TimeSpan.Zero));

    public FakeCases Cases { get; } = new();

    public FakeEvidenceSource Source { get; } = new();

    public FakeAccessLog Access { get; } = new();

    public FakePdf Pdf { get; } = new();

    public EvidenceMaker Maker => _services.GetRequiredService<EvidenceMaker>();

    public static Viewer Caseworker { get; } = new("p1", "Sofie Sagsbehandler",
        ViewerRights.Cases | ViewerRights.EvidenceBytes, ["55133018"], TypeScope.None);

    public static EvidenceRequest Request(string? purpose = null, string? letterId = null) =>
        new(Caseworker, "26-0412", new Uri("https://portal.kommune.dk/"), purpose) { LetterId = letterId };

    public async Task<EvidenceDossier> GatherAsync(string? purpose = null, string? letterId = null) =>
        (await Maker.CollectAsync(Request(purpose, letterId), default))!;

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
