using CsCheck;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Xunit;

namespace Portal.Tests.Features.Chains;

/// <summary>Whatever editors do on any node, all of them end with the stored document.</summary>
public sealed class ConvergenceTests
{
    private const int Runs = 25;

    [Fact]
    public async Task Any_interleaving_on_two_nodes_converges_to_what_is_stored_over_reconnects_and_restarts() =>
        await ChainGen.Act.Array[1, 25].SampleAsync(
            async acts =>
            {
                await using var fixture = await ChainFixture.OpenAsync();
                var id = await fixture.MakeAsync(ChainGen.Chain("b0:problem>b1", "b1:future", "b2:benefit"));
                var nodes = new[] { await fixture.SessionAsync(id), await fixture.SessionAsync(id) };
                var editors = new[] { "anna", "bo", "carl" }.Select(ChainFixture.Editor).ToArray();
                foreach (var (n, back, operation) in acts)
                {
                    // Anna and Carl are on one node, Bo on the other; the nodes learn of each other's operations only through the log.
                    await ActAsync(nodes[n % 2], editors[n], back, operation);
                }

                foreach (var node in nodes) await node.CatchUpAsync(default);
                var reopened = await fixture.SessionAsync(id);
                Assert.Equal(nodes[0].State.Document, nodes[1].State.Document);
                Assert.Equal(nodes[0].State.Document, reopened.State.Document);
                Assert.Equal(nodes[0].State.Number, reopened.State.Number);

                // A page that was disconnected can read on from any number.
                var all = await nodes[0].ReadAfterAsync(0, default);
                Assert.Equal(Enumerable.Range(1, all.Count).Select(n => (long)n), all.Select(o => o.Number));
                foreach (var seen in Enumerable.Range(0, all.Count + 1))
                {
                    var then = all.Take(seen).Aggregate(ChainState.Start, ChainApply.Apply);
                    var now = (await nodes[1].ReadAfterAsync(seen, default)).Aggregate(then, ChainApply.Apply);
                    Assert.Equal(reopened.State.Document, now.Document);
                }
            },
            iter: Runs, threads: 1);

    [Fact]
    public async Task Editors_at_the_same_time_each_get_a_number_of_their_own_and_hear_of_all_in_order()
    {
        await using var fixture = await ChainFixture.OpenAsync();
        var id = await fixture.MakeAsync();
        var nodes = new[] { await fixture.SessionAsync(id), await fixture.SessionAsync(id) };
        var heard = new List<long>();
        using var connection = nodes[0].Join(ChainFixture.Editor("tavlen"), notice =>
        {
            if (notice is ChainChanged changed) heard.Add(changed.Number);
        });
        await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(() => nodes[n % 2]
            .ApplyAsync(ChainFixture.Editor($"e{n % 5}"), ChainOperation.Add($"b{n}", ChainKind.Note), default))));
        foreach (var node in nodes) await node.CatchUpAsync(default);
        Assert.Equal(40, nodes[0].State.Document.Present.Count());
        Assert.Equal(nodes[0].State.Document, nodes[1].State.Document);
        Assert.Equal(Enumerable.Range(2, 40).Select(n => (long)n), heard);
    }

    [Fact]
    public async Task A_chain_is_opened_from_its_snapshots_as_from_all_its_operations()
    {
        await using var fixture = await ChainFixture.OpenAsync();
        var id = await fixture.MakeAsync();
        var session = await fixture.SessionAsync(id);
        for (var n = 0; n < 450; n++)
        {
            await session.ApplyAsync(
                ChainFixture.Editor("anna"), ChainOperation.Add($"b{n}", ChainKind.Note, (ElementProperty.Text, $"tekst {n}")), default);
        }
        await session.ApplyAsync(
            ChainFixture.Editor("anna"), ChainOperation.Of(new SetVoting(3), new CastVote("b1", true), new SetSilent(true)), default);
        await using (var db = fixture.CreateDbContext()) Assert.NotEmpty(db.ChainSnapshots);
        var reopened = await fixture.SessionAsync(id);
        var all = (await session.ReadAfterAsync(0, default)).Aggregate(ChainState.Start, ChainApply.Apply);
        Assert.Equal(all.Document, reopened.State.Document);
        Assert.Equal(1, reopened.State.Workshop.VotesFor("b1"));
        Assert.True(reopened.State.Workshop.Silent);

        // Undo reaches at least 200 steps back after a restart.
        for (var n = 0; n < 200; n++)
            Assert.Equal(ChainOutcome.Applied, (await reopened.UndoAsync(ChainFixture.Editor("anna"), default)).Outcome);
        Assert.Equal(250, reopened.State.Document.Present.Count());
    }

    private static Task<ChainResult> ActAsync(ChainSession session, ChainEditor editor, int back, ChainOperation operation) => back switch
    {
        -1 => session.UndoAsync(editor, default),
        -2 => session.RedoAsync(editor, default),
        _ => session.ApplyAsync(editor, operation, default),
    };
}
