using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Outline;
using Xunit;

namespace Portal.Tests.Features.Chains.Pages;

public sealed class ChainDeskTests : IAsyncLifetime
{
    private ChainHouse _house = null!;
    private ChainDesk _desk = null!;
    private ChainDesk _other = null!;

    public async ValueTask InitializeAsync()
    {
        _house = await ChainHouse.OpenAsync();
        var session = await _house.SessionAsync(await _house.MakeAsync());
        _desk = new ChainDesk(session, ChainHouse.Editor("anna"), _ => _desk?.Look());
        _other = new ChainDesk(session, ChainHouse.Editor("bo"), _ => _other?.Look());
        _desk.Look();
    }

    public async ValueTask DisposeAsync()
    {
        _desk.Dispose();
        _other.Dispose();
        await _house.DisposeAsync();
    }

    private async Task<string> AddAsync(ChainKind kind, string text = "")
    {
        var id = (await _desk.AddAsync(kind))!;
        if (text.Length > 0) Assert.True(await _desk.SaveAsync(id, ElementProperty.Text, "", text));
        return id;
    }

    [Fact]
    public async Task New_boxes_of_one_place_never_stand_over_each_other()
    {
        for (var n = 0; n < 12; n++) await AddAsync(ChainKind.Benefit, $"Gevinst {n}");
        var rects = _desk.Boxes.Select(ChainView.RectOf).ToList();
        Assert.Equal(12, rects.Count);
        Assert.DoesNotContain(rects, a => rects.Any(b => a != b && a.Overlaps(b)));
    }

    [Fact]
    public async Task With_two_boxes_chosen_a_link_is_made_at_once_and_with_one_it_waits_for_the_other()
    {
        var (a, b, c) = (await AddAsync(ChainKind.Problem), await AddAsync(ChainKind.Future), await AddAsync(ChainKind.Benefit));
        _desk.Choose(a, b);
        await _desk.ConnectAsync();
        Assert.True(_desk.View.Document.Links.ContainsKey(new(a, b)));

        _desk.Choose(b);
        await _desk.ConnectAsync();
        Assert.Equal(b, _desk.LinkingFrom);
        Assert.True(await _desk.PointAsync(c));
        Assert.Null(_desk.LinkingFrom);
        Assert.True(_desk.View.Document.Links.ContainsKey(new(b, c)));
    }

    [Fact]
    public async Task A_text_that_someone_else_changed_meanwhile_stands_and_mine_is_kept_until_I_choose()
    {
        var id = await AddAsync(ChainKind.Purpose, "før");
        Assert.True(await _other.SaveAsync(id, ElementProperty.Text, "før", "Bos"));

        Assert.False(await _desk.SaveAsync(id, ElementProperty.Text, "før", "Annas"));
        Assert.Equal("Bos", _desk.Now(id, ElementProperty.Text));
        var kept = Assert.Single(_desk.Kept);
        Assert.Equal((KeptBecause.Overtaken, "Annas"), (kept.Because, kept.Text));

        Assert.True(await _desk.TryAgainAsync(kept));
        Assert.Empty(_desk.Kept);
        Assert.Equal("Annas", _other.Now(id, ElementProperty.Text));
    }

    [Fact]
    public async Task A_value_that_may_not_stand_there_is_kept_and_changes_nothing()
    {
        var id = await AddAsync(ChainKind.Problem);
        Assert.False(await _desk.SaveAsync(id, ElementProperty.VolumeLow, "", "mange"));
        Assert.Equal(KeptBecause.Refused, Assert.Single(_desk.Kept).Because);
        Assert.Equal("", _desk.Now(id, ElementProperty.VolumeLow));
    }

    [Fact]
    public async Task What_was_typed_and_has_been_stored_meanwhile_is_not_offered_again()
    {
        var id = await AddAsync(ChainKind.Purpose, "står der");
        _desk.Keep(new KeptText(id, ElementProperty.Text, "står der", KeptBecause.Lost));
        Assert.Empty(_desk.Kept);
        _desk.Keep(new KeptText(id, ElementProperty.Text, "mere", KeptBecause.Lost));
        Assert.Single(_desk.Kept);
    }

    [Fact]
    public async Task Deleting_is_one_step_and_is_offered_back()
    {
        var ids = new[] { await AddAsync(ChainKind.Purpose), await AddAsync(ChainKind.Problem) };
        await _desk.DeleteAsync(ids);
        Assert.Equal((0, 2), (_desk.Boxes.Count, _desk.JustDeleted));
        Assert.True(await _desk.UndoAsync());
        Assert.Equal(2, _desk.Boxes.Count);
    }

    [Fact]
    public async Task A_box_that_someone_else_deleted_is_no_longer_chosen()
    {
        var id = await AddAsync(ChainKind.Purpose);
        _desk.Choose(id);
        await _other.DeleteAsync(id);
        Assert.Empty(_desk.Chosen);
    }

    [Fact]
    public async Task The_others_see_who_writes_where()
    {
        var id = await AddAsync(ChainKind.Purpose);
        _other.Write(id);
        Assert.Equal("bo", _desk.WriterOf(id));
        _other.Write(null);
        Assert.Null(_desk.WriterOf(id));
    }

    [Fact]
    public async Task Moving_up_in_the_list_changes_the_order_and_puts_no_box_over_another()
    {
        var (a, b) = (await AddAsync(ChainKind.Benefit, "kort"), await AddAsync(ChainKind.Benefit, string.Join(' ', Enumerable.Repeat("lang gevinst", 20))));
        Assert.True(await _desk.DoAsync(OutlineMoves.Shift(_desk.View, b, up: true)!));
        Assert.Equal([b, a], _desk.Boxes.Select(x => x.Id));
        Assert.False(ChainView.RectOf(_desk.Boxes[0]).Overlaps(ChainView.RectOf(_desk.Boxes[1])));
        Assert.Null(OutlineMoves.Shift(_desk.View, b, up: true));
    }

    [Fact]
    public async Task A_box_in_words_says_kind_number_text_where_it_comes_from_and_where_it_leads()
    {
        var (a, b) = (await AddAsync(ChainKind.Problem, "Tvist om post"), await AddAsync(ChainKind.Future, "Bevis ligger klar"));
        await _desk.LinkAsync(a, b);
        Assert.Contains("Leder til: Bevis ligger klar", Spoken(a), StringComparison.Ordinal);
        Assert.StartsWith("Situationen i fremtiden 1 af 1: Bevis ligger klar", Spoken(b), StringComparison.Ordinal);
        Assert.Contains("Kommer fra: Tvist om post", Spoken(b), StringComparison.Ordinal);
    }

    private string Spoken(string id) => SpokenBox.Of(_desk.View, _desk.View.Document.Find(id)!, ChainHouse.Texts<CanvasTexts>(), ChainHouse.Texts<Portal.Features.Chains.Layout.LayoutTexts>());
}
