using Microsoft.EntityFrameworkCore;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Ingestion.Domain;
using Portal.Tests.Features.Chains;
using Xunit;

namespace Portal.Tests.Platform.Access.Rights;

/// <summary>
/// What an open canvas can do: every kind of change, and undo and redo, tried by each who may not, on a session that is open already.
/// Nothing is stored, in no table. The same changes by whoever may are stored, one by one.
/// </summary>
public sealed class ChainEditRightsTests
{
    private const string Foreign = "19438414";
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    // One of every kind of change; each changes something when its turn comes.
    private static readonly ChainChange[] EveryChange =
    [
        new AddElement("ny", ChainKind.Note, ChainGen.Values((ElementProperty.Text, "Ny"))), new SetValue("b0", ElementProperty.Text, "x"),
        new Connect("b0", "b1"), new SetLinkValue("b0", "b1", ChainLink.AssumptionProperty, "tro"), new Disconnect("b0", "b1"),
        new SetChainValue(ChainDocument.TitleProperty, "Andres"), new DeleteElement("b1"), new RestoreElement("b1"),
        new SetVoting(2), new CastVote("b0", true), new ClearVotes(), new SetDone(true), new ClearDone(),
        new SetSilent(true), new SetSilent(false), new RevealPlaces([ChainKind.Benefit, ChainKind.Note]), new RevealPlaces(null),
        new SetTimer(Now.AddMinutes(5)), new ShowQuestion(1), new Gather(1, 2, 1), new SetGuestsMay(GuestsMay.Look),
        new CloseWorkshop(), new OpenWorkshop("ZZZZ2345"),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Viewer Mixed { get; } = Viewer.Of("mie", "Mie",
    [
        new Grant(Foreign, AuthorityData.AllRights, TypeScope.Everything, AccessLimits.None),
        new Grant(ChainFixture.Own, ViewerRights.Chains | ViewerRights.SteerBenefits, TypeScope.None, AccessLimits.None),
    ]);

    [Fact]
    public void Every_kind_of_change_is_tried() => Assert.Equal(
        typeof(ChainChange).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ChainChange)) && !t.IsAbstract)
            .Select(t => t.Name).Order(),
        EveryChange.Select(c => c.GetType().Name).Distinct().Order());

    [Fact]
    public void Every_way_to_change_a_chain_is_tried() => Assert.Equal(
        ["ApplyAsync", "RedoAsync", "UndoAsync"],
        typeof(ChainSession).GetMethods().Where(m => m.ReturnType == typeof(Task<ChainResult>)).Select(m => m.Name).Distinct().Order());

    [Fact]
    public async Task Who_may_not_edit_the_chain_changes_nothing_in_a_session_that_is_open()
    {
        await using var fixture = await ChainFixture.OpenAsync();
        var (chain, other) = (await OpenAsync(fixture), await OpenAsync(fixture));
        var gone = await OpenAsync(fixture);
        Assert.True(await fixture.Store.DeleteAsync(ChainFixture.Facilitator(), gone.ChainId, Stop));
        var (code, ofOther) = (chain.State.Workshop.Code!, other.State.Workshop.Code!);
        var closed = await OpenAsync(fixture);
        var ofClosed = closed.State.Workshop.Code!;
        await closed.ApplyAsync(Facilitator("anna"), ChainOperation.Of(new CloseWorkshop()), Stop);
        foreach (var viewer in (Viewer[])[ChainFixture.Facilitator(Foreign), Viewer.Nobody])
            Assert.Null(await fixture.Node().OpenAsync(viewer, chain.ChainId, Stop));
        Assert.Null(await fixture.Node().OpenForGuestAsync(ofClosed, Stop));

        var later = Now.AddHours(12);
        (string Who, ChainSession Session, ChainEditor Editor)[] intruders =
        [
            ("a facilitator of another authority", chain, ChainEditor.Of(ChainFixture.Facilitator(Foreign), Foreign)),
            ("the same, naming this authority", chain, ChainEditor.Of(ChainFixture.Facilitator(Foreign), ChainFixture.Own)),
            ("a manager", chain, ChainEditor.Of(ChainFixture.Manager, ChainFixture.Own)),
            ("a manager here who is facilitator elsewhere", chain, ChainEditor.Of(Mixed, ChainFixture.Own)),
            ("the same, with the rights of elsewhere", chain, ChainEditor.Of(Mixed, Foreign)),
            ("nobody", chain, ChainEditor.Of(Viewer.Nobody, ChainFixture.Own)),
            ("a guest of another chain", chain, ChainEditor.Guest(ofOther, "Gitte", "g1", later)),
            ("a guest with a guessed code", chain, ChainEditor.Guest("AAAA2222", "Gitte", "g1", later)),
            ("a guest whose pass has ended", chain, ChainEditor.Guest(code, "Gitte", "g1", Now)),
            ("a guest of a workshop that is closed", closed, ChainEditor.Guest(ofClosed, "Gitte", "g1", later)),
            ("a facilitator, in the trash", gone, Facilitator("bo")),
        ];
        var before = await DumpAsync(fixture);
        var wrong = new List<string>();
        foreach (var (who, session, editor) in intruders)
        {
            foreach (var (what, attempt) in Attempts(session, editor))
            {
                var outcome = (await attempt()).Outcome;
                var changed = (await DumpAsync(fixture)).Changes(before);
                if (outcome is ChainOutcome.Applied || changed.Count > 0)
                    wrong.Add($"{who}: {what} was {outcome}, changed {string.Join(", ", changed)}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        // With the right each of the changes is one: otherwise the above would prove nothing.
        foreach (var change in EveryChange)
        {
            var seen = await DumpAsync(fixture);
            var result = await chain.ApplyAsync(Facilitator("anna"), ChainOperation.Of(change), Stop);
            Assert.Equal((change, ChainOutcome.Applied), (change, result.Outcome));
            Assert.NotEmpty((await DumpAsync(fixture)).Changes(seen));
        }

        Assert.Equal(ChainOutcome.Applied, (await chain.UndoAsync(Facilitator("anna"), Stop)).Outcome);
        Assert.Equal(ChainOutcome.Applied, (await chain.RedoAsync(Facilitator("anna"), Stop)).Outcome);
    }

    private static IEnumerable<(string What, Func<Task<ChainResult>> Attempt)> Attempts(ChainSession session, ChainEditor editor)
    {
        foreach (var change in EveryChange)
        {
            yield return (change.ToString(), () => session.ApplyAsync(editor, ChainOperation.Of(change), Stop));
            yield return ($"{change} at", () => session.ApplyAsync(editor, ChainOperation.Of(change), session.State.Number, Stop));
        }

        yield return ("undo", () => session.UndoAsync(editor, Stop));
        yield return ("redo", () => session.RedoAsync(editor, Stop));
    }

    private static ChainEditor Facilitator(string name) => ChainFixture.Editor(name);

    // A chain with two boxes and an open workshop, to which the intruders' names have done something that they might undo or redo.
    private static async Task<ChainSession> OpenAsync(ChainFixture fixture)
    {
        var id = await fixture.MakeAsync(ChainGen.Chain("b0:benefit", "b1:benefit"));
        var session = await fixture.SessionAsync(id);
        var code = await fixture.Codes.MakeAsync(ChainFixture.Facilitator(), id, Stop);
        await session.ApplyAsync(Facilitator("anna"), ChainOperation.Of(new OpenWorkshop(code)), Stop);
        var guest = ChainEditor.Guest(code, "Gitte", "g1");
        foreach (var text in (string[])["Gittes", "Gittes igen"])
            await session.ApplyAsync(guest, ChainOperation.Set("b1", ElementProperty.Text, text), Stop);
        await session.UndoAsync(guest, Stop);
        return session;
    }

    private static async Task<DatabaseDump> DumpAsync(ChainFixture fixture)
    {
        await using var db = fixture.CreateDbContext();
        return await DatabaseDump.ReadAsync(db.Database.GetConnectionString()!, Stop);
    }
}
