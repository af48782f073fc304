using CsCheck;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Storage;
using Xunit;

namespace Portal.Tests.Features.Chains;

public sealed class UndoTests
{
    private static readonly ChainEditor Anna = ChainFixture.Editor("anna"), Bo = ChainFixture.Editor("bo");

    // The rules need no database: with a log in memory many more histories can be tried.
    private static async Task<ChainSession> OpenAsync(MemoryLog log) =>
        new("k", (await log.ReadAsync("k", 0, default))!, log, TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance) { Authority = ChainFixture.Own };

    private static async Task<ChainSession> WithAsync(params string[] boxes)
    {
        var session = await OpenAsync(new MemoryLog());
        await session.ApplyAsync(
            ChainFixture.Editor("ingen"), new ChainOperation(ChainDifference.Changes(ChainDocument.Empty, ChainGen.Chain(boxes))), default);
        return session;
    }

    [Fact]
    public async Task Undoing_all_then_redoing_all_gives_the_document_as_before_whatever_others_did_between() =>
        await ChainGen.Act.Array[1, 40].SampleAsync(
            async acts =>
            {
                var session = await WithAsync("b0:problem>b1", "b1:future", "b2:benefit");
                foreach (var (n, back, operation) in acts)
                {
                    var editor = ChainFixture.Editor($"e{n}");
                    await (back switch { -1 => session.UndoAsync(editor, default), -2 => session.RedoAsync(editor, default), _ =>
                        session.ApplyAsync(editor, operation, default) });
                }

                foreach (var editor in new[] { ChainFixture.Editor("e0"), ChainFixture.Editor("e1") })
                {
                    while (session.CanRedo(editor)) await session.RedoAsync(editor, default);
                    var before = session.State.Document;
                    while (session.CanUndo(editor)) await session.UndoAsync(editor, default);
                    while (session.CanRedo(editor)) await session.RedoAsync(editor, default);
                    Assert.Equal(before, session.State.Document);
                }
            },
            iter: 500);

    [Fact]
    public async Task After_a_restart_one_can_undo_and_redo_what_one_could_before() =>
        await ChainGen.Act.Array[1, 30].SampleAsync(
            async acts =>
            {
                var log = new MemoryLog();
                var session = await OpenAsync(log);
                foreach (var (n, back, operation) in acts)
                {
                    var editor = ChainFixture.Editor($"e{n}");
                    await (back switch { -1 => session.UndoAsync(editor, default), -2 => session.RedoAsync(editor, default), _ =>
                        session.ApplyAsync(editor, operation, default) });
                }

                var reopened = await OpenAsync(log);
                foreach (var editor in Enumerable.Range(0, 3).Select(n => ChainFixture.Editor($"e{n}")))
                {
                    while (session.CanUndo(editor)) await session.UndoAsync(editor, default);
                    await reopened.CatchUpAsync(default);
                    Assert.Equal(session.State.Document, reopened.State.Document);
                    while (reopened.CanRedo(editor)) await reopened.RedoAsync(editor, default);
                    await session.CatchUpAsync(default);
                    Assert.Equal(session.State.Document, reopened.State.Document);
                }
            },
            iter: 300);

    [Fact]
    public async Task A_drag_of_many_boxes_is_one_step()
    {
        var session = await WithAsync("b0:problem", "b1:future");
        var before = session.State.Document;
        await session.ApplyAsync(Anna, ChainOperation.Move([("b0", 100, 50.5), ("b1", 300, 50)]), default);
        Assert.Equal((100, 50.5), (session.State.Document.Find("b0")!.X, session.State.Document.Find("b0")!.Y));
        Assert.Equal(ChainOutcome.Applied, (await session.UndoAsync(Anna, default)).Outcome);
        Assert.Equal(before, session.State.Document);
        Assert.False(session.CanUndo(Anna));
    }

    [Fact]
    public async Task What_another_has_since_changed_stays_theirs_and_the_rest_is_undone()
    {
        var session = await WithAsync("b0:problem:før");
        await session.ApplyAsync(Anna, ChainOperation.Of(
            new SetValue("b0", ElementProperty.Text, "Annas"), new SetValue("b0", ElementProperty.Owner, "Annas")), default);
        await session.ApplyAsync(Bo, ChainOperation.Set("b0", ElementProperty.Text, "Bos"), default);
        Assert.Equal(ChainOutcome.Applied, (await session.UndoAsync(Anna, default)).Outcome);
        Assert.Equal(("Bos", null), (session.State.Document.Find("b0")!.Text, session.State.Document.Find("b0")!.Owner));
    }

    [Fact]
    public async Task A_step_with_no_remaining_effect_is_skipped()
    {
        var session = await WithAsync("b0:problem:før", "b1:note:før");
        await session.ApplyAsync(Anna, ChainOperation.Set("b1", ElementProperty.Text, "Annas note"), default);
        await session.ApplyAsync(Anna, ChainOperation.Set("b0", ElementProperty.Text, "Annas"), default);
        await session.ApplyAsync(Bo, ChainOperation.Set("b0", ElementProperty.Text, "Bos"), default);
        Assert.Equal(ChainOutcome.Applied, (await session.UndoAsync(Anna, default)).Outcome);
        Assert.Equal(("Bos", "før"), (session.State.Document.Find("b0")!.Text, session.State.Document.Find("b1")!.Text));
    }

    [Fact]
    public async Task Undoing_a_box_that_another_has_written_in_or_linked_leaves_it()
    {
        var session = await WithAsync("b9:note");
        await session.ApplyAsync(Anna, ChainOperation.Add("b0", ChainKind.Problem, (ElementProperty.Text, "Annas")), default);
        await session.ApplyAsync(Bo, ChainOperation.Set("b0", ElementProperty.Consequence, "Bos"), default);
        await session.ApplyAsync(Anna, ChainOperation.Add("b1", ChainKind.Problem), default);
        await session.ApplyAsync(Bo, ChainOperation.Of(new Connect("b1", "b9")), default);
        Assert.Equal(ChainOutcome.Superseded, (await session.UndoAsync(Anna, default)).Outcome);
        Assert.True(session.State.Document.IsPresent("b0"));
        Assert.True(session.State.Document.IsPresent("b1"));
        Assert.Equal(ChainOutcome.Unchanged, (await session.UndoAsync(Anna, default)).Outcome);
    }

    [Fact]
    public async Task Two_deleting_and_editing_the_same_box_lose_nothing()
    {
        var session = await WithAsync("b0:problem:før>b1", "b1:future");
        await session.ApplyAsync(Anna, ChainOperation.Of(new DeleteElement("b0")), default);
        Assert.Equal(ChainOutcome.Unchanged, (await session.ApplyAsync(Bo, ChainOperation.Of(new DeleteElement("b0")), default)).Outcome);
        Assert.Equal(ChainOutcome.Applied,
            (await session.ApplyAsync(Bo, ChainOperation.Set("b0", ElementProperty.Text, "Bos sætning"), default)).Outcome);
        Assert.Null(session.State.Document.Find("b0"));
        Assert.Empty(session.State.Document.PresentLinks);
        await session.UndoAsync(Anna, default);
        Assert.Equal("Bos sætning", session.State.Document.Find("b0")!.Text);
        Assert.Single(session.State.Document.PresentLinks);
    }

    [Fact]
    public async Task Votes_and_timer_are_never_undone()
    {
        var session = await WithAsync("b0:benefit");
        await session.ApplyAsync(Anna, ChainOperation.Set("b0", ElementProperty.Owner, "PM"), default);
        await session.ApplyAsync(
            Anna, ChainOperation.Of(new SetTimer(DateTimeOffset.UnixEpoch), new SetVoting(2), new CastVote("b0", true)), default);
        await session.UndoAsync(Anna, default);
        Assert.Null(session.State.Document.Find("b0")!.Owner);
        Assert.Equal(1, session.State.Workshop.VotesFor("b0"));
        Assert.NotNull(session.State.Workshop.TimerEndsAt);
        Assert.True(session.CanRedo(Anna));
    }

    [Fact]
    public async Task The_same_person_in_two_windows_undoes_each_windows_own_steps()
    {
        var session = await WithAsync("b0:note");
        var (left, right) = (Anna with { ClientId = "venstre" }, Anna with { ClientId = "højre" });
        await session.ApplyAsync(left, ChainOperation.Add("v", ChainKind.Note), default);
        await session.ApplyAsync(right, ChainOperation.Add("h", ChainKind.Note), default);
        await session.UndoAsync(left, default);
        Assert.Equal(["b0", "h"], ChainOrder.Read(session.State.Document).Select(e => e.Id));
    }
}

/// <summary>A chain log in memory with the rules of the one in the database.</summary>
internal sealed class MemoryLog : IChainLog
{
    private readonly List<StoredOperation> _operations = [];

    public bool Fails { get; set; }

    /// <summary>What an append waits for.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    public Task<ChainReading?> ReadAsync(string chainId, int undoReach, CancellationToken cancellationToken) =>
        Task.FromResult<ChainReading?>(new ChainReading(ChainState.Start, [.. _operations]));

    public Task<IReadOnlyDictionary<string, ChainState>> ReadManyAsync(
        IReadOnlyCollection<string> chainIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, ChainState>>(
            chainIds.ToDictionary(id => id, _ => _operations.Aggregate(ChainState.Start, ChainApply.Apply)));

    public Task<IReadOnlySet<string>> PresentAsync(IReadOnlyCollection<string> chainIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<string>>(chainIds.ToHashSet());

    public Task<IReadOnlyList<StoredOperation>> ReadAfterAsync(string chainId, long number, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredOperation>>([.. _operations.Where(o => o.Number > number)]);

    public async Task<AppendOutcome> AppendAsync(
        string chainId, StoredOperation operation, ChainDocument after, CancellationToken cancellationToken)
    {
        await Held;
        if (Fails) throw new Portal.Ingestion.Domain.StorageUnavailableException("Disken er fuld.", new IOException());
        if (operation.Number != _operations.Count + 1) return AppendOutcome.NumberTaken;
        _operations.Add(operation);
        return AppendOutcome.Appended;
    }

    public Task SaveSnapshotAsync(string chainId, ChainState state, CancellationToken cancellationToken) => Task.CompletedTask;
}
