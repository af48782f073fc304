using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.AccessControl;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Import;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Storage;
using Portal.Features.Evidence;
using Portal.Features.Reports;
using Portal.Features.Reports.Issued;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Quarantine;
using Portal.Platform.Storage.Views;
using Portal.Tests.Features.Benefits.Import;

namespace Portal.Tests.Platform.Access.Rights;

/// <summary>What each parameter of a service's method gets: an authority's own things, by name or by type.</summary>
internal sealed class ActionArguments
{
    private static readonly Uri Site = new("https://portal.kommune.dk/");
    private readonly AuthorityData _data;
    private readonly Dictionary<string, object?> _byName;
    private readonly Dictionary<Type, object?> _byType;
    private int _made;

    private ActionArguments(AuthorityData data, MadeThings made)
    {
        _data = data;
        var now = DateTimeOffset.UtcNow;
        var today = DanishTime.DateOf(now);
        _byName = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["chainId"] = data.Chain, ["elementId"] = data.Element, ["caseNumber"] = data.Case, ["beskedId"] = data.Besked,
            ["letterId"] = data.Letter, ["rowId"] = data.LetterRow, ["chainIds"] = new[] { data.Chain },
            ["beskedIds"] = new[] { data.Besked }, ["ids"] = new[] { data.Quarantined },
            ["some"] = made.Summaries, ["shown"] = made.Summaries,
            ["asked"] = null, ["cursor"] = null, ["after"] = null, ["limit"] = 100, ["most"] = 100, ["bucket"] = TimeSpan.FromDays(1),
            ["buckets"] = 30,
            ["text"] = null, ["term"] = "e", ["department"] = null, ["caseType"] = null, ["beskedtype"] = KnownBeskedtyper.PostStatus,
            ["via"] = "prøve", ["reason"] = null, ["why"] = "prøve", ["hint"] = "prøve", ["page"] = "opfoelgning", ["newName"] = "ny",
            ["descending"] = false, ["ISavedViews.DeleteAsync.name"] = "Mine", ["ISavedViews.RenameAsync.name"] = "Andres",
            ["name"] = "prøve", ["wishedId"] = null, ["newestFirst"] = true,
            ["evidence"] = "set", ["recipients"] = "anna@kommune.dk", ["mail"] = "sofie@kommune.dk", ["site"] = Site, ["address"] = Site,
            ["answer"] = Occurrence.Yes, ["day"] = today, ["today"] = today, ["at"] = now.AddYears(6), ["from"] = now.AddDays(-60),
            ["basedOn"] = 1, ["seen"] = long.MaxValue, ["number"] = made.ReportNumber, ["purpose"] = "prøve", ["on"] = false,
            ["incidents"] = Array.Empty<long>(), ["property"] = ElementProperty.VolumeLikely, ["value"] = "12",
            ["file"] = HandMade.Of(["Gevinst", "Ejer"], ["Mindre porto", "K. Jensen"]), ["requests"] = new[] { made.Note },
            ["first"] = Month.Of(today) + -2, ["last"] = Month.Of(today), ["revision"] = made.Revision, ["noteId"] = made.Note,
            ["version"] = made.Version, ["measurements"] = new[] { new NewMeasurement(data.Element, now.AddDays(-3), 7, null) },

            ["IMessageReader.VolumeAsync.from"] = now.AddDays(-29), ["IMessageReader.after"] = 0L, ["SharedReads.after"] = 0L,
            ["MessageTail.after"] = 0L, ["IQuarantineRetries.after"] = 0,
            ["IHandMatching.rowId"] = data.StatusRow, ["IHandMatching.reason"] = "prøve", ["ISenderMutes.rowId"] = data.StatusRow,
            ["ISenderMutes.reason"] = "prøve", ["IHandMatching.UndoAsync.beskedId"] = data.Waiting, ["ICaseNotes.reason"] = "prøve",
            ["HintDismissals.reason"] = "prøve", ["IQuarantineReader.id"] = data.Quarantined, ["MessageTracer.id"] = data.Besked,
            ["IQuarantineHolds.detail"] = data.QuarantinedAs.Detail, ["IQuarantineReader.beskedId"] = data.QuarantinedAs.Besked,
            ["IQuarantineRetries.id"] = made.Retry,
            ["ISessions.id"] = made.Session, ["ICaseNotes.id"] = made.Incident, ["ISenderMutes.id"] = made.Mute, ["IReceiptDelays.id"] = 1L,
            ["ReportArchive.FindFileAsync.name"] = ReportFiles.Figures, ["IReportConclusions.text"] = "Det går godt.",
            ["IBenefitStore.text"] = "Det sker.", ["ICaseNotes.text"] = "prøve", ["NumberRequestMails.address"] = "mette@kommune.dk",
            ["ILedgerProofs.letterId"] = null, ["IActionProofs.letterId"] = null, ["IHandMatching.letterId"] = data.Later,
            ["IReportConclusions.department"] = "", ["IBenefitStore.reason"] = "prøve",
            ["IBenefitStore.MeasurementsAsync.elementId"] = null,
        };
        _byType = new Dictionary<Type, object?>
        {
            [typeof(MessageFilter)] = MessageFilter.Everything, [typeof(WorkQuery)] = new WorkQuery(),
            [typeof(LetterQuery)] = new LetterQuery(),
            [typeof(QuarantineSelection)] = new QuarantineSelection(), [typeof(AccessFilter)] = new AccessFilter(),
            [typeof(IReadOnlyList<AccessNote>)] = new[] { new AccessNote(AccessKind.ExactBytes) { CaseNumber = data.Case } },
            [typeof(QuarantineReason)] = data.QuarantinedAs.Reason,
            [typeof(HoldDraft)] = new HoldDraft("prøve", "Mette", today.AddDays(9), null),
            [typeof(AccessNote)] = new AccessNote(AccessKind.ExactBytes) { CaseNumber = data.Case },
            [typeof(ReportScope)] = ReportScope.Of(data.Chain), [typeof(Period)] = Period.YearUpTo(Month.Of(today)),
            [typeof(ReportModel)] = made.Report, [typeof(CultureInfo)] = CultureInfo.GetCultureInfo("da-DK"),
            [typeof(IReadOnlyList<LetterRegistration>)] = new[] { Registration(data, now) },
            [typeof(RegistrationSource)] = RegistrationSource.Person, [typeof(WorkAction)] = new WorkAction(WorkActionKind.Noted, "prøve"),
            [typeof(IReadOnlyList<WorkTarget>)] = new[] { new WorkTarget(data.LetterRow, 0) },
            [typeof(IncidentDraft)] = new IncidentDraft(now.AddDays(-9), now.AddDays(-8), null, "prøve"), [typeof(CprNumber)] = Cpr(),
            [typeof(IndicatorDefinition)] = AuthorityData.Indicator("porto"), [typeof(NoteKind)] = NoteKind.Behaviour,
            [typeof(NewInput)] = new NewInput(new InputKey(data.Element, InputPart.Count), 3, today, "prøve", "Mette", false, null, 0),
            [typeof(NumberRequest)] = new NumberRequest(data.Element, today, "prøve", "Mette", long.MaxValue, null),
            [typeof(SavedView)] = new SavedView("prøve", "grund=failed"),
            [typeof(ChainDocument)] = ChainDocument.Empty with { Title = "Ny" },
            [typeof(ChainState)] = made.State, [typeof(OverviewPlan)] = made.Plan,
            [typeof(EvidenceRequest)] = null, [typeof(EvidenceDossier)] = made.Dossier, [typeof(CaseView)] = made.Found,
            [typeof(MeaningEdit)] = new MeaningEdit("event-code", "77", 0, "receipt", "prøve", false, "prøve"),
            [typeof(SenderEdit)] = new SenderEdit(Guid.NewGuid().ToString(), 0, "Prøve", "prøve", false, "prøve"),
            [typeof(CarrierEdit)] = new CarrierEdit(0, 0, null, today, null, "Prøve", "prøve", "prøve"),
        };
    }

    /// <summary>Arguments about an authority's things; makes, as somebody with every right, what the calls name.</summary>
    public static async Task<ActionArguments> OfAsync(IServiceProvider services, AuthorityData data, CancellationToken stop) =>
        new(data, await MadeThings.MakeAsync(services, data, stop));

    /// <summary>The arguments of a call.</summary>
    public object?[] For(ServiceAction action, Viewer viewer, CancellationToken stop) =>
        [.. action.Method.GetParameters().Select(p => Value(action, p, viewer, stop))];

    private object? Value(ServiceAction action, ParameterInfo parameter, Viewer viewer, CancellationToken stop)
    {
        if (parameter.ParameterType == typeof(Viewer)) return viewer;
        if (parameter.ParameterType == typeof(CancellationToken)) return stop;
        if (parameter.ParameterType == typeof(EvidenceRequest)) return new EvidenceRequest(viewer, _data.Case, Site);
        if (parameter.ParameterType == typeof(IndicatorDefinition)) return AuthorityData.Indicator($"porto{++_made}");
        foreach (var key in (string[])[$"{action.Name}.{parameter.Name}", $"{action.Service.Name}.{parameter.Name}"])
        {
            if (_byName.TryGetValue(key, out var special)) return special;
        }

        return _byType.TryGetValue(parameter.ParameterType, out var typed) ? typed
            : _byName.TryGetValue(parameter.Name!, out var named) ? named
            : parameter.HasDefaultValue ? parameter.DefaultValue
            : Nullable.GetUnderlyingType(parameter.ParameterType) is not null ? null
            : throw new InvalidOperationException($"{action}: give {parameter.ParameterType.Name} {parameter.Name} a value here.");
    }

    private static CprNumber Cpr() => CprNumber.TryParse("0101011234", out var number) ? number : throw new InvalidOperationException();

    private static LetterRegistration Registration(AuthorityData data, DateTimeOffset now) => new()
    {
        CaseNumber = data.Case, LetterId = $"{data.Letter}-ny", Title = "Afgørelse",
        Recipient = new LetterRecipient("Åse Lejer", null, null), SentAt = now.AddDays(-1),
        Identifiers = new LetterIdentifiers { MessageUuid = Guid.NewGuid().ToString() },
    };
}
