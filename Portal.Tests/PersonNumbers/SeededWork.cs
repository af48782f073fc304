using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Import;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Requests;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Storage;
using Portal.Features.FollowUp.People;
using Portal.Features.Reports;
using Portal.Features.Reports.Conclusions;
using Portal.Features.Reports.Issued;
using Portal.Features.Reports.Monthly;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Work;
using Portal.Platform.Storage.Views;
using Portal.Tests.Features.Benefits.Import;
using Portal.Tests.Stories;

namespace Portal.Tests.PersonNumbers;

/// <summary>
/// Everything that people type into forms, each with a person number, done by the services that the forms call. What is refused or masked
/// need not be told apart here: neither may come out.
/// </summary>
internal sealed class SeededWork(HostedPortal portal, SeededNumbers numbers, SeededPortal seeded)
{
    private const string Cvr = "55133018";
    private static readonly Uri Site = new("https://portal.kommune.dk/");

    /// <summary>A viewer with every right, whose own name holds no number.</summary>
    public static Viewer Everybody { get; } = new("chef", "Chef Alting", Enum.GetValues<ViewerRights>().Aggregate((all, r) => all | r),
        [Cvr], TypeScope.Everything);

    private readonly DateOnly _today = DanishTime.DateOf(DateTimeOffset.UtcNow);

    private T Get<T>()
        where T : notnull => portal.Services.GetRequiredService<T>();

    private string N(string field) => $"Om {numbers.For(field)} her";

    public async Task FillAsync(CancellationToken stop)
    {
        await WorkAsync(stop);
        await CatalogueAsync(stop);
        await ChainAsync(stop);
        await BenefitsAsync(stop);
        await ReportsAsync(stop);
    }

    private async Task WorkAsync(CancellationToken stop)
    {
        var now = DateTimeOffset.UtcNow;
        await Get<ICaseNotes>().NoteIncidentAsync(
            Everybody, new IncidentDraft(now.AddDays(-5), now.AddDays(-3), null, N("driftshændelse")), stop);
        await Get<ICaseNotes>().HoldAsync(Everybody, SeededPortal.Case, true, N("grund til at gemme sagen"), stop);
        var work = Get<IWorklistService>();
        var row = await RunningPortal.EventuallyAsync(
            async () => (await work.ReadAsync(Everybody, new WorkQuery { CaseNumber = SeededPortal.Case }, null, 10, stop)).Items
                .FirstOrDefault(r => r.Reason == FollowUpReason.Failed),
            found => found is not null);
        var revision = 0;
        foreach (var kind in (WorkActionKind[])[WorkActionKind.Noted, WorkActionKind.Called, WorkActionKind.Resent])
            await work.ActAsync(Everybody, new WorkAction(kind, N($"opfølgning: {kind}")), [new WorkTarget(row!.Id, revision++)], stop);
        await work.ActAsync(
            Everybody, new WorkAction(WorkActionKind.Assigned, N("tildeling"), "chef", $"Chef {numbers.For("tildelt navn")}"),
            [new WorkTarget(row!.Id, revision)], stop);
        await Get<IHandMatching>().AssignAsync(
            Everybody, seeded.StatusRow, SeededPortal.Failed, N("grund til at knytte en status til et brev"), stop);
        var people = Get<IWorkPeople>();
        await people.SeenAsync(Everybody, stop);
        await Get<ISavedViews>().SaveAsync(
            Everybody, "opfoelgning", new SavedView(N("filterets navn"), $"text={numbers.Plain("filterets søgning")}"), stop);
        await people.ChooseDigestAsync(Everybody, "chef@kommune.dk", Site, stop);
    }

    private async Task CatalogueAsync(CancellationToken stop)
    {
        var meanings = Get<IMeaningCatalogue>();
        await meanings.SaveAsync(
            Everybody, new MeaningEdit("event-code", numbers.Plain("betydningens kode"), 0, "receipt", N("betydningens kilde"), false,
                N("betydningens grund")), stop);
        await meanings.SaveAsync(
            Everybody, new SenderEdit(Guid.NewGuid().ToString(), 0, N("afsenderens navn"), N("afsenderens kilde"), false,
                N("afsenderens grund")), stop);
        await meanings.SaveAsync(
            Everybody, new CarrierEdit(0, 0, null, _today, null, N("postvirksomhedens navn"), N("postvirksomhedens kilde"),
                N("postvirksomhedens grund")), stop);
    }

    private async Task ChainAsync(CancellationToken stop)
    {
        await Get<HintDismissals>().PutAsideAsync(Everybody, seeded.Chain, "benefit-owner", N("grund til at lægge et råd til side"), stop);
        var session = (await Get<ChainSessions>().OpenAsync(Everybody, seeded.Chain, stop))!;
        await Get<ChainVersions>().SaveAsync(Everybody, seeded.Chain, N("versionens navn"), session.State, stop);
        var code = await Get<WorkshopCodes>().MakeAsync(Everybody, seeded.Chain, stop);
        await session.ApplyAsync(ChainEditor.Of(Everybody, Cvr), ChainOperation.Of(new OpenWorkshop(code)), stop);
        seeded.Code = code;
        var guest = ChainEditor.Guest(code, $"Gæst {numbers.For("gæstens navn")}", "vindue");
        await session.ApplyAsync(
            ChainEditor.Of(Everybody, Cvr), ChainOperation.Add("k1", ChainKind.Note, (ElementProperty.Text, N("boks på lærredet"))), stop);
        await session.ApplyAsync(guest, ChainOperation.Set("k1", ElementProperty.Text, N("gæstens tekst")), stop);
        await session.ApplyAsync(
            ChainEditor.Of(Everybody, Cvr),
            ChainOperation.Of(new SetChainValue(ChainDocument.TitleProperty, N("titel på lærredet"))), stop);
    }

    private async Task BenefitsAsync(CancellationToken stop)
    {
        var store = Get<IBenefitStore>();
        var (chain, box) = (seeded.Chain, seeded.Element);
        var definition = new IndicatorDefinition { Key = "porto", Name = "Porto", Unit = "kr.", Owner = "Mette Leder" };
        await store.SaveIndicatorAsync(Everybody, chain, box, definition with
        {
            Name = N("indikatorens navn"), Unit = N("indikatorens enhed"), Owner = N("indikatorens ejer"), Measurer = N("måler"),
            Risk = N("risiko"), Assumptions = N("antagelser"), TimeUse = N("tidens brug"),
        }, N("indikatorens grund"), stop);
        await store.SaveIndicatorAsync(Everybody, chain, box, definition, null, stop);
        foreach (var kind in Enum.GetValues<NoteKind>())
        {
            await store.AddNoteAsync(
                Everybody, chain, kind, box, _today, Occurrence.Yes, N($"gevinstnotat {kind}"), N($"gevinstnotatets bevis {kind}"), stop);
        }

        await store.SaveInputAsync(
            Everybody, chain, new NewInput(new InputKey("p1", InputPart.Count), 3, _today, N("tallets kilde"), N("tallets ejer"), false,
                N("tallets grund"), 0), stop);
        var mails = Get<NumberRequestMails>();
        foreach (var (text, whom) in new[] { (N("bestilling af et tal"), "Mette"), ("Tal", N("hvem der bliver bedt")), ("Tal", "Mette") })
        {
            await store.AskForNumberAsync(Everybody, chain, new NumberRequest(
                box, _today.AddDays(7), text, whom, 0, mails.MailOf(Everybody, "mette@kommune.dk", Site)), stop);
        }

        await Get<OverviewImport>().PlanAsync(
            Everybody, chain, HandMade.Of(["Gevinst", "Ejer"], [N("importeret gevinst"), N("importeret ejer")]), stop);
    }

    private async Task ReportsAsync(CancellationToken stop)
    {
        var (scope, period) = (ReportScope.Of(seeded.Chain), Period.YearUpTo(Month.Of(_today)));
        await Get<IReportConclusions>().WriteAsync(Everybody, scope, period, N("rapportens konklusion"), _today, stop);
        await Get<IReportConclusions>().WriteAsync(Everybody, ReportScope.All(null), period, N("alle rapporters konklusion"), _today, stop);
        await Get<ReportSchedules>().SaveAsync(
            Everybody, scope, $"{numbers.Plain("rapportens modtager")}@kommune.dk", Site, stop);
        await Get<ReportSchedules>().SaveAsync(Everybody, scope, "mette@kommune.dk", Site, stop);
        var report = await Get<ReportMaker>().MakeAsync(Everybody, scope, period, stop);
        await Get<ReportArchive>().IssueAsync(Everybody, scope, period, report!, stop);
    }
}
