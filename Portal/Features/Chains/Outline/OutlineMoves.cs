using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Outline;

/// <summary>
/// Moves a box up or down in the list of its zone. Canvas and outline share one order, so the two boxes swap positions on the canvas too.
/// </summary>
public static class OutlineMoves
{
    /// <summary>The operation; null when the box is already first or last.</summary>
    public static ChainOperation? Shift(ChainView view, string id, bool up)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (view.Document.Find(id) is not { } box) return null;
        var place = view.Boxes.Where(b => b.Kind == box.Kind).ToList();
        var at = place.FindIndex(b => b.Id == id);
        var other = at + (up ? -1 : 1);
        if (other < 0 || other >= place.Count) return null;
        var (first, second) = up ? (place[other], box) : (box, place[other]);
        var (above, below) = (ChainView.RectOf(first), ChainView.RectOf(second));
        // In one column a box of another height must not overlap its neighbour: the pair keeps its lower edge.
        var column = above.X == below.X && below.Y >= above.Bottom;
        return ChainOperation.Move([(second.Id, above.X, above.Y), (first.Id, below.X, column ? below.Bottom - above.Height : below.Y)]);
    }
}
