using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Outline;
using Portal.Features.Chains.Workshop;
using Portal.Platform.Ui;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.Chains.Pages;

/// <summary>Typed text is kept until it is stored, and the page says »gemt« only of stored text.</summary>
public sealed class UnsavedTextTests
{
    private static readonly ChainEditor Poul = ChainEditor.Guest("ABCD2345", "Poul", "p1");

    private static IRenderedComponent<ChainBoard> Board(ChainPageFixture fixture, ChainSession session) =>
        fixture.Render<ChainBoard>(p => p.Add(b => b.Session, session).Add(b => b.Editor, fixture.Editor));

    private static string State(IRenderedComponent<ChainBoard> board) => board.Find("[data-testid=save-state] .save-known").TextContent;

    private static Task<ChainResult> DoAsync(ChainSession session, ChainEditor editor, params ChainChange[] changes) =>
        session.ApplyAsync(editor, ChainOperation.Of(changes), default);

    private static async Task<ChainSession> WorkshopAsync(ChainPageFixture fixture)
    {
        var session = await fixture.ChainAsync();
        await DoAsync(session, fixture.Editor, new OpenWorkshop("ABCD2345"));
        return session;
    }

    [Fact]
    public async Task A_draft_of_the_browser_is_offered_and_stored_with_one_click()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var board = Board(fixture, session);
        Assert.Equal("gemt", State(board));
        await board.InvokeAsync(() => board.Instance.OnDraft("p1", ElementProperty.Text, 9, "halv sætn", null));
        Assert.Equal("ikke alt er gemt", State(board));
        await board.Find("[data-testid=kept-save]").ClickAsync(new());
        Assert.Equal(("gemt", "halv sætn"), (State(board), session.State.Document.Find("p1")!.Text));
    }

    [Fact]
    public async Task A_draft_without_its_number_says_that_numbers_are_not_kept_in_the_browser()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var board = Board(fixture, await fixture.ChainAsync());
        await board.InvokeAsync(() => board.Instance.OnDraft("p1", ElementProperty.Text, 20, $"Borger {CprLike.Mask} klager", null));
        Assert.Contains("ligner CPR-numre", board.Find("[data-testid=kept]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_that_is_longer_than_the_field_is_shown_and_cannot_be_stored_as_it_is()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var board = Board(fixture, session);
        await board.InvokeAsync(() => board.Instance.OnDraft("p1", ElementProperty.Text, 250_000, new string('x', 200_000), null));
        var kept = board.Find("[data-testid=kept]");
        Assert.Contains("20.000 tegn", kept.TextContent, StringComparison.Ordinal);
        Assert.Equal(200_000, kept.QuerySelector("blockquote")!.TextContent.Length);
        Assert.Empty(board.FindAll("[data-testid=kept-save]"));
        Assert.Equal("Tvister om post", session.State.Document.Find("p1")!.Text);
    }

    [Fact]
    public async Task A_box_that_someone_deletes_under_the_writer_comes_back_with_what_was_written()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        using var model = new ChainBoardModel(session, fixture.Editor, _ => { });
        model.Edit("p1");
        await DoAsync(session, Poul with { GuestCode = null, Authority = ChainFixture.Own }, new DeleteElement("p1"));
        model.Refresh();
        Assert.Null(model.Editing);
        // The failed save and the browser's draft are the same text and are offered once.
        Assert.False(await model.SaveAsync("p1", ElementProperty.Text, "Tvister om post", "Tvister om digital post"));
        model.Offer("p1", ElementProperty.Text, "Tvister om digital post", 23);
        var kept = Assert.Single(model.Unsaved);
        Assert.Equal(UnsavedReason.BoxDeleted, kept.Because);
        Assert.True(await model.TryAgainAsync(kept));
        Assert.Equal("Tvister om digital post", session.State.Document.Find("p1")!.Text);
        Assert.Empty(model.Unsaved);
        Assert.True(await model.UndoAsync());
        Assert.False(session.State.Document.IsPresent("p1"));
    }

    [Fact]
    public async Task A_chain_that_is_deleted_under_the_writer_says_so_keeps_the_text_and_stores_it_when_it_is_back()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var board = Board(fixture, session);
        await board.Find("[data-testid=outline-toggle]").ClickAsync(new());
        await board.Find(".outline-open").ClickAsync(new());
        Assert.True(await fixture.Fixture.Store.DeleteAsync(fixture.Viewer, session.ChainId, default));
        await board.Find("#felt-p1-text").ChangeAsync(new() { Value = "Skrevet bagefter" });

        Assert.Contains("slettet", State(board), StringComparison.Ordinal);
        Assert.Contains("papirkurven", board.Find("[data-testid=chain-gone]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Skrevet bagefter", board.Find("[data-testid=kept] blockquote").TextContent, StringComparison.Ordinal);
        Assert.Empty(board.FindAll("[data-testid=kept-save]"));
        Assert.Empty(board.FindAll("[data-testid=add-element]"));

        await fixture.Fixture.Store.RestoreAsync(fixture.Viewer, session.ChainId, default);
        await fixture.Node.RefreshAsync(default);
        board.WaitForElement("[data-testid=kept-save]").Click();
        board.WaitForAssertion(() => Assert.Equal("gemt", State(board)));
        Assert.Equal("Skrevet bagefter", session.State.Document.Find("p1")!.Text);
    }

    [Fact]
    public async Task Who_only_reads_is_not_told_that_something_is_stored()
    {
        await using var fixture = await ChainPageFixture.OpenAsync(Portal.Platform.Access.PortalRoles.Manager);
        var made = await fixture.Fixture.MakeAsync(ChainGen.Chain("b0:note"));
        Assert.Equal("kun læsning", State(Board(fixture, await fixture.Fixture.SessionAsync(made, fixture.Node))));
    }

    [Fact]
    public async Task A_field_with_too_long_a_text_stays_says_so_and_is_left_alone_until_it_is_shorter()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var board = Board(fixture, session);
        await board.FindComponent<ChainSurface>().InvokeAsync(() => board.FindComponent<ChainSurface>().Instance.OnEdit("p1"));
        var id = board.Find("textarea.in-place").Id!;
        await board.InvokeAsync(() => board.Instance.OnOver(id, 25_123));
        await board.Find("textarea.in-place").BlurAsync(new());
        Assert.Contains(
            "25.123 tegn, og der er plads til 20.000", board.Find("[data-testid=too-long]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Tvister om post", session.State.Document.Find("p1")!.Text);

        await board.InvokeAsync(() => board.Instance.OnOver(id, 0));
        Assert.Empty(board.FindAll("[data-testid=too-long]"));
        await board.InvokeAsync(() => board.Instance.OnLong(id, new string('y', 20_000), null));
        await board.Find("textarea.in-place").BlurAsync(new());
        Assert.Equal(20_000, session.State.Document.Find("p1")!.Text.Length);
        Assert.Empty(board.FindAll("textarea.in-place"));
    }

    [Fact]
    public async Task A_list_that_is_pasted_on_the_canvas_becomes_boxes_in_one_step_and_a_document_becomes_none()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var board = Board(fixture, session);
        await board.ChooseAsync("add-kind", ChainKind.Benefit);
        await board.InvokeAsync(
            () => board.Instance.OnPaste("en\r\n\u2028to\v tre \n\n" + string.Join('\n', Enumerable.Range(4, 9)), null));
        Assert.Contains("12 bokse", board.Find("[data-testid=pasted]").TextContent, StringComparison.Ordinal);
        var made = session.State.Document.Present.Where(b => b.Kind == ChainKind.Benefit).ToList();
        Assert.Equal(["en", "to", "tre", .. Enumerable.Range(4, 9).Select(n => $"{n}")],
            ChainOrder.Read(session.State.Document).Where(b => b.Kind == ChainKind.Benefit).Select(b => b.Text));
        Assert.DoesNotContain(made, a => made.Exists(b => a != b && ChainView.RectOf(a).Overlaps(ChainView.RectOf(b))));
        await board.Find("[data-testid=undo]").ClickAsync(new());
        Assert.Single(session.State.Document.Present);

        await board.InvokeAsync(() => board.Instance.OnPaste(string.Join('\n', Enumerable.Range(0, 1000)), null));
        Assert.Contains("1.000 linjer", board.Find("[data-testid=pasted]").TextContent, StringComparison.Ordinal);
        Assert.Single(session.State.Document.Present);
    }

    [Fact]
    public async Task What_a_guest_deletes_the_facilitator_brings_back_with_links_votes_and_numbers_also_when_the_guest_has_left()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await WorkshopAsync(fixture);
        await DoAsync(
            session, fixture.Editor, new AddElement("f1", ChainKind.Future, ChainGen.Values((ElementProperty.Text, "Bevis ligger klar"))),
            new Connect("p1", "f1"), new SetValue("p1", ElementProperty.VolumeLikely, "900"), new SetVoting(3));
        await DoAsync(session, Poul, new CastVote("p1", true), new CastVote("p1", true));
        var board = Board(fixture, session);
        var connection = session.Join(Poul, _ => { });
        await DoAsync(session, Poul, new DeleteElement("p1"));
        connection.Dispose();

        var notice = board.WaitForElement("[data-testid=deleted-by-other]");
        Assert.Contains("Poul (gæst) har slettet »Tvister om post«", notice.TextContent, StringComparison.Ordinal);
        board.WaitForAssertion(
            () => Assert.Equal("Poul (gæst) har slettet »Tvister om post«", board.Find("[data-testid=announcements]").TextContent));
        await board.Find("[data-testid=undo-deletion]").ClickAsync(new());
        Assert.Empty(board.FindAll("[data-testid=deleted-by-other]"));
        Assert.Equal((2, 900d, 1), (session.State.Workshop.VotesFor("p1"), session.State.Document.Find("p1")!.Volume!.Likely,
            session.State.Document.PresentLinks.Count()));
    }

    [Fact]
    public async Task A_guest_and_who_deleted_it_are_not_asked_to_undo_what_others_deleted()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await WorkshopAsync(fixture);
        using var poul = new ChainBoardModel(session, Poul, _ => { });
        using var freja = new ChainBoardModel(session, fixture.Editor, _ => { });
        ChainChanged? change = null;
        using var connection = session.Join(fixture.Editor, notice => change = notice as ChainChanged ?? change);
        await freja.DeleteAsync("p1");
        poul.Refresh();
        poul.Note(change!);
        freja.Note(change!);
        Assert.Empty(poul.DeletedByOthers);
        Assert.Empty(freja.DeletedByOthers);

        // Once somebody else has restored it, undo is no longer offered.
        using var mette = new ChainBoardModel(session, ChainFixture.Editor("mette"), _ => { });
        mette.Note(change!);
        Assert.Single(mette.DeletedByOthers);
        await freja.UndoAsync();
        mette.Refresh();
        Assert.Empty(mette.DeletedByOthers);
    }

    [Fact]
    public async Task What_others_do_is_said_with_the_right_verb_and_the_right_box()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await WorkshopAsync(fixture);
        var notices = new List<ChainChanged>();
        using var connection = session.Join(fixture.Editor, notice => notices.AddRange(notice is ChainChanged changed ? [changed] : []));
        await DoAsync(session, Poul, new AddElement("f1", ChainKind.Future, ChainGen.Values((ElementProperty.Text, "Bevis"))));
        await DoAsync(session, Poul, new Connect("p1", "f1"));
        await DoAsync(session, Poul, new SetValue("f1", ElementProperty.X, "7"));
        await DoAsync(session, Poul, new SetValue("f1", ElementProperty.Owner, "PM"));
        await DoAsync(session, Poul, new DeleteElement("p1"));
        await DoAsync(session, fixture.Editor, new SetVoting(3));
        Assert.Equal(
            ["Poul (gæst) har tilføjet »Bevis«", "Poul (gæst) har ændret forbindelsen fra »Tvister om post« til »Bevis«",
                "Poul (gæst) har flyttet »Bevis«",
                "Poul (gæst) har ændret »Bevis«", "Poul (gæst) har slettet »Tvister om post«", ""],
            notices.Select(t => t.Number == notices[1].Number ? ChangeAnnouncement.Of(t, WithBoth(session),
                ChainFixture.Texts<CanvasTexts>(), ChainFixture.Texts<Portal.Features.Chains.Layout.LayoutTexts>()) : Said(t, session)));

        static string Said(ChainChanged change, ChainSession session) => ChangeAnnouncement.Of(change, session.State.Document,
            ChainFixture.Texts<CanvasTexts>(), ChainFixture.Texts<Portal.Features.Chains.Layout.LayoutTexts>());
        static ChainDocument WithBoth(ChainSession session) => ChainApply.Apply(session.State.Document, new RestoreElement("p1"));
    }

    [Fact]
    public async Task Deleting_in_the_list_asks_first()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        using var model = new ChainBoardModel(session, fixture.Editor, _ => { });
        var item = fixture.Render<OutlineItem>(p => p.Add(i => i.Model, model).Add(i => i.Box, model.Boxes[0]));
        await item.Find("[data-testid=outline-delete]").ClickAsync(new());
        Assert.True(session.State.Document.IsPresent("p1"));
        await item.Find("[data-testid=confirm]").ClickAsync(new());
        Assert.False(session.State.Document.IsPresent("p1"));
    }

    [Fact]
    public async Task Closing_the_workshop_says_how_many_write_and_lets_them_finish_first()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await WorkshopAsync(fixture);
        var access = fixture.Render<WorkshopAccess>(p => p.Add(d => d.Session, session).Add(d => d.Editor, fixture.Editor));
        // A guest's page that sends its unsaved text when it is asked to.
        ChainConnection? poul = null;
        poul = session.Join(Poul, notice =>
        {
            if (notice is FinishWriting) _ = FinishAsync();
        });
        poul.Write("p1");
        await access.Find("[data-testid=close-workshop]").ClickAsync(new());
        Assert.NotNull(session.State.Workshop.Code);
        Assert.Contains("1 gæst er med og skriver lige nu", access.Find("[data-testid=closing]").TextContent, StringComparison.Ordinal);

        var closing = access.Find("[data-testid=confirm]").ClickAsync(new());
        while (!closing.IsCompleted)
        {
            fixture.Fixture.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        Assert.Null(session.State.Workshop.Code);
        Assert.Equal("Pouls halve sætning", session.State.Document.Find("p1")!.Text);
        Assert.Empty(access.FindAll("[data-testid=left-behind]"));
        poul.Dispose();

        async Task FinishAsync()
        {
            await DoAsync(session, Poul, new SetValue("p1", ElementProperty.Text, "Pouls halve sætning"));
            poul!.Write(null);
        }
    }

    [Fact]
    public async Task A_guest_whose_page_does_not_answer_does_not_hold_the_workshop_open_and_it_is_reported()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await WorkshopAsync(fixture);
        var access = fixture.Render<WorkshopAccess>(p => p.Add(d => d.Session, session).Add(d => d.Editor, fixture.Editor));
        using var poul = session.Join(Poul, _ => { });
        poul.Write("p1");
        await access.Find("[data-testid=close-workshop]").ClickAsync(new());
        var closing = access.Find("[data-testid=confirm]").ClickAsync(new());
        while (!closing.IsCompleted)
        {
            fixture.Fixture.Time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }

        Assert.Null(session.State.Workshop.Code);
        Assert.Contains("1 gæst nåede ikke", access.Find("[data-testid=left-behind]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refresh_that_fails_is_retried_reported_and_never_unobserved()
    {
        var (call, looks, answer) = (new PageCall(), 0, new TaskCompletionSource());
        call.Make(
            () => ++looks > 0 ? throw new InvalidOperationException("broken") : Task.CompletedTask,
            NullLogger.Instance,
            failed: () =>
            {
                answer.SetResult();
                return Task.CompletedTask;
            });
        await answer.Task;
        Assert.Equal(2, looks);
    }
}
