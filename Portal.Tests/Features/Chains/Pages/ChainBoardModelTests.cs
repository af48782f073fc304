using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Outline;
using Xunit;

namespace Portal.Tests.Features.Chains.Pages;

public sealed class ChainBoardModelTests : IAsyncLifetime
{
    private ChainFixture _fixture = null!;
    private ChainBoardModel _model = null!;
    private ChainBoardModel _other = null!;

    public async ValueTask InitializeAsync()
    {
        _fixture = await ChainFixture.OpenAsync();
        var session = await _fixture.SessionAsync(await _fixture.MakeAsync());
        _model = new ChainBoardModel(session, ChainFixture.Editor("anna"), _ => _model?.Refresh());
        _other = new ChainBoardModel(session, ChainFixture.Editor("bo"), _ => _other?.Refresh());
        _model.Refresh();
    }

    public async ValueTask DisposeAsync()
    {
        _model.Dispose();
        _other.Dispose();
        await _fixture.DisposeAsync();
    }

    private async Task<string> AddAsync(ChainKind kind, string text = "")
    {
        var id = (await _model.AddAsync(kind))!;
        if (text.Length > 0) Assert.True(await _model.SaveAsync(id, ElementProperty.Text, "", text));
        return id;
    }

    [Fact]
    public async Task A_text_that_is_written_on_while_its_beginning_is_being_stored_is_stored_whole()
    {
        var (log, held) = (new MemoryLog(), new TaskCompletionSource());
        var session = new ChainSession("k", (await log.ReadAsync("k", 0, default))!, log, TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance) { Authority = ChainFixture.Own };
        using var model = new ChainBoardModel(session, ChainFixture.Editor("anna"), _ => { });
        var id = (await model.AddAsync(ChainKind.Problem))!;
        log.Held = held.Task;
        var first = model.SaveAsync(id, ElementProperty.Text, "", "Mange ringer");
        var shown = model.Latest(id, ElementProperty.Text);
        Assert.Equal("Mange ringer", shown);
        var second = model.SaveAsync(id, ElementProperty.Text, shown, shown + " hver dag");
        held.SetResult();
        Assert.True(await first && await second);
        Assert.Empty(model.Unsaved);
        Assert.Equal("Mange ringer hver dag", model.Latest(id, ElementProperty.Text));
    }

    [Fact]
    public void Each_new_id_may_be_used()
    {
        var ids = Enumerable.Range(0, 100_000).Select(_ => ChainRules.NewId()).ToList();
        Assert.All(ids, id => Assert.True(ChainRules.IsId(id), id));
        Assert.Distinct(ids);
    }

    [Fact]
    public async Task New_boxes_of_one_place_never_overlap()
    {
        for (var n = 0; n < 12; n++) await AddAsync(ChainKind.Benefit, $"Gevinst {n}");
        var rects = _model.Boxes.Select(ChainView.RectOf).ToList();
        Assert.Equal(12, rects.Count);
        Assert.DoesNotContain(rects, a => rects.Any(b => a != b && a.Overlaps(b)));
    }

    [Fact]
    public async Task With_two_boxes_chosen_a_link_is_made_at_once_and_with_one_it_waits_for_the_other()
    {
        var (a, b, c) = (await AddAsync(ChainKind.Problem), await AddAsync(ChainKind.Future), await AddAsync(ChainKind.Benefit));
        _model.Choose(a, b);
        await _model.ConnectAsync();
        Assert.True(_model.View.Document.Links.ContainsKey(new(a, b)));

        _model.Choose(b);
        await _model.ConnectAsync();
        Assert.Equal(b, _model.LinkingFrom);
        Assert.True(await _model.PointAsync(c));
        Assert.Null(_model.LinkingFrom);
        Assert.True(_model.View.Document.Links.ContainsKey(new(b, c)));
    }

    [Fact]
    public async Task A_text_that_someone_else_changed_meanwhile_is_shown_and_mine_is_kept_until_I_choose()
    {
        var id = await AddAsync(ChainKind.Purpose, "før");
        Assert.True(await _other.SaveAsync(id, ElementProperty.Text, "før", "Bos"));

        Assert.False(await _model.SaveAsync(id, ElementProperty.Text, "før", "Annas"));
        Assert.Equal("Bos", _model.Now(id, ElementProperty.Text));
        var kept = Assert.Single(_model.Unsaved);
        Assert.Equal((UnsavedReason.Overtaken, "Annas"), (kept.Because, kept.Text));

        Assert.True(await _model.TryAgainAsync(kept));
        Assert.Empty(_model.Unsaved);
        Assert.Equal("Annas", _other.Now(id, ElementProperty.Text));
    }

    [Fact]
    public async Task A_value_that_is_not_allowed_there_is_kept_and_changes_nothing()
    {
        var id = await AddAsync(ChainKind.Problem);
        Assert.False(await _model.SaveAsync(id, ElementProperty.VolumeLow, "", "mange"));
        Assert.Equal(UnsavedReason.Refused, Assert.Single(_model.Unsaved).Because);
        Assert.Equal("", _model.Now(id, ElementProperty.VolumeLow));
    }

    [Fact]
    public async Task What_was_typed_and_has_been_stored_meanwhile_is_not_offered_again()
    {
        var id = await AddAsync(ChainKind.Purpose, "står der");
        _model.KeepUnsaved(new UnsavedText(id, ElementProperty.Text, "står der", UnsavedReason.Lost));
        Assert.Empty(_model.Unsaved);
        _model.KeepUnsaved(new UnsavedText(id, ElementProperty.Text, "mere", UnsavedReason.Lost));
        Assert.Single(_model.Unsaved);
    }

    [Fact]
    public async Task Deleting_is_one_step_and_is_offered_back()
    {
        var ids = new[] { await AddAsync(ChainKind.Purpose), await AddAsync(ChainKind.Problem) };
        await _model.DeleteAsync(ids);
        Assert.Equal((0, 2), (_model.Boxes.Count, _model.JustDeleted));
        Assert.True(await _model.UndoAsync());
        Assert.Equal(2, _model.Boxes.Count);
    }

    [Fact]
    public async Task A_box_that_someone_else_deleted_is_no_longer_chosen()
    {
        var id = await AddAsync(ChainKind.Purpose);
        _model.Choose(id);
        await _other.DeleteAsync(id);
        Assert.Empty(_model.Chosen);
    }

    [Fact]
    public async Task The_others_see_who_writes_where()
    {
        var id = await AddAsync(ChainKind.Purpose);
        _other.Write(id);
        Assert.Equal("bo", _model.WriterOf(id));
        _other.Write(null);
        Assert.Null(_model.WriterOf(id));
    }

    [Fact]
    public async Task Moving_up_in_the_list_changes_the_order_and_puts_no_box_over_another()
    {
        var (a, b) = (await AddAsync(ChainKind.Benefit, "kort"),
            await AddAsync(ChainKind.Benefit, string.Join(' ', Enumerable.Repeat("lang gevinst", 20))));
        Assert.True(await _model.DoAsync(OutlineMoves.Shift(_model.View, b, up: true)!));
        Assert.Equal([b, a], _model.Boxes.Select(x => x.Id));
        Assert.False(ChainView.RectOf(_model.Boxes[0]).Overlaps(ChainView.RectOf(_model.Boxes[1])));
        Assert.Null(OutlineMoves.Shift(_model.View, b, up: true));
    }

    [Fact]
    public async Task A_box_in_words_says_kind_number_text_where_it_comes_from_and_where_it_leads()
    {
        var (a, b) = (await AddAsync(ChainKind.Problem, "Tvist om post"), await AddAsync(ChainKind.Future, "Bevis ligger klar"));
        await _model.LinkAsync(a, b);
        Assert.Contains("Leder til: Bevis ligger klar", Spoken(a), StringComparison.Ordinal);
        Assert.StartsWith("Situationen i fremtiden 1 af 1: Bevis ligger klar", Spoken(b), StringComparison.Ordinal);
        Assert.Contains("Kommer fra: Tvist om post", Spoken(b), StringComparison.Ordinal);
    }

    private string Spoken(string id) => BoxAccessibleName.Of(_model.View, _model.View.Document.Find(id)!, ChainFixture.Texts<CanvasTexts>(),
        ChainFixture.Texts<Portal.Features.Chains.Layout.LayoutTexts>());
}
