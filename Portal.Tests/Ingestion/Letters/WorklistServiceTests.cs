using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

public sealed class WorklistServiceTests
{
    private static readonly Viewer Anna = LettersFixture.Caseworker();
    private static readonly Viewer Bent = LettersFixture.Caseworker(id: "bent", name: "Bent");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<LettersFixture> WithFailureAsync()
    {
        var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.StatusAsync(KnownHandlinger.Fejlet);
        return fixture;
    }

    private static async Task<FollowUpItem> RowAsync(LettersFixture fixture) =>
        Assert.Single((await fixture.Worklist.ReadAsync(Anna, new WorkQuery(), null, 100, Stop)).Items);

    private static async Task<WorkOutcome> ActAsync(LettersFixture fixture, Viewer who, WorkAction action, FollowUpItem row) =>
        (await fixture.Worklist.ActAsync(who, action, [new WorkTarget(row.Id, row.Work.Revision)], Stop))[0];

    private static Task<long> CountAsync(LettersFixture fixture) => fixture.Cases.AttentionCountAsync(Anna, Stop);

    [Fact]
    public async Task A_row_is_taken_given_and_let_go_and_its_history_says_who_and_why()
    {
        await using var fixture = await WithFailureAsync();
        Assert.Equal(WorkOutcome.Done, await ActAsync(
            fixture, Anna, new WorkAction(WorkActionKind.Assigned, "jeg kender sagen", "anna", "Anna"), await RowAsync(fixture)));
        var row = await RowAsync(fixture);
        Assert.Equal(("Anna", "anna", 1), (row.AssignedTo, row.Work.OwnerId, row.Work.Revision));
        Assert.Equal(1, await fixture.Worklist.CountAsync(Anna, new WorkQuery(Owner: WorkOwner.Person, OwnerId: "anna"), Stop));
        Assert.Equal(0, await fixture.Worklist.CountAsync(Anna, new WorkQuery(Owner: WorkOwner.Nobody), Stop));

        Assert.Equal(WorkOutcome.Done, await ActAsync(fixture, Bent, new WorkAction(WorkActionKind.Released), row));
        Assert.Null((await RowAsync(fixture)).AssignedTo);
        var history = await fixture.Worklist.HistoryAsync(Anna, row.Id, Stop);
        Assert.Equal([(WorkActionKind.Released, "Bent", null), (WorkActionKind.Assigned, "Anna", "jeg kender sagen")],
            history.Select(e => (e.Kind, e.By, e.Text)));
        Assert.Empty(await fixture.Worklist.HistoryAsync(LettersFixture.Caseworker("12345678"), row.Id, Stop));
    }

    [Fact]
    public async Task A_solved_row_is_not_open_and_can_be_opened_again()
    {
        await using var fixture = await WithFailureAsync();
        var row = await RowAsync(fixture);
        await ActAsync(fixture, Anna, new WorkAction(WorkActionKind.Solved, "afleveret i hånden"), row);
        Assert.Equal(0, await CountAsync(fixture));
        Assert.Empty(await fixture.WorkAsync());
        var ended = Assert.Single(await fixture.Worklist.EndedAsync(Anna, 10, Stop));
        Assert.Equal((row.Id, true, "afleveret i hånden"), (ended.RowId, ended.ByHand, ended.Entry.Text));

        await fixture.Worklist.ActAsync(Anna, new WorkAction(WorkActionKind.Reopened), [new WorkTarget(row.Id, 1)], Stop);
        Assert.Equal(1, await CountAsync(fixture));
        Assert.Empty(await fixture.Worklist.EndedAsync(Anna, 10, Stop));
    }

    [Fact]
    public async Task What_one_ended_oneself_is_first_and_not_crowded_out_by_what_ended_by_itself()
    {
        await using var fixture = await WithFailureAsync();
        var row = await RowAsync(fixture);
        await ActAsync(fixture, Anna, new WorkAction(WorkActionKind.Solved, "afleveret i hånden"), row);
        string[] others = ["b", "c", "d"];
        foreach (var id in others)
        {
            await fixture.RegisterAsync(LettersFixture.Letter(id, id));
            await fixture.StatusAsync(KnownHandlinger.Fejlet, 1, id);
            await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, 2, id);
        }

        Assert.Equal([(true, "brev-1"), (false, "d"), (false, "c")],
            (await fixture.Worklist.EndedAsync(Anna, 2, Stop)).Select(e => (e.IsMine, e.LetterId)));
        Assert.Equal([false, false], (await fixture.Worklist.EndedAsync(Bent, 2, Stop)).Select(e => e.IsMine));
    }

    [Fact]
    public async Task A_new_status_with_a_new_reason_opens_a_solved_row_and_one_without_does_not()
    {
        await using var fixture = await WithFailureAsync();
        var row = await RowAsync(fixture);
        await ActAsync(fixture, Anna, new WorkAction(WorkActionKind.Solved), row);
        await fixture.StatusAsync(KnownHandlinger.Klar, 0.5);
        Assert.Equal(0, await CountAsync(fixture));

        await fixture.StatusAsync(KnownHandlinger.Fejlet, 3);
        Assert.Equal(1, await CountAsync(fixture));
        Assert.Equal(WorkActionKind.OpenedByStatus, (await fixture.Worklist.HistoryAsync(Anna, row.Id, Stop))[0].Kind);
    }

    [Fact]
    public async Task A_second_contradiction_opens_a_solved_row_though_the_reason_has_the_same_name()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, 1);
        await fixture.StatusAsync(KnownHandlinger.Fejlet, 2);
        await ActAsync(fixture, Anna, new WorkAction(WorkActionKind.Solved), await RowAsync(fixture));
        await fixture.StatusAsync(KnownHandlinger.OpdateringPostDanmark, 5, codes: "1");
        Assert.Equal(1, await CountAsync(fixture));
    }

    [Fact]
    public async Task A_solved_row_is_no_work_in_its_case_and_in_the_search_either_until_it_has_a_new_reason()
    {
        await using var fixture = await WithFailureAsync();
        async Task<(int InSearch, bool InCase)> WorkAsync() =>
            ((await fixture.Cases.SearchAsync(Anna, "24-0117", null, 10, Stop)).Items.Single().NeedsAttention,
                (await fixture.FindAsync()).NeedsAttention);
        Assert.Equal((1, true), await WorkAsync());
        await ActAsync(fixture, Anna, new WorkAction(WorkActionKind.Solved), await RowAsync(fixture));
        Assert.Equal((0, false), await WorkAsync());
        await fixture.StatusAsync(KnownHandlinger.OpdateringPostDanmark, 5, codes: "1");
        Assert.Equal((1, true), await WorkAsync());
    }

    [Fact]
    public async Task A_status_that_arrives_later_resolves_the_row_and_says_so()
    {
        await using var fixture = await WithFailureAsync();
        var row = await RowAsync(fixture);
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, 4);
        Assert.Equal(0, await CountAsync(fixture));
        var entry = (await fixture.Worklist.HistoryAsync(Anna, row.Id, Stop))[0];
        Assert.Equal(
            (WorkActionKind.ResolvedByStatus, "", "Afleveret Digital Post", "besked-2"), (entry.Kind, entry.By, entry.Text, entry.Other));
        Assert.False(Assert.Single(await fixture.Worklist.EndedAsync(Anna, 10, Stop)).ByHand);
        Assert.Contains((await fixture.FindAsync()).Work, w => w.Kind == WorkActionKind.ResolvedByStatus);
    }

    [Fact]
    public async Task A_solved_row_that_then_fails_again_after_a_delivery_attempt_is_open()
    {
        await using var fixture = await WithFailureAsync();
        await ActAsync(fixture, Anna, new WorkAction(WorkActionKind.Solved), await RowAsync(fixture));
        await fixture.StatusAsync(KnownHandlinger.ModtagetDigitalPost, 2);
        Assert.Equal(0, await CountAsync(fixture));
        fixture.Time.Advance(TimeSpan.FromHours(30));
        Assert.Equal(FollowUpReason.EvidenceMissing, (await RowAsync(fixture)).Reason);
    }

    [Fact]
    public async Task Who_acts_on_what_has_changed_is_told_and_no_note_is_lost()
    {
        await using var fixture = await WithFailureAsync();
        var seen = await RowAsync(fixture);
        Assert.Equal(WorkOutcome.Done, await ActAsync(fixture, Anna, new WorkAction(WorkActionKind.Noted, "Annas"), seen));
        Assert.Equal(WorkOutcome.Overtaken, await ActAsync(fixture, Bent, new WorkAction(WorkActionKind.Noted, "Bents"), seen));
        Assert.Equal(WorkOutcome.Overtaken, await ActAsync(fixture, Bent, new WorkAction(WorkActionKind.Solved, "x"), seen));
        Assert.Equal(1, await CountAsync(fixture));
        Assert.Equal(["Bents", "Annas"], (await fixture.Worklist.HistoryAsync(Anna, seen.Id, Stop)).Select(e => e.Text));
    }

    [Fact]
    public async Task Of_many_who_take_a_row_at_once_one_gets_it_and_all_notes_are_kept()
    {
        await using var fixture = await WithFailureAsync();
        var seen = await RowAsync(fixture);
        var takes = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => ActAsync(fixture, LettersFixture.Caseworker(
            id: $"p{n}", name: $"P{n}"), new WorkAction(WorkActionKind.Assigned, null, $"p{n}", $"P{n}"), seen))));
        Assert.Single(takes, t => t == WorkOutcome.Done);
        await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(n => Task.Run(() => ActAsync(fixture, Anna, new WorkAction(WorkActionKind.Noted, $"note {n}"), seen))));
        Assert.Equal(8, (await fixture.Worklist.HistoryAsync(Anna, seen.Id, Stop)).Count(e => e.Kind == WorkActionKind.Noted));
    }

    [Fact]
    public async Task A_resend_links_the_letter_that_replaces_it_and_hears_when_that_one_has_arrived()
    {
        await using var fixture = await WithFailureAsync();
        await fixture.RegisterAsync(
            LettersFixture.Letter("brev-2", "bbbb") with { SentAt = new DateTimeOffset(2024, 3, 4, 9, 30, 0, TimeSpan.Zero) });
        var row = await RowAsync(fixture);
        Assert.Equal("brev-2", row.LikelyReplacement);
        Assert.True(Assert.Single(await fixture.Worklist.LaterLettersAsync(Anna, row.Id, Stop)).SameRecipient);

        Assert.Equal(
            WorkOutcome.Done, await ActAsync(fixture, Anna, new WorkAction(WorkActionKind.Resent, "ny adresse", LetterId: "brev-2"), row));
        Assert.Equal(0, await CountAsync(fixture));
        Assert.Equal("brev-2", (await fixture.FindAsync()).ReplacedBy!.LetterId);
        Assert.Equal("brev-1", Assert.Single((await fixture.FindAsync("brev-2")).Replaces).LetterId);

        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, 3, "bbbb");
        Assert.Equal((WorkActionKind.ReplacementArrived, "brev-2"),
            (await fixture.Worklist.HistoryAsync(Anna, row.Id, Stop)).Select(e => (e.Kind, e.Other)).First());
    }

    [Fact]
    public async Task A_resend_without_its_letter_stays_on_the_list_and_says_that_it_waits()
    {
        await using var fixture = await WithFailureAsync();
        await ActAsync(fixture, Anna, new WorkAction(WorkActionKind.Resent), await RowAsync(fixture));
        Assert.True((await RowAsync(fixture)).Work.AwaitsReplacement);
        Assert.Equal(WorkOutcome.Gone,
            await ActAsync(fixture, Anna, new WorkAction(WorkActionKind.Resent, LetterId: "findes-ikke"), await RowAsync(fixture)));
    }

    [Fact]
    public async Task Age_counts_working_days_and_old_rows_can_be_asked_for()
    {
        await using var fixture = await WithFailureAsync(); // Monday 4 March
        fixture.Time.Advance(TimeSpan.FromDays(7));
        Assert.Equal(5, (await RowAsync(fixture)).WorkingDays);
        Assert.Equal(
            0, await fixture.Worklist.CountAsync(Anna, new WorkQuery(Until: new DateTimeOffset(2024, 3, 4, 9, 0, 0, TimeSpan.Zero)), Stop));
        Assert.Equal(1,
            await fixture.Worklist.CountAsync(Anna, new WorkQuery(Until: new DateTimeOffset(2024, 3, 4, 10, 0, 0, TimeSpan.Zero)), Stop));
    }

    [Fact]
    public async Task A_person_number_in_a_note_is_masked_and_another_authoritys_row_is_gone()
    {
        await using var fixture = await WithFailureAsync();
        var row = await RowAsync(fixture);
        await ActAsync(fixture, Anna, new WorkAction(WorkActionKind.Called, "talte med 010101-1234"), row);
        Assert.Equal("talte med 010101-xxxx", (await RowAsync(fixture)).Work.Latest!.Text);
        Assert.Equal(WorkOutcome.Gone,
            await ActAsync(fixture, LettersFixture.Caseworker("12345678"), new WorkAction(WorkActionKind.Noted, "x"), row));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(
            () => ActAsync(fixture, Viewer.Nobody, new WorkAction(WorkActionKind.Noted, "x"), row));
    }
}
