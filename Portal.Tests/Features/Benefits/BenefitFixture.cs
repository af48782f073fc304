using System.Globalization;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Benefits;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Import;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Requests;
using Portal.Features.Chains.Examples;
using Portal.Ingestion.Catalogue;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;
using Portal.Platform.Access;
using Portal.Platform.Mail;
using Portal.Platform.Storage.Views;
using Portal.Tests.Api;
using Portal.Tests.Features.Chains;
using Portal.Tests.Platform.Shell;
using Portal.Tests.Platform.Ui;
using Portal.Tests.Platform.Ui.Lists;

namespace Portal.Tests.Features.Benefits;

/// <summary>A bUnit context in Danish, over real benefits in a separate database, with counts in memory.</summary>
internal sealed class BenefitFixture : BunitContext
{
    private readonly WriteGate _gate = new();

    private BenefitFixture(ChainFixture fixture, string role, ReadGate gate)
    {
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("da");
        Fixture = fixture;
        Viewer = new Viewer("freja", "Freja", PortalRoles.RightsOf(role), [ChainFixture.Own], TypeScope.None);
        Store = new BenefitStore(fixture, fixture.Store, _gate, Signal, fixture.Time);
        Figures = new BenefitFigures(Store, fixture.Store, Counts, fixture.Time);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization();
        Services.AddMudForTests();
        Services.AddLogging();
        Services.AddSingleton<TimeProvider>(fixture.Time).AddSingleton(Signal).AddSingleton<ICatalogue>(new FakeCatalogue())
            .AddSingleton<ICurrentViewer>(new FakeViewer(Viewer)).AddSingleton<IBenefitFigures>(Figures)
            .AddSingleton<ISavedViews>(new FakeSavedViews());
        Pages = new RefusingStore(Store);
        Services.AddSingleton(new OverviewImport(fixture.Node(), Store, fixture.Time));
        Services.AddSingleton(Mails = new NumberRequestMails(fixture, Mailer, Portal.Platform.Http.PublicAddress.AsAsked, fixture.Time));
        Services.AddSingleton(new BenefitPageServices(
            Pages, gate.Before<IBenefitFigures>(Figures), Mails, new FakeViewer(Viewer), fixture.Time));
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", true));
    }

    public ChainFixture Fixture { get; }

    public LogSignal Signal { get; } = new();

    public FakeFigures Counts { get; } = new();

    public Viewer Viewer { get; }

    public BenefitStore Store { get; }

    /// <summary>The store that the pages use; a test can make its writes fail.</summary>
    public RefusingStore Pages { get; }

    public BenefitFigures Figures { get; }

    public NumberRequestMails Mails { get; }

    /// <summary>Set to true before the page is opened to let it send mail.</summary>
    public SwitchedMailer Mailer { get; } = new();

    public string Chain { get; private set; } = "";

    /// <summary>The first worked chain.</summary>
    /// <param name="gate">Delays the page's reads of figures; null: none is delayed.</param>
    public static async Task<BenefitFixture> OpenAsync(string role = PortalRoles.Facilitator, ReadGate? gate = null)
    {
        var fixture = new BenefitFixture(await ChainFixture.OpenAsync(), role, gate ?? new ReadGate());
        fixture.Chain = await fixture.Fixture.MakeAsync(new ChainExamples().All[0].Document);
        return fixture;
    }

    /// <summary>Opens it over the given chain.</summary>
    public static async Task<BenefitFixture> OpenAsync(Portal.Features.Chains.Document.ChainDocument document)
    {
        var fixture = new BenefitFixture(await ChainFixture.OpenAsync(), PortalRoles.Facilitator, new ReadGate());
        fixture.Chain = await fixture.Fixture.MakeAsync(document);
        return fixture;
    }

    /// <summary>Writes an indicator to the database without any validation, as an older version of the portal may have stored it.</summary>
    public async Task KeepAsync(string id, Portal.Features.Benefits.Indicators.IndicatorDefinition definition)
    {
        await using var db = await ((IDbContextFactory<Portal.Platform.Storage.PortalDbContext>)Fixture).CreateDbContextAsync();
        db.Add(new StoredIndicator { ChainId = Chain, ElementId = id, Version = (await db.Set<StoredIndicator>()
            .Where(i => i.ChainId == Chain && i.ElementId == id).Select(i => (int?)i.Version).MaxAsync() ?? 0) + 1,
            Json = BenefitJson.Write(definition), At = Fixture.Time.GetUtcNow(), By = "Freja" });
        await db.SaveChangesAsync();
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        _gate.Dispose();
        await Fixture.DisposeAsync();
    }

    /// <summary>A mailer that can be configured or not; nothing is sent, since the tests read the outbox.</summary>
    internal sealed class SwitchedMailer : IMailer
    {
        public bool IsConfigured { get; set; }

        public Task SendAsync(MailMessage message, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class FakeViewer(Viewer viewer) : ICurrentViewer
    {
        public ValueTask<Viewer> GetAsync() => ValueTask.FromResult(viewer);
    }
}
