using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Xunit;

namespace Portal.Tests.Features.Chains;

/// <summary>What a guest of a workshop may change, as its facilitator chooses.</summary>
public sealed class GuestTests
{
    private const string Code = "ABCD2345";
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);
    private static readonly ChainEditor Anna = ChainFixture.Editor("anna");
    private static readonly ChainEditor Gitte = ChainEditor.Guest(Code, "Gitte", "g1", Now.AddHours(12));
    private static readonly ChainEditor Hans = ChainEditor.Guest(Code, "Hans", "g2", Now.AddHours(12));

    private readonly FakeTimeProvider _time = new(Now);
    private readonly MemoryLog _log = new();

    [Fact]
    public async Task A_guest_never_renames_the_chain_or_its_department()
    {
        var session = await OpenAsync();
        foreach (var property in (string[])[ChainDocument.TitleProperty, ChainDocument.DepartmentProperty])
        {
            Assert.Equal(ChainOutcome.Refused, await DoAsync(session, Gitte, new SetChainValue(property, "Gittes")));
            Assert.Equal(ChainOutcome.Applied, await DoAsync(session, Anna, new SetChainValue(property, "Annas")));
        }

        // Nor by undoing what stood there.
        Assert.Equal("Annas", session.State.Document.Title);
    }

    [Fact]
    public async Task Guests_add_and_edit_as_the_facilitator_allows_and_vote_in_any_case()
    {
        var session = await OpenAsync();
        await DoAsync(session, Anna, new SetVoting(3));
        Assert.Equal(ChainOutcome.Applied, await DoAsync(session, Gitte, new SetValue("b0", ElementProperty.Text, "Gittes")));

        await DoAsync(session, Anna, new SetGuestsMay(GuestsMay.Add));
        Assert.Equal(ChainOutcome.Applied, await DoAsync(session, Gitte, Add("g0")));
        Assert.Equal(ChainOutcome.Applied, await DoAsync(session, Gitte, new SetValue("g0", ElementProperty.Text, "Min egen")));
        Assert.Equal(ChainOutcome.Applied, await DoAsync(session, Gitte, new Connect("g0", "b0")));
        foreach (var (who, change) in ((ChainEditor, ChainChange)[])
        [
            (Gitte, new SetValue("b0", ElementProperty.Text, "igen")), (Gitte, new SetValue("b0", ElementProperty.X, "7")),
            (Gitte, new DeleteElement("b0")), (Gitte, new Connect("b0", "b1")), (Hans, new SetValue("g0", ElementProperty.Text, "Hans")),
            (Hans, new DeleteElement("g0")), (Hans, Add("g0")), (Hans, new Disconnect("g0", "b0")),
        ])
        {
            Assert.Equal(ChainOutcome.Refused, await DoAsync(session, who, change));
        }

        Assert.Equal("Gittes", session.State.Document.Find("b0")!.Text);

        // What was done while everything was allowed is not undone afterwards.
        await DoAsync(session, Gitte, new Disconnect("g0", "b0"));
        while ((await session.UndoAsync(Gitte, default)).Outcome == ChainOutcome.Applied) { }
        Assert.Equal("Gittes", session.State.Document.Find("b0")!.Text);

        await DoAsync(session, Anna, new SetGuestsMay(GuestsMay.Look));
        Assert.Equal(ChainOutcome.Refused, await DoAsync(session, Gitte, Add("g1")));
        Assert.Equal(ChainOutcome.Refused, await DoAsync(session, Gitte, new SetValue("g0", ElementProperty.Text, "nej")));
        Assert.Equal(ChainOutcome.Applied, await DoAsync(session, Gitte, new CastVote("b0", true)));
        Assert.Equal(ChainOutcome.Refused, await DoAsync(session, Gitte, new SetGuestsMay(GuestsMay.Edit)));
    }

    [Fact]
    public async Task Another_node_that_reads_a_snapshot_knows_whose_boxes_the_guests_are()
    {
        await using var fixture = await ChainFixture.OpenAsync();
        var id = await fixture.MakeAsync(ChainGen.Chain("b0:benefit"));
        var session = await fixture.SessionAsync(id);
        await DoAsync(session, Anna, new OpenWorkshop(Code), new SetGuestsMay(GuestsMay.Add));
        var gitte = Gitte with { Until = null };
        await DoAsync(session, gitte, Add("g0"));
        for (var n = 0; n < 110; n++) await DoAsync(session, Anna, new SetValue("b0", ElementProperty.Text, $"{n}"));

        var reopened = await fixture.SessionAsync(id);
        Assert.Equal(GuestsMay.Add, reopened.State.Workshop.GuestsMay);
        Assert.Equal(ChainOutcome.Applied, await DoAsync(reopened, gitte, new SetValue("g0", ElementProperty.Text, "Min egen")));
        Assert.Equal(ChainOutcome.Refused, await DoAsync(reopened, gitte, new SetValue("b0", ElementProperty.Text, "nej")));
    }

    [Fact]
    public async Task A_pass_that_has_ended_changes_nothing_though_the_page_is_open()
    {
        var session = await OpenAsync();
        _time.Advance(TimeSpan.FromHours(12));
        Assert.Equal(ChainOutcome.Refused, await DoAsync(session, Gitte, Add("g0")));
    }

    [Fact]
    public async Task Votes_are_counted_by_person_in_however_many_windows_and_a_guest_is_marked_in_the_history()
    {
        var session = await OpenAsync();
        await DoAsync(session, Anna, new SetVoting(2));
        var second = Anna with { ClientId = "w2" };
        await DoAsync(session, Anna, new CastVote("b0", true));
        await DoAsync(session, second, new CastVote("b0", true), new CastVote("b0", true));
        Assert.Equal((2, 2), (session.State.Workshop.VotesFor("b0"), session.State.Workshop.VotesOf(Anna.Id)));

        await DoAsync(session, Gitte, new CastVote("b0", true));
        Assert.Equal("Gitte (gæst)", (await session.ReadAfterAsync(session.State.Number - 1, default)).Single().AuthorName);
    }

    private static AddElement Add(string id) => new(id, ChainKind.Note, ChainGen.Values((ElementProperty.Text, "Ny")));

    private static async Task<ChainOutcome> DoAsync(ChainSession session, ChainEditor editor, params ChainChange[] changes) =>
        (await session.ApplyAsync(editor, ChainOperation.Of(changes), default)).Outcome;

    private async Task<ChainSession> OpenAsync()
    {
        var session = new ChainSession("k", (await _log.ReadAsync("k", 0, default))!, _log, _time, NullLogger.Instance)
        {
            Authority = ChainFixture.Own,
        };
        await DoAsync(session, Anna, Add("b0"), Add("b1"), new OpenWorkshop(Code));
        return session;
    }
}
