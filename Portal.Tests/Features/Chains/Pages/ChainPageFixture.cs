using System.Globalization;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Examples;
using Portal.Features.Chains.Gallery;
using Portal.Features.Chains.Hints;
using Portal.Features.Chains.Join;
using Portal.Features.Chains.Pictures;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;
using Portal.Platform.Access;
using Portal.Tests.Platform.Shell;
using Portal.Tests.Platform.Ui;

namespace Portal.Tests.Features.Chains.Pages;

/// <summary>A bUnit context in Danish, over real chains in a separate database.</summary>
internal sealed class ChainPageFixture : BunitContext
{
    private readonly WriteGate _gate = new();
    private readonly LogSignal _signal = new();

    private ChainPageFixture(ChainFixture fixture, string role, ReadGate gate)
    {
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("da");
        (Fixture, Node) = (fixture, fixture.Node());
        Viewer = new Viewer("freja", "Freja", PortalRoles.RightsOf(role), [ChainFixture.Own], TypeScope.None);
        JSInterop.Mode = JSRuntimeMode.Loose;
        var board = JSInterop.SetupModule("./Features/Chains/Canvas/ChainBoard.razor.js");
        board.Mode = JSRuntimeMode.Loose;
        // A wide window: the canvas, with the side panel open.
        board.Setup<int>("room").SetResult(1440);
        Services.AddLocalization();
        Services.AddMudForTests();
        Services.AddLogging();
        Services.AddSingleton<TimeProvider>(fixture.Time);
        Measured = new MeasuredBoxes(fixture, Node);
        Benefits = new BenefitStore(fixture, fixture.Store, _gate, _signal, fixture.Time, Measured);
        Services.AddSingleton(_signal).AddSingleton<IMeasuredBoxes>(Measured);
        Services.AddSingleton(new BoxArithmeticView(typeof(Portal.Features.Benefits.Arithmetic.ArithmeticPanel)));
        Services.AddSingleton(new ChainPicture(ChainFixture.Texts<Portal.Features.Chains.Layout.LayoutTexts>()));
        Services.AddSingleton(
            new ChainGalleryServices(gate.Before<IChainStore>(fixture.Store), Node, fixture.Versions, fixture.Dismissals, fixture.Codes,
                new ChainCards(fixture.Store, fixture.Dismissals, Measured), new ChainExamples(), new FakeViewer(Viewer), fixture.Time));
        Services.AddScoped<Portal.Features.Chains.Canvas.ChainBoardServices>();
        Services.AddSingleton<GuestHints>(new GuestHints(fixture, fixture.Codes, fixture.Dismissals, Measured));
        Services.AddSingleton<HintDismissals>(fixture.Dismissals).AddSingleton<ChainSessions>(Node).AddSingleton<JoinRateLimiter>()
            .AddSingleton(Portal.Platform.Http.PublicAddress.AsAsked);
        Services.AddSingleton<ICurrentViewer>(new FakeViewer(Viewer));
        Services.AddSingleton(
            new ChainSentence(ChainFixture.Texts<HintTexts>(), ChainFixture.Texts<Portal.Features.Chains.Layout.LayoutTexts>()));
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", true));
    }

    public ChainFixture Fixture { get; }

    public ChainSessions Node { get; }

    public MeasuredBoxes Measured { get; }

    public BenefitStore Benefits { get; }

    public Viewer Viewer { get; }

    public ChainEditor Editor => ChainEditor.Of(Viewer, ChainFixture.Own, "w1");

    /// <param name="gate">Delays the gallery's read of its list; null: none is delayed.</param>
    public static async Task<ChainPageFixture> OpenAsync(string role = PortalRoles.Facilitator, ReadGate? gate = null) =>
        new(await ChainFixture.OpenAsync(), role, gate ?? new ReadGate());

    /// <summary>Opens a new chain with one box.</summary>
    public async Task<ChainSession> ChainAsync(string title = "Post i huslejesager", string text = "Tvister om post")
    {
        var session = await Fixture.SessionAsync(await Fixture.MakeAsync(ChainDocument.Empty with { Title = title }), Node);
        await session.ApplyAsync(Editor, ChainOperation.Add(
            "p1", ChainKind.Problem, (ElementProperty.Text, text), (ElementProperty.X, "20"), (ElementProperty.Y, "200")), default);
        return session;
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await Fixture.DisposeAsync();
        _gate.Dispose();
    }

    private sealed class FakeViewer(Viewer viewer) : ICurrentViewer
    {
        public ValueTask<Viewer> GetAsync() => ValueTask.FromResult(viewer);
    }
}
