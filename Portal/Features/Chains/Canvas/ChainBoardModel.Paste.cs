using System.Collections.Immutable;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Layout;
using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Canvas;

/// <summary>Pastes a list on the canvas: one box per line, as one undo step.</summary>
public sealed partial class ChainBoardModel
{
    /// <summary>The most boxes that one paste makes; more lines are a document, not a list.</summary>
    public const int MostPasted = 100;

    /// <summary>The result of a paste, until the reader has seen it; null for none.</summary>
    public PasteResult? Pasted { get; private set; }

    /// <summary>
    /// Makes a box of a kind from each line that is not empty. The outcome is in <see cref="Pasted"/>, or in <see cref="Error"/> when it
    /// could not be stored.
    /// </summary>
    public async Task PasteAsync(ChainKind kind, string text)
    {
        var lines = TextLines.Split(text).Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        if (lines.Count == 0) return;
        if (lines.Count > MostPasted || lines.Exists(line => line.Length > ChainRules.MaxText))
        {
            Pasted = new PasteResult(kind, lines.Count, Made: false);
            Notify();
            return;
        }

        var none = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        List<AddElement> boxes = [.. lines.Select(
            line => new AddElement(ChainRules.NewId(), kind, none.Add(ElementProperty.Text, ChainRules.Clean(line))))];
        List<string> ids = [.. boxes.Select(b => b.Id)];
        // Placed together, so that they are read in the order in which they were pasted.
        var placed = ChainLayout.PlaceMissing(ChainApply.Apply(View.Document, boxes), ids);
        if (!await DoAsync(new ChainOperation([.. boxes.Select(b => b with { Values = placed.Elements[b.Id].Values })]))) return;
        Pasted = new PasteResult(kind, lines.Count, Made: true);
        Choose(ids);
    }
}

/// <summary>The result of a paste.</summary>
/// <param name="Kind">The kind of the boxes.</param>
/// <param name="Lines">Lines that were not empty.</param>
/// <param name="Made">True when each line became a box; false when there were too many or one was too long, and nothing was made.</param>
public sealed record PasteResult(ChainKind Kind, int Lines, bool Made);
