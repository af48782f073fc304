using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Import;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Storage;
using Portal.Features.Evidence;
using Portal.Features.FollowUp.People;
using Portal.Features.Reports;
using Portal.Features.Reports.Conclusions;
using Portal.Features.Reports.Issued;
using Portal.Features.Reports.Monthly;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Quarantine;
using Portal.Platform.Access;
using Portal.Platform.Access.Sessions;
using Portal.Platform.Storage.Views;
using Portal.Tests.Features.Benefits.Import;

namespace Portal.Tests.Platform.Access.Rights;

/// <summary>What somebody with every right of an authority has made there: an incident, a mute, a version, a report and the like.</summary>
internal sealed record MadeThings
{
    public long Incident { get; private init; }
    public long Mute { get; private init; }
    public long Note { get; private init; }
    public long Revision { get; private init; }
    public int ReportNumber { get; private init; }
    public string Retry { get; private init; } = "";
    public string Session { get; private init; } = "";
    public Guid Version { get; private init; }
    public IReadOnlyList<ChainSummary> Summaries { get; private init; } = [];
    public ReportModel? Report { get; private init; }
    public ChainState? State { get; private init; }
    public OverviewPlan? Plan { get; private init; }
    public EvidenceDossier? Dossier { get; private init; }
    public CaseView? Found { get; private init; }

    public static async Task<MadeThings> MakeAsync(IServiceProvider services, AuthorityData data, CancellationToken stop)
    {
        T Get<T>()
            where T : notnull => services.GetRequiredService<T>();
        var (all, today) = (data.Everything, DanishTime.DateOf(DateTimeOffset.UtcNow));
        var now = DateTimeOffset.UtcNow;
        var (scope, period) = (ReportScope.Of(data.Chain), Period.YearUpTo(Month.Of(today)));
        await Get<ICaseNotes>().NoteIncidentAsync(all, new IncidentDraft(now.AddDays(-9), now.AddDays(-8), null, "Nedbrud"), stop);
        await Get<ICaseNotes>().HoldAsync(all, data.Case, true, "Klage", stop);
        await Get<IWorklistService>().ActAsync(
            all, new WorkAction(WorkActionKind.Noted, "Ringet"), [new WorkTarget(data.LetterRow, 0)], stop);
        await Get<IWorkPeople>().SeenAsync(all, stop);
        await Get<ISavedViews>().SaveAsync(all, "opfoelgning", new SavedView("Mine", "ejer=mig"), stop);
        await Get<ISavedViews>().SaveAsync(all, "opfoelgning", new SavedView("Andres", "ejer=ingen"), stop);
        await Get<HintDismissals>().PutAsideAsync(all, data.Chain, "prøve", "Ikke her", stop);
        var session = (await Get<ChainSessions>().OpenAsync(all, data.Chain, stop))!;
        var version = await Get<ChainVersions>().SaveAsync(all, data.Chain, "Før", session.State, stop);
        await Get<IBenefitStore>().AddNoteAsync(
            all, data.Chain, NoteKind.Behaviour, data.Element, today, Occurrence.Yes, "Det sker", "Set", stop);
        await Get<IReportConclusions>().WriteAsync(all, scope, period, "Godt", today, stop);
        await Get<IReportConclusions>().WriteAsync(all, ReportScope.All(null), period, "Godt i alt", today, stop);
        await Get<ReportSchedules>().SaveAsync(all, scope, "mette@kommune.dk", new Uri("https://portal.kommune.dk/"), stop);
        var report = await Get<ReportMaker>().MakeAsync(all, scope, period, stop);
        var issued = await Get<ReportArchive>().IssueAsync(all, scope, period, report!, stop);
        var token = await Get<SessionStore>().BeginAsync(
            new Microsoft.AspNetCore.Authentication.AuthenticationTicket(
                ViewerClaims.Of(Persona.All[1], data.Cvr), SessionHandler.SchemeName), "Prøve", "127.0.0.1", stop);
        var found = await Get<SessionStore>().FindAsync(token, SessionHandler.SchemeName, stop);
        return new MadeThings
        {
            Incident = (await Get<ICaseNotes>().IncidentsAsync(all, stop))[0].Id,
            Note = (await Get<IBenefitStore>().ReadAsync(all, data.Chain, stop))!.Notes[^1].Id,
            Version = version!.Id, ReportNumber = issued!.Number, Report = report, State = session.State, Session = found!.Id,
            Revision = session.State.Number, Summaries = [(await Get<IChainStore>().FindAsync(all, data.Chain, stop))!],
            Retry = (await Get<IQuarantineRetries>().StartAsync(all, new QuarantineSelection(), stop))!,
            Plan = await Get<OverviewImport>().PlanAsync(
                all, data.Chain, HandMade.Of(["Gevinst", "Ejer"], ["Mindre porto", "K. Jensen"]), stop),
            Dossier = await Get<EvidenceMaker>().CollectAsync(
                new EvidenceRequest(all, data.Case, new Uri("https://portal.kommune.dk/")), stop),
            Found = await Get<ICaseReader>().FindAsync(all, data.Case, stop),
        };
    }
}
