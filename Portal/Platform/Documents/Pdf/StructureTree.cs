using System.Globalization;
using System.Text;

namespace Portal.Platform.Documents.Pdf;

/// <summary>
/// An element of the structure (ISO 32000-1, 14.7.2): what a part of a page is, for those who have it read aloud.
/// </summary>
internal sealed class Tag(int number, string type, Tag? parent)
{
    /// <summary>The number of the object.</summary>
    public int Number => number;

    /// <summary>The standard structure type, such as P.</summary>
    public string Type => type;

    /// <summary>The element that holds it; null for the document.</summary>
    public Tag? Parent => parent;

    /// <summary>Further entries, such as an alternative text or the scope of a head cell.</summary>
    public string Entries { get; set; } = "";

    /// <summary>What it holds, in reading order.</summary>
    public List<Child> Children { get; } = [];

    /// <summary>A part of an element: another element, marked content of a page, or a link's annotation.</summary>
    /// <param name="Page">The object number of the page; 0 for an element.</param>
    /// <param name="Value">The number of the marked content or of the object.</param>
    public readonly record struct Child(int Page, int Value, bool IsObject = false);
}

/// <summary>The structure of one PDF, and from which element each marked content comes.</summary>
internal sealed class StructureTree
{
    private readonly PdfFile _file;
    private readonly List<Tag> _tags = [];
    private readonly List<(int Key, int Object)> _owners = [];
    private readonly int _root;
    private int _nextKey;

    /// <summary>Begins with the document's element.</summary>
    public StructureTree(PdfFile file)
    {
        _file = file;
        _root = file.Reserve();
        Document = new Tag(file.Reserve(), "Document", null);
        _tags.Add(Document);
    }

    /// <summary>The element that holds all others.</summary>
    public Tag Document { get; }

    /// <summary>Adds an element as the last of its parent.</summary>
    public Tag Add(Tag parent, string type, string entries = "")
    {
        var tag = new Tag(_file.Reserve(), type, parent) { Entries = entries };
        parent.Children.Add(new Tag.Child(0, tag.Number, IsObject: true));
        _tags.Add(tag);
        return tag;
    }

    /// <summary>The key under which readers find the elements of a page (<c>StructParents</c>).</summary>
    public int AddPage(IReadOnlyList<Tag> byContent) =>
        Own(_file.Add("[" + string.Concat(byContent.Select(t => PdfSyntax.Reference(t.Number) + " ")) + "]"));

    /// <summary>The key under which readers find the element of an annotation (<c>StructParent</c>).</summary>
    public int AddAnnotation(Tag tag, int page, int annotation)
    {
        tag.Children.Add(new Tag.Child(page, annotation, IsObject: true));
        return Own(tag.Number);
    }

    /// <summary>Writes the tree.</summary>
    /// <returns>The number of its root.</returns>
    public int Finish()
    {
        foreach (var tag in _tags) _file.Write(tag.Number, Body(tag));
        var owners = string.Concat(_owners.Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.Key} {o.Object} 0 R ")));
        _file.Write(
            _root,
            $"<</Type/StructTreeRoot/K {Document.Number} 0 R/ParentTree<</Nums[{owners}]>>/ParentTreeNextKey {_nextKey}>>");
        return _root;
    }

    private int Own(int number)
    {
        _owners.Add((_nextKey, number));
        return _nextKey++;
    }

    private string Body(Tag tag)
    {
        var page = tag.Children.FirstOrDefault(c => c.Page != 0).Page;
        var to = new StringBuilder();
        to.Append(CultureInfo.InvariantCulture, $"<</Type/StructElem/S/{tag.Type}/P {tag.Parent?.Number ?? _root} 0 R{tag.Entries}");
        if (page != 0) to.Append(CultureInfo.InvariantCulture, $"/Pg {page} 0 R");
        if (tag.Children.Count == 0) return to.Append(">>").ToString();
        to.Append("/K[");
        foreach (var child in tag.Children)
        {
            _ = child switch
            {
                { Page: 0 } => to.Append(CultureInfo.InvariantCulture, $"{child.Value} 0 R "),
                { IsObject: true } => to.Append(CultureInfo.InvariantCulture, $"<</Type/OBJR/Obj {child.Value} 0 R/Pg {child.Page} 0 R>>"),
                _ when child.Page == page => to.Append(CultureInfo.InvariantCulture, $"{child.Value} "),
                _ => to.Append(CultureInfo.InvariantCulture, $"<</Type/MCR/Pg {child.Page} 0 R/MCID {child.Value}>>"),
            };
        }

        return to.Append("]>>").ToString();
    }
}
