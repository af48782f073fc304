using System.Globalization;
using System.Text;

namespace Portal.Platform.Documents.Pdf;

/// <summary>The headings as bookmarks (ISO 32000-1, 12.3.3).</summary>
internal static class Outline
{
    // Children of each entry by its index; the root is -1.
    private sealed record Entry(int Number, int Parent, Bookmark Bookmark, int Page, double Top)
    {
        public List<int> Children { get; } = [];
    }

    /// <summary>Writes the outline.</summary>
    /// <returns>The number of its root; null for a document without headings.</returns>
    public static int? Write(
        PdfFile file, IReadOnlyList<(Bookmark Bookmark, int Page, double Top)> bookmarks, IReadOnlyList<DrawnPage> pages)
    {
        if (bookmarks.Count == 0) return null;
        var root = new Entry(file.Reserve(), -1, new Bookmark(0, ""), 0, 0);
        var entries = new List<Entry>();
        var path = new Stack<int>();
        foreach (var (bookmark, page, top) in bookmarks)
        {
            while (path.TryPeek(out var above) && entries[above].Bookmark.Level >= bookmark.Level) path.Pop();
            var parent = path.TryPeek(out var found) ? found : -1;
            path.Push(entries.Count);
            (parent < 0 ? root : entries[parent]).Children.Add(entries.Count);
            entries.Add(new Entry(file.Reserve(), parent, bookmark, page, top));
        }

        var heights = pages.ToDictionary(p => p.Object, p => p.Size.Height);
        file.Write(root.Number, $"<</Type/Outlines{Children(root, entries)}>>");
        for (var i = 0; i < entries.Count; i++)
        {
            var parent = entries[i].Parent < 0 ? root : entries[entries[i].Parent];
            file.Write(entries[i].Number, Body(i, parent, entries, heights[entries[i].Page]));
        }

        return root.Number;
    }

    private static string Body(int index, Entry parent, List<Entry> entries, double height)
    {
        var (entry, place) = (entries[index], parent.Children.BinarySearch(index));
        var to = new StringBuilder("<</Title").Append(PdfSyntax.Text(entry.Bookmark.Title))
            .Append(CultureInfo.InvariantCulture, $"/Parent {parent.Number} 0 R/Dest[{entry.Page} 0 R/XYZ 0 ")
            .Number(height - entry.Top).Append(" null]").Append(Children(entry, entries));
        if (place > 0) to.Append(CultureInfo.InvariantCulture, $"/Prev {entries[parent.Children[place - 1]].Number} 0 R");
        if (place + 1 < parent.Children.Count)
        {
            to.Append(CultureInfo.InvariantCulture, $"/Next {entries[parent.Children[place + 1]].Number} 0 R");
        }

        return to.Append(">>").ToString();
    }

    // A negative count: the entry is shown closed. Only the first level is open, so that a long report's outline fits its window.
    private static string Children(Entry entry, List<Entry> entries)
    {
        if (entry.Children.Count == 0) return "";
        var isOpen = entry.Bookmark.Level < 2;
        var shown = isOpen ? entry.Children.Sum(c => 1 + Shown(entries[c], entries)) : -entry.Children.Count;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"/First {entries[entry.Children[0]].Number} 0 R/Last {entries[entry.Children[^1]].Number} 0 R/Count {shown}");
    }

    private static int Shown(Entry entry, List<Entry> entries) =>
        entry.Bookmark.Level < 2 ? entry.Children.Sum(c => 1 + Shown(entries[c], entries)) : 0;
}
