using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Outline;

/// <summary>
/// Moves a box up and down in the list of its place. Canvas and list have one order, so the two boxes change places on the canvas too.
/// </summary>
public static class OutlineMoves
{
    /// <summary>The step; null when the box is first or last already.</summary>
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
        // In one column a box of another height must not cover its neighbour: the lower one keeps its lower edge.
        var column = above.X == below.X && below.Y >= above.Bottom;
        return ChainOperation.Move([(second.Id, above.X, above.Y), (first.Id, below.X, column ? below.Bottom - above.Height : below.Y)]);
    }
}
