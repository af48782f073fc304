using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

public sealed class WorkDeskTests
{
    private static readonly Viewer Anna = LettersHouse.Caseworker();
    private static readonly Viewer Bent = LettersHouse.Caseworker(id: "bent", name: "Bent");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<LettersHouse> WithFailureAsync()
    {
        var house = await LettersHouse.OpenAsync();
        await house.RegisterAsync(LettersHouse.Letter());
        await house.StatusAsync(KnownHandlinger.Fejlet);
        return house;
    }

    private static async Task<FollowUpItem> RowAsync(LettersHouse house) => Assert.Single((await house.Desk.ReadAsync(Anna, new WorkQuery(), null, 100, Stop)).Items);

    private static async Task<WorkOutcome> ActAsync(LettersHouse house, Viewer who, WorkAct act, FollowUpItem row) =>
        (await house.Desk.ActAsync(who, act, [new WorkTarget(row.Id, row.Work.Revision)], Stop))[0];

    private static Task<long> CountAsync(LettersHouse house) => house.Cases.AttentionCountAsync(Anna, Stop);

    [Fact]
    public async Task A_row_is_taken_given_and_let_go_and_its_history_says_who_and_why()
    {
        await using var house = await WithFailureAsync();
        Assert.Equal(WorkOutcome.Done, await ActAsync(house, Anna, new WorkAct(WorkDeed.Assigned, "jeg kender sagen", "anna", "Anna"), await RowAsync(house)));
        var row = await RowAsync(house);
        Assert.Equal(("Anna", "anna", 1), (row.AssignedTo, row.Work.OwnerId, row.Work.Revision));
        Assert.Equal(1, await house.Desk.CountAsync(Anna, new WorkQuery(Owner: WorkOwner.Person, OwnerId: "anna"), Stop));
        Assert.Equal(0, await house.Desk.CountAsync(Anna, new WorkQuery(Owner: WorkOwner.Nobody), Stop));

        Assert.Equal(WorkOutcome.Done, await ActAsync(house, Bent, new WorkAct(WorkDeed.Released), row));
        Assert.Null((await RowAsync(house)).AssignedTo);
        var history = await house.Desk.HistoryAsync(Anna, row.Id, Stop);
        Assert.Equal([(WorkDeed.Released, "Bent", null), (WorkDeed.Assigned, "Anna", "jeg kender sagen")], history.Select(e => (e.Deed, e.By, e.Text)));
        Assert.Empty(await house.Desk.HistoryAsync(LettersHouse.Caseworker("12345678"), row.Id, Stop));
    }

    [Fact]
    public async Task A_solved_row_is_not_open_and_can_be_opened_again()
    {
        await using var house = await WithFailureAsync();
        var row = await RowAsync(house);
        await ActAsync(house, Anna, new WorkAct(WorkDeed.Solved, "afleveret i hånden"), row);
        Assert.Equal(0, await CountAsync(house));
        Assert.Empty(await house.WorkAsync());
        var ended = Assert.Single(await house.Desk.EndedAsync(Anna, 10, Stop));
        Assert.Equal((row.Id, true, "afleveret i hånden"), (ended.RowId, ended.ByHand, ended.Entry.Text));

        await house.Desk.ActAsync(Anna, new WorkAct(WorkDeed.Reopened), [new WorkTarget(row.Id, 1)], Stop);
        Assert.Equal(1, await CountAsync(house));
        Assert.Empty(await house.Desk.EndedAsync(Anna, 10, Stop));
    }

    [Fact]
    public async Task A_new_status_with_a_new_reason_opens_a_solved_row_and_one_without_does_not()
    {
        await using var house = await WithFailureAsync();
        var row = await RowAsync(house);
        await ActAsync(house, Anna, new WorkAct(WorkDeed.Solved), row);
        await house.StatusAsync(KnownHandlinger.Klar, 0.5);
        Assert.Equal(0, await CountAsync(house));

        await house.StatusAsync(KnownHandlinger.Fejlet, 3);
        Assert.Equal(1, await CountAsync(house));
        Assert.Equal(WorkDeed.OpenedByStatus, (await house.Desk.HistoryAsync(Anna, row.Id, Stop))[0].Deed);
    }

    [Fact]
    public async Task A_second_contradiction_opens_a_solved_row_though_the_reason_has_the_same_name()
    {
        await using var house = await LettersHouse.OpenAsync();
        await house.RegisterAsync(LettersHouse.Letter());
        await house.StatusAsync(KnownHandlinger.AfleveretDigitalPost, 1);
        await house.StatusAsync(KnownHandlinger.Fejlet, 2);
        await ActAsync(house, Anna, new WorkAct(WorkDeed.Solved), await RowAsync(house));
        await house.StatusAsync(KnownHandlinger.OpdateringPostDanmark, 5, codes: "1");
        Assert.Equal(1, await CountAsync(house));
    }

    [Fact]
    public async Task A_solved_row_is_no_work_in_its_case_and_in_the_search_either_until_it_has_a_new_reason()
    {
        await using var house = await WithFailureAsync();
        async Task<(int InSearch, bool InCase)> WorkAsync() =>
            ((await house.Cases.SearchAsync(Anna, "24-0117", null, 10, Stop)).Items.Single().NeedsAttention, (await house.FindAsync()).NeedsAttention);
        Assert.Equal((1, true), await WorkAsync());
        await ActAsync(house, Anna, new WorkAct(WorkDeed.Solved), await RowAsync(house));
        Assert.Equal((0, false), await WorkAsync());
        await house.StatusAsync(KnownHandlinger.OpdateringPostDanmark, 5, codes: "1");
        Assert.Equal((1, true), await WorkAsync());
    }

    [Fact]
    public async Task A_status_that_arrives_later_resolves_the_row_and_says_so()
    {
        await using var house = await WithFailureAsync();
        var row = await RowAsync(house);
        await house.StatusAsync(KnownHandlinger.AfleveretDigitalPost, 4);
        Assert.Equal(0, await CountAsync(house));
        var said = (await house.Desk.HistoryAsync(Anna, row.Id, Stop))[0];
        Assert.Equal((WorkDeed.ResolvedByStatus, "", "Afleveret Digital Post", "besked-2"), (said.Deed, said.By, said.Text, said.Other));
        Assert.False(Assert.Single(await house.Desk.EndedAsync(Anna, 10, Stop)).ByHand);
        Assert.Contains((await house.FindAsync()).Work, w => w.Deed == WorkDeed.ResolvedByStatus);
    }

    [Fact]
    public async Task A_solved_row_that_then_fails_anew_after_a_delivery_attempt_is_open()
    {
        await using var house = await WithFailureAsync();
        await ActAsync(house, Anna, new WorkAct(WorkDeed.Solved), await RowAsync(house));
        await house.StatusAsync(KnownHandlinger.ModtagetDigitalPost, 2);
        Assert.Equal(0, await CountAsync(house));
        house.Time.Advance(TimeSpan.FromHours(30));
        Assert.Equal(FollowUpReason.EvidenceMissing, (await RowAsync(house)).Reason);
    }

    [Fact]
    public async Task Who_acts_on_what_has_changed_is_told_and_no_note_is_lost()
    {
        await using var house = await WithFailureAsync();
        var seen = await RowAsync(house);
        Assert.Equal(WorkOutcome.Done, await ActAsync(house, Anna, new WorkAct(WorkDeed.Noted, "Annas"), seen));
        Assert.Equal(WorkOutcome.Overtaken, await ActAsync(house, Bent, new WorkAct(WorkDeed.Noted, "Bents"), seen));
        Assert.Equal(WorkOutcome.Overtaken, await ActAsync(house, Bent, new WorkAct(WorkDeed.Solved, "x"), seen));
        Assert.Equal(1, await CountAsync(house));
        Assert.Equal(["Bents", "Annas"], (await house.Desk.HistoryAsync(Anna, seen.Id, Stop)).Select(e => e.Text));
    }

    [Fact]
    public async Task Of_many_who_take_a_row_at_once_one_gets_it_and_all_notes_stand()
    {
        await using var house = await WithFailureAsync();
        var seen = await RowAsync(house);
        var takes = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => ActAsync(house, LettersHouse.Caseworker(id: $"p{n}", name: $"P{n}"), new WorkAct(WorkDeed.Assigned, null, $"p{n}", $"P{n}"), seen))));
        Assert.Single(takes, t => t == WorkOutcome.Done);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => ActAsync(house, Anna, new WorkAct(WorkDeed.Noted, $"note {n}"), seen))));
        Assert.Equal(8, (await house.Desk.HistoryAsync(Anna, seen.Id, Stop)).Count(e => e.Deed == WorkDeed.Noted));
    }

    [Fact]
    public async Task A_resend_links_the_letter_that_replaces_it_and_hears_when_that_one_has_arrived()
    {
        await using var house = await WithFailureAsync();
        await house.RegisterAsync(LettersHouse.Letter("brev-2", "bbbb") with { SentAt = new DateTimeOffset(2024, 3, 4, 9, 30, 0, TimeSpan.Zero) });
        var row = await RowAsync(house);
        Assert.Equal("brev-2", row.LikelyReplacement);
        Assert.True(Assert.Single(await house.Desk.LaterLettersAsync(Anna, row.Id, Stop)).SameRecipient);

        Assert.Equal(WorkOutcome.Done, await ActAsync(house, Anna, new WorkAct(WorkDeed.Resent, "ny adresse", LetterId: "brev-2"), row));
        Assert.Equal(0, await CountAsync(house));
        Assert.Equal("brev-2", (await house.FindAsync()).ReplacedBy!.LetterId);
        Assert.Equal("brev-1", Assert.Single((await house.FindAsync("brev-2")).Replaces).LetterId);

        await house.StatusAsync(KnownHandlinger.AfleveretDigitalPost, 3, "bbbb");
        Assert.Equal((WorkDeed.ReplacementArrived, "brev-2"), (await house.Desk.HistoryAsync(Anna, row.Id, Stop)).Select(e => (e.Deed, e.Other)).First());
    }

    [Fact]
    public async Task A_resend_without_its_letter_stays_on_the_list_and_says_that_it_waits()
    {
        await using var house = await WithFailureAsync();
        await ActAsync(house, Anna, new WorkAct(WorkDeed.Resent), await RowAsync(house));
        Assert.True((await RowAsync(house)).Work.AwaitsReplacement);
        Assert.Equal(WorkOutcome.Gone, await ActAsync(house, Anna, new WorkAct(WorkDeed.Resent, LetterId: "findes-ikke"), await RowAsync(house)));
    }

    [Fact]
    public async Task Age_counts_working_days_and_old_rows_can_be_asked_for()
    {
        await using var house = await WithFailureAsync(); // Monday 4 March
        house.Time.Advance(TimeSpan.FromDays(7));
        Assert.Equal(5, (await RowAsync(house)).WorkingDays);
        Assert.Equal(0, await house.Desk.CountAsync(Anna, new WorkQuery(Until: new DateTimeOffset(2024, 3, 4, 9, 0, 0, TimeSpan.Zero)), Stop));
        Assert.Equal(1, await house.Desk.CountAsync(Anna, new WorkQuery(Until: new DateTimeOffset(2024, 3, 4, 10, 0, 0, TimeSpan.Zero)), Stop));
    }

    [Fact]
    public async Task A_person_number_in_a_note_is_masked_and_another_authoritys_row_is_gone()
    {
        await using var house = await WithFailureAsync();
        var row = await RowAsync(house);
        await ActAsync(house, Anna, new WorkAct(WorkDeed.Called, "talte med 010101-1234"), row);
        Assert.Equal("talte med 010101-xxxx", (await RowAsync(house)).Work.Latest!.Text);
        Assert.Equal(WorkOutcome.Gone, await ActAsync(house, LettersHouse.Caseworker("12345678"), new WorkAct(WorkDeed.Noted, "x"), row));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => ActAsync(house, Viewer.Nobody, new WorkAct(WorkDeed.Noted, "x"), row));
    }
}
