using System.Globalization;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Features.Messages;
using Portal.Ingestion.Access;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Delays;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Log;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Retention;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Verification;
using Portal.Platform.Access;
using Portal.Platform.Documents;
using Portal.Platform.Storage.Views;
using Portal.Tests.Features.Evidence;
using Portal.Tests.Features.Ledger;
using Portal.Tests.Features.Operations;
using Portal.Tests.Features.Quarantine;
using Portal.Tests.Platform.Access;
using Portal.Tests.Platform.Ui;
using Portal.Tests.Platform.Ui.Lists;

namespace Portal.Tests.Features.Messages;

/// <summary>A bUnit context in Danish, with a message log in memory and a signed-in viewer.</summary>
internal sealed class PageFixture : BunitContext
{
    /// <param name="more">Adds the page's other services; bUnit takes none after the first render.</param>
    public PageFixture(string role = PortalRoles.Caseworker, Action<IServiceCollection>? more = null)
    {
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("da");
        Viewer = new Viewer("p1", "Sofie", PortalRoles.RightsOf(role), ["55133018"], PortalRoles.TypesOf(role, []));
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization();
        Services.AddMudForTests();
        Services.AddLogging();
        Services.AddScoped<Portal.Features.Quarantine.QuarantinePageServices>().AddScoped<Portal.Platform.Shell.MenuReaders>();
        Services.AddSingleton<IMessageReader>(Log);
        Services.AddSingleton<ICurrentViewer>(new FakeViewer(Viewer));
        Services.AddSingleton<ICaseReader, NoCases>();
        Services.AddSingleton<IQuarantineReader>(new FakeQuarantine());
        Services.AddSingleton<IAccessLog>(Access).AddSingleton<IAccessLooks>(Looks)
            .AddSingleton<IAccessJournal>(new MemoryAccessJournal());
        Services.AddKeyedSingleton(NotedReaders.Unnoted, (p, _) => p.GetRequiredService<ICaseReader>());
        Services.AddSingleton<IEvidenceSource>(Source);
        Services.AddSingleton<IRetentionForecast>(new FakeForecast());
        Services.AddSingleton<IReceiptDelays>(Delays);
        Services.AddSingleton<ILedgerReader>(Ledger).AddSingleton<ILedgerState>(Ledger);
        Services.AddSingleton(Portal.Platform.Http.PublicAddress.AsAsked);
        Services.AddSingleton<ISavedViews>(Views);
        Services.AddSingleton(new LogSignal());
        Services.AddSingleton(new PortalSettings());
        Services.AddSingleton<MeaningCache>();
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton<SharedReads>();
        Services.AddScoped<MessagesPageServices>();
        State = this.AddBunitPersistentComponentState();
        more?.Invoke(Services);
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", true));
    }

    public FakeMessageReader Log { get; } = new();

    public FakeDelays Delays { get; } = new();

    public FakeLedgerReader Ledger { get; } = new();

    public FakeAccessLog Access { get; } = new();

    public FakeSavedViews Views { get; } = new();

    public FakeAccessLooks Looks { get; } = new();

    public FakeEvidenceSource Source { get; } = new();

    /// <summary>What a prerendered page leaves to the interactive one.</summary>
    public BunitPersistentComponentState State { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 13, 1, 0, TimeSpan.Zero));

    public Viewer Viewer { get; }

    private sealed class FakeViewer(Viewer viewer) : ICurrentViewer
    {
        public ValueTask<Viewer> GetAsync() => ValueTask.FromResult(viewer);
    }

    private sealed class NoCases : ICaseReader
    {
        public Task<CaseView?> FindAsync(Viewer viewer, string caseNumber, CancellationToken cancellationToken) =>
            Task.FromResult<CaseView?>(null);

        public Task<Page<CaseSummary>> SearchAsync(
            Viewer viewer, string? text, string? cursor, int limit, CancellationToken cancellationToken) =>
            Task.FromResult(new Page<CaseSummary>([], null));

        public Task<Page<CaseSummary>> ByNumberAsync(
            Viewer viewer, bool descending, string? cursor, int limit, CancellationToken cancellationToken) =>
            SearchAsync(viewer, null, cursor, limit, cancellationToken);

        public Task<IReadOnlyList<CaseSummary>> SearchByCprAsync(Viewer viewer, CprNumber cpr, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<CaseSummary>>([]);

        public Task<Page<FollowUpItem>> FollowUpAsync(
            Viewer viewer, FollowUpReason? reason, bool newestFirst, string? cursor, int limit, CancellationToken cancellationToken) =>
            Task.FromResult(new Page<FollowUpItem>([], null));

        public Task<long> AttentionCountAsync(Viewer viewer, CancellationToken cancellationToken) => Task.FromResult(7L);

        public Task<EvidenceCounts> CountAsync(Viewer viewer, DateTimeOffset from, CancellationToken cancellationToken) =>
            Task.FromResult(new EvidenceCounts(0, 0, 0, 0, 0, 0, 0, 0));
    }
}
