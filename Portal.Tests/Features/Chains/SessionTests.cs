using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Layout;
using Portal.Ingestion.Domain;
using Xunit;

namespace Portal.Tests.Features.Chains;

public sealed class SessionTests
{
    private static readonly ChainEditor Anna = ChainFixture.Editor("anna"), Bo = ChainFixture.Editor("bo");

    [Fact]
    public async Task Nothing_is_seen_before_it_is_stored()
    {
        var log = new MemoryLog();
        var session = new ChainSession("k", (await log.ReadAsync("k", 0, default))!, log, TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance) { Authority = ChainFixture.Own };
        var heard = 0;
        using var connection = session.Join(Bo, notice => heard += notice is ChainChanged ? 1 : 0);
        log.Fails = true;
        await Assert.ThrowsAsync<StorageUnavailableException>(
            () => session.ApplyAsync(Anna, ChainOperation.Add("b0", ChainKind.Note), default));
        Assert.Equal((0, 0, 0L), (heard, session.State.Document.Elements.Count, session.State.Number));
        log.Fails = false;
        await session.ApplyAsync(Anna, ChainOperation.Add("b0", ChainKind.Note), default);
        Assert.Equal((1, 1L), (heard, session.State.Number));
    }

    [Fact]
    public async Task A_text_of_any_length_and_script_is_kept_as_it_is_and_what_no_document_can_hold_is_left_out()
    {
        await using var fixture = await ChainFixture.OpenAsync();
        var id = await fixture.MakeAsync();
        var session = await fixture.SessionAsync(id);
        var text = string.Concat(Enumerable.Repeat("🎉 <script>alert('x')</script> مرحبا ", 270));
        await session.ApplyAsync(Anna, ChainOperation.Add("b0", ChainKind.Problem, (ElementProperty.Text, text)), default);
        await session.ApplyAsync(Anna, ChainOperation.Add("b1", ChainKind.Problem, (ElementProperty.Text, "a\0b\r\nc\ud800d")), default);
        Assert.True(text.Length > 9_000);
        var reopened = await fixture.SessionAsync(id);
        Assert.Equal(text, reopened.State.Document.Find("b0")!.Text);
        Assert.Equal("ab\nc\ufffdd", reopened.State.Document.Find("b1")!.Text);
        Assert.Equal(new ChainResult(ChainOutcome.Refused, null, "b0.text"), await session.ApplyAsync(
            Anna, ChainOperation.Set("b0", ElementProperty.Text, new string('x', ChainRules.MaxText + 1)), default));
        Assert.Equal("b0.x", (await session.ApplyAsync(Anna, ChainOperation.Set("b0", ElementProperty.X, "NaN"), default)).Field);
    }

    [Fact]
    public async Task A_thousand_boxes_and_a_circle_of_links_are_one_step_and_come_back_as_one()
    {
        await using var fixture = await ChainFixture.OpenAsync();
        var id = await fixture.MakeAsync();
        var session = await fixture.SessionAsync(id);
        var boxes = Enumerable.Range(0, 1000)
            .Select(n => (ChainChange)new AddElement($"b{n}", (ChainKind)(n % 11), ChainGen.Values((ElementProperty.Text, $"nr. {n}"))));
        var links = Enumerable.Range(0, 1000).Select(n => (ChainChange)new Connect($"b{n}", $"b{(n + 1) % 1000}"));
        await session.ApplyAsync(Anna, new ChainOperation([.. boxes, .. links]), default);
        await session.ApplyAsync(Anna, ChainLayout.Tidy(session.State.Document), default);
        var reopened = await fixture.SessionAsync(id);
        Assert.Equal(session.State.Document, reopened.State.Document);
        Assert.Equal(1000, reopened.State.Document.PresentLinks.Count());
        await reopened.UndoAsync(Anna, default);
        await reopened.UndoAsync(Anna, default);
        Assert.Empty(reopened.State.Document.Present);
    }

    [Fact]
    public async Task Silent_writing_withholds_others_texts_until_it_ends()
    {
        await using var fixture = await ChainFixture.OpenAsync();
        var id = await fixture.MakeAsync(ChainGen.Chain("b0:problem:kendt"));
        var session = await fixture.SessionAsync(id);
        await session.ApplyAsync(Anna, ChainOperation.Of(new SetSilent(true)), default);
        await session.ApplyAsync(
            Anna, ChainOperation.Add("b1", ChainKind.Problem, (ElementProperty.Text, "hemmeligt"), (ElementProperty.Owner, "PM")), default);
        Assert.Equal("hemmeligt", session.DocumentFor(Anna).Find("b1")!.Text);
        foreach (var document in new[] { session.DocumentFor(Bo), (await fixture.Store.ReadAsync(ChainFixture.Facilitator(), id, default))!,
            (await fixture.SessionAsync(id)).DocumentFor(Bo) })
        {
            Assert.Equal("kendt", document.Find("b0")!.Text);
            Assert.Equal(("", null, true), (document.Find("b1")!.Text, document.Find("b1")!.Owner, document.Find("b1")!.Withheld));
        }

        Assert.Equal(
            ChainOutcome.Refused, (await session.ApplyAsync(Bo, ChainOperation.Set("b1", ElementProperty.Text, "Bos"), default)).Outcome);
        Assert.Equal(ChainOutcome.Applied,
            (await session.ApplyAsync(Bo, ChainOperation.Set("b1", ElementProperty.Consequence, "Bos"), default)).Outcome);
        var notices = new List<ChainNotice>();
        using var connection = session.Join(Bo, notices.Add);
        await session.ApplyAsync(Anna, ChainOperation.Of(new SetSilent(false)), default);
        Assert.Equal("hemmeligt", session.DocumentFor(Bo).Find("b1")!.Text);
        Assert.Contains("b1", notices.OfType<ChainChanged>().Single().Touched);
    }

    [Fact]
    public async Task Who_only_reads_changes_nothing_and_a_guest_only_while_the_workshop_is_open()
    {
        await using var fixture = await ChainFixture.OpenAsync();
        var id = await fixture.MakeAsync(ChainGen.Chain("b0:benefit"));
        var node = fixture.Node();
        var session = await fixture.SessionAsync(id, node);
        var reader = ChainEditor.Of(ChainFixture.Manager, ChainFixture.Own);
        Assert.Equal(
            ChainOutcome.Refused, (await session.ApplyAsync(reader, ChainOperation.Set("b0", ElementProperty.Text, "x"), default)).Outcome);
        Assert.Equal(ChainOutcome.Refused, (await session.UndoAsync(reader, default)).Outcome);

        var code = await fixture.Codes.MakeAsync(ChainFixture.Facilitator(), id, default);
        Assert.Null(await node.OpenForGuestAsync(code, default));
        await session.ApplyAsync(Anna, ChainOperation.Of(new OpenWorkshop(code)), default);
        Assert.Same(session, await node.OpenForGuestAsync(code.ToLowerInvariant(), default));
        await fixture.Store.DeleteAsync(ChainFixture.Facilitator(), id, default);
        Assert.Null(await node.OpenForGuestAsync(code, default));
        await fixture.Store.RestoreAsync(ChainFixture.Facilitator(), id, default);
        Assert.Same(session, await node.OpenForGuestAsync(code, default));
        var guest = ChainEditor.Guest(code, "Gitte", "1");
        Assert.Equal(ChainOutcome.Applied,
            (await session.ApplyAsync(guest, ChainOperation.Set("b0", ElementProperty.Text, "Gittes"), default)).Outcome);
        Assert.Equal(ChainOutcome.Refused,
            (await session.ApplyAsync(guest, ChainOperation.Of(new SetTimer(DateTimeOffset.UnixEpoch)), default)).Outcome);

        // Closed on another node: the guest can no longer edit here either.
        var other = await fixture.SessionAsync(id);
        await other.ApplyAsync(Anna, ChainOperation.Of(new CloseWorkshop()), default);
        await fixture.Codes.CloseAsync(ChainFixture.Facilitator(), id, default);
        Assert.Equal(ChainOutcome.Refused,
            (await session.ApplyAsync(guest, ChainOperation.Set("b0", ElementProperty.Text, "igen"), default)).Outcome);
        Assert.Null(await node.OpenForGuestAsync(code, default));
        Assert.Equal("Gittes", session.State.Document.Find("b0")!.Text);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => fixture.Codes.MakeAsync(ChainFixture.Manager, id, default));
    }

    [Fact]
    public async Task Votes_are_counted_for_each_and_no_more_than_were_given()
    {
        var log = new MemoryLog();
        var session = new ChainSession("k", (await log.ReadAsync("k", 0, default))!, log, TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance) { Authority = ChainFixture.Own };
        await session.ApplyAsync(Anna, ChainOperation.Add("b0", ChainKind.Benefit), default);
        Assert.Equal(ChainOutcome.Unchanged, (await session.ApplyAsync(Bo, ChainOperation.Of(new CastVote("b0", true)), default)).Outcome);
        await session.ApplyAsync(Anna, ChainOperation.Of(new SetVoting(2)), default);
        await session.ApplyAsync(
            Bo, ChainOperation.Of(new CastVote("b0", true), new CastVote("b0", true), new CastVote("b0", true)), default);
        await session.ApplyAsync(Anna, ChainOperation.Of(new CastVote("b0", true), new SetDone(true)), default);
        Assert.Equal((3, 2), (session.State.Workshop.VotesFor("b0"), session.State.Workshop.VotesOf(Bo.Id)));
        await session.ApplyAsync(Bo, ChainOperation.Of(new CastVote("b0", false)), default);
        Assert.Equal((2, 1), (session.State.Workshop.VotesFor("b0"), session.State.Workshop.Done.Count));
    }

    [Fact]
    public async Task Presence_says_who_is_here_and_which_box_each_is_writing_in()
    {
        var (log, count) = (new MemoryLog(), 0);
        var session = new ChainSession("k", (await log.ReadAsync("k", 0, default))!, log, TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance) { Authority = ChainFixture.Own };
        using var anna = session.Join(Anna, notice => count += notice is PresenceChanged ? 1 : 0);
        using (var bo = session.Join(Bo, _ => throw new InvalidOperationException("a page that fails")))
        {
            bo.Write("b7");
            Assert.Equal([new(Anna.Key, "anna", "anna", null), new(Bo.Key, "bo", "bo", "b7")], session.Present);
        }

        Assert.Equal([new(Anna.Key, "anna", "anna", null)], session.Present);
        Assert.Equal(4, count);
    }

    [Fact]
    public async Task Ghosts_come_at_most_every_50_ms_and_the_last_place_always()
    {
        var (log, time, seen) = (new MemoryLog(), new Microsoft.Extensions.Time.Testing.FakeTimeProvider(), new List<double>());
        var session = new ChainSession(
            "k", (await log.ReadAsync("k", 0, default))!, log, time, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        using var anna = session.Join(Anna, _ => { });
        using var bo = session.Join(
            Bo, notice => seen.AddRange(notice is GhostsMoved { Ghosts: [var ghost] } ? [ghost.X] : notice is GhostsMoved ? [-1] : []));
        for (var x = 1; x <= 5; x++) anna.Drag([new("b0", x, 0)]);
        Assert.Equal([1], seen);
        time.Advance(ChainConnection.GhostFloor);
        Assert.Equal([1, 5], seen);
        anna.Drag([new("b0", 6, 0)]);
        anna.Drag([]);
        Assert.Equal([1, 5, -1], seen);
    }

    [Fact]
    public async Task A_watching_page_hears_of_another_node_and_an_unused_session_is_let_go()
    {
        await using var fixture = await ChainFixture.OpenAsync();
        var id = await fixture.MakeAsync();
        var node = fixture.Node();
        var (session, heard) = (await fixture.SessionAsync(id, node), new List<string>());
        var connection = session.Join(Anna, notice => heard.AddRange(notice is ChainChanged changed ? changed.Touched : []));
        await (await fixture.SessionAsync(id)).ApplyAsync(Bo, ChainOperation.Add("b0", ChainKind.Note), default);
        await node.RefreshAsync(default);
        Assert.Equal(["b0"], heard);
        connection.Dispose();
        fixture.Time.Advance(TimeSpan.FromMinutes(11));
        await node.RefreshAsync(default);
        Assert.NotSame(session, await fixture.SessionAsync(id, node));
    }
}
