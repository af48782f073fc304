using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Portal.Features.Chains.Editing;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Platform.Access.Rights;

/// <summary>
/// What a page's menu hides cannot be called: every method of a service that takes a viewer is called, with real data, by a viewer with
/// all rights but the one it demands, and by one with all rights of another authority. Nothing comes out, and nothing changes.
/// </summary>
public sealed class ActionRightsTests
{
    // Answers of these are the whole portal's, or the caller's own: another authority may have them too.
    private static readonly string[] OfNoAuthority =
    [
        "IMeaningCatalogue.ReadAsync", "IMeaningCatalogue.SaveAsync", "IOperationsReader.ReadAsync", "ICatalogue.ListAsync",
        "IChainStore.CreateAsync", "ILetterRegistry.RegisterAsync", "ILetterPreview.PreviewAsync", "ICaseNotes.NoteIncidentAsync",
        "IWorkPeople.SeenAsync", "IWorkPeople.ColleaguesAsync", "IWorkPeople.ChooseDigestAsync", "ISavedViews.SaveAsync",
        "IAccessLog.NoteAsync", "IAccessLog.ReadAsync", "SubjectReader.ReadAsync", "EvidenceMaker.NoteAsync",
        "ISignInHandler.SignedInAsync", "ReportSchedules.SaveAsync", "IReportConclusions.WriteAsync", "ReportArchive.NextNumberAsync",
        "ReportArchive.IssueAsync",
        "NumberRequestMails.MailOf", "IReceiptDelays.HoursAsync", "IRetentionForecast.CountAsync", "IMessageReader.LastSequenceAsync",
    ];

    private static readonly string[] TakesAway =
        ["TakeUp", "Undo", "Withdraw", "Forget", "Lift", "Stop", "End", "UseRules", "Hold", "Release", "Close", "Delete", "Trash",
            "Restore"];

    // There is nothing that these could give: no late period, no mail that waits, nothing closed, held, held back, muted or ended, nothing
    // counted yet, no two letters of one UUID, and no box that differs. A chain cannot be deleted twice. Two write to the
    // access log alone, which the comparison leaves out.
    private static readonly string[] NothingThere =
    [
        "IChainStore.DeleteAsync", "IFigureReader.LettersAsync", "IHandMatching.MatchingAsync", "ILetterPreview.SameUuidAsync",
        "IMeasuredBoxes.UpdateBoxesAsync",
        "IQuarantineCauses.CountClosedAsync", "IQuarantineCauses.ReopenAsync", "IQuarantineHolds.ListAsync",
        "IQuarantineRetries.ContinueAsync", "IReceiptDelays.DismissAsync", "IReceiptDelays.LateAsync",
        "IReceiptDelays.OfferedAsync", "ISenderMutes.LiftAsync", "ISenderMutes.ListAsync", "IWorklistService.EndedAsync",
        "NumberRequestMails.StatesAsync", "ReportMailStates.ReadAsync", "EvidenceMaker.NoteAsync", "IAccessLog.NoteAsync",
    ];

    // An authority's operating incidents, which name no letter.
    private static readonly string[] OutsideLimits = ["ICaseNotes.IncidentsAsync", "ICaseNotes.WithdrawIncidentAsync"];

    // They only share, follow or note what others read, which are called here.
    private static readonly string[] ReadByOthers =
        ["SharedReads.ReadAsync", "MessageTail.ReadAsync", "IAccessLooks.Add", "AccessRecords.OfAsync", "AccessExport.AnswerAsync"];

    [Fact]
    public async Task Every_method_that_takes_a_viewer_says_what_it_demands()
    {
        await using var walk = await ActionWalk.StartAsync(withData: false);
        var silent = walk.Actions.Where(a => a.Demands is null).Select(a => a.ToString());
        Assert.Empty(silent);
        var uneven = walk.Actions.GroupBy(a => a.Name).Where(g => g.Select(a => (a.Demands!.Rights, a.Demands.Or)).Distinct().Count() > 1);
        Assert.Empty(uneven.Select(g => g.Key));
        Assert.True(walk.Actions.Count > 100, $"Only {walk.Actions.Count} methods were found.");
    }

    [Fact]
    public async Task Nothing_can_be_called_without_its_right_or_about_another_authority()
    {
        await using var walk = await ActionWalk.StartAsync(withData: true);
        var everything = walk.Data.Everything;
        var wrong = new List<string>();
        foreach (var action in walk.Actions.Where(a => !ReadByOthers.Contains(a.Name)))
        {
            foreach (var viewer in Without(action.Demands!, everything))
            {
                if (await walk.GivesAsync(action, viewer) is { } given) wrong.Add($"{action} with {viewer.Rights}: {given}");
            }

            if (OfNoAuthority.Contains(action.Name)) continue;
            if (await walk.GivesAsync(action, everything with { Id = "fremmed", Authorities = ["19438414"] }) is { } theirs)
                wrong.Add($"{action} of another authority: {theirs}");
            if (await walk.GivesAsync(action, everything with { Id = "ingen", Authorities = [] }) is { } nobodys)
                wrong.Add($"{action} of no authority: {nobodys}");
            foreach (var viewer in Without(action.Demands!, everything).Select(v => WithAllElsewhere(walk.Data, v.Rights)))
            {
                if (await walk.GivesAsync(action, viewer) is { } mixed)
                    wrong.Add($"{action} with the right at another authority, here {viewer.Grants[0].Rights}: {mixed}");
                if (IsNarrowed(action) && await walk.GivesAsync(action, WithAllOutside(walk.Data, viewer.Grants[0].Rights)) is { } outwith)
                    wrong.Add($"{action} with the right outside a limit, here {viewer.Grants[0].Rights}: {outwith}");
            }

            if (IsNarrowed(action) && await walk.GivesAsync(action, Limited(walk.Data)) is { } outside)
                wrong.Add($"{action} outside the limits: {outside}");
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong:\n{string.Join('\n', wrong)}");
        await MeansSomethingAsync(walk, everything);
    }

    // With the right the same calls give or change something: otherwise the walk above would prove nothing. What takes data away is last.
    private static async Task MeansSomethingAsync(ActionWalk walk, Viewer everything)
    {
        var idle = new List<string>();
        foreach (var action in walk.Actions.Where(a => !ReadByOthers.Contains(a.Name))
            .OrderBy(a => Array.FindIndex(TakesAway, word => a.Method.Name.StartsWith(word, StringComparison.Ordinal))))
        {
            var given = await walk.GivesAsync(action, everything);
            if (given is null || given.StartsWith("threw", StringComparison.Ordinal)) idle.Add($"{action.Name}: {given}");
        }

        var unforeseen = idle.Where(i => !NothingThere.Contains(i.Split(':')[0])).ToList();
        Assert.True(unforeseen.Count == 0, string.Join('\n', unforeseen));
        Assert.Equal(NothingThere.Length, idle.Count);
    }

    // Limits narrow what letters and messages tell, and take away what cannot be narrowed; chains and benefits are the authority's.
    private static bool IsNarrowed(ServiceAction action) => !OutsideLimits.Contains(action.Name)
        && action.Demands!.Rights != ViewerRights.None
        && (action.Demands.Rights & (ViewerRights.Chains | ViewerRights.EditChains | ViewerRights.SteerBenefits)) == 0;

    private static Viewer Limited(AuthorityData data) => Viewer.Of(
        "lise", "Lise", [new Grant(data.Cvr, AuthorityData.AllRights, TypeScope.Everything, AuthorityData.Elsewhere)]);

    // A ticket of two authorities: here less, all of it elsewhere. What belongs to this authority goes by the rights here.
    private static Viewer WithAllElsewhere(AuthorityData data, ViewerRights here) => Viewer.Of(
        "mie", "Mie",
        [
            new Grant(data.Cvr, here, TypeScope.Everything, AccessLimits.None),
            new Grant("19438414", AuthorityData.AllRights, TypeScope.Everything, AccessLimits.None),
        ]);

    // The same of two roles at one authority: here less, all of it within a limit that nothing is within.
    private static Viewer WithAllOutside(AuthorityData data, ViewerRights here) => Viewer.Of(
        "mie", "Mie",
        [
            new Grant(data.Cvr, here, TypeScope.Everything, AccessLimits.None),
            new Grant(data.Cvr, AuthorityData.AllRights, TypeScope.Everything, AuthorityData.Elsewhere),
        ]);

    // All rights but one of those that are demanded; of alternatives, both are missing.
    private static IEnumerable<Viewer> Without(DemandsAttribute demands, Viewer everything) => Enum.GetValues<ViewerRights>()
        .Where(right => right != ViewerRights.None && demands.Rights.HasFlag(right))
        .Select(right => everything with { Rights = everything.Rights & ~right & ~demands.Or });
}
