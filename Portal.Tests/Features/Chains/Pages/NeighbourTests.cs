using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Layout;
using Xunit;

namespace Portal.Tests.Features.Chains.Pages;

public sealed class NeighbourTests
{
    private static readonly CanvasRect Here = new(0, 0, 200, 40);

    private static string? From(CanvasDirection way, params (string, CanvasRect)[] boxes) => Neighbours.Nearest(boxes, Here, way);

    [Fact]
    public void An_arrow_leads_to_the_nearest_box_that_way_and_to_none_behind() =>
        Assert.Equal("near",
            From(CanvasDirection.Right, ("far", new(900, 0, 200, 40)), ("near", new(300, 0, 200, 40)), ("behind", new(-220, 0, 200, 40))));

    [Fact]
    public void A_box_straight_ahead_is_nearer_than_one_as_far_away_to_the_side() =>
        Assert.Equal("straight", From(CanvasDirection.Down, ("aside", new(260, 50, 200, 40)), ("straight", new(0, 120, 200, 40))));

    [Fact]
    public void Where_there_is_no_box_none_is_found() => Assert.Null(From(CanvasDirection.Up, ("below", new(0, 90, 200, 40))));

    [Theory]
    [InlineData("ArrowLeft", CanvasDirection.Left)]
    [InlineData("ArrowDown", CanvasDirection.Down)]
    [InlineData("Enter", null)]
    public void Arrow_keys_name_ways(string key, CanvasDirection? way) => Assert.Equal(way, Neighbours.WayOf(key));
}
