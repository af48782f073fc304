using System.Globalization;
using System.Text;

namespace Portal.Platform.Documents.Pdf;

/// <summary>
/// One page being drawn. Text and figures belong to an element of the structure or are an artifact; grounds and rules are always
/// artifacts, and lie below the text. Positions are in points from the upper left corner.
/// </summary>
internal sealed class PageCanvas
{
    // How far a circle's control points are from its ends, for a quarter drawn as one curve.
    private const double Quarter = 0.5523;
    private readonly PdfFile _file;
    private readonly StructureTree _structure;
    private readonly DocumentFonts _fonts;
    private readonly StringBuilder _content = new();
    private readonly List<(int Depth, string Shape)> _grounds = [];
    private readonly List<Tag> _owners = [];
    private readonly List<int> _annotations = [];
    private Tag? _open;
    private bool _isOpen;
    private string _colour = "";

    /// <summary>An empty page.</summary>
    /// <param name="number">Counted from 1.</param>
    public PageCanvas(PdfFile file, StructureTree structure, DocumentFonts fonts, PageSize size, int number)
    {
        (_file, _structure, _fonts) = (file, structure, fonts);
        (Size, Number, Object) = (size, number, file.Reserve());
    }

    /// <summary>Its size and margins.</summary>
    public PageSize Size { get; }

    /// <summary>Counted from 1.</summary>
    public int Number { get; }

    /// <summary>The number of the page's object.</summary>
    public int Object { get; }

    /// <summary>True while what is drawn is a repetition, such as a table's head on its second page.</summary>
    public bool Repeats { get; set; }

    /// <summary>What is drawn from now on belongs to the element; while <see cref="Repeats"/> it is an artifact.</summary>
    public void Mark(Tag tag)
    {
        var owner = Repeats ? null : tag;
        if (_isOpen && _open == owner) return;
        EndMark();
        (_open, _isOpen) = (owner, true);
        if (owner is null)
        {
            _content.Append("/Artifact<</Type/Pagination>>BDC\n");
            return;
        }

        owner.Children.Add(new Tag.Child(Object, _owners.Count));
        _content.Append(CultureInfo.InvariantCulture, $"/{owner.Type}<</MCID {_owners.Count}>>BDC\n");
        _owners.Add(owner);
    }

    /// <summary>Ends what <see cref="Mark"/> began.</summary>
    public void EndMark()
    {
        if (_isOpen) _content.Append("EMC\n");
        (_open, _isOpen) = (null, false);
    }

    /// <summary>Draws glyphs of one look and one face.</summary>
    /// <param name="baseLine">From the upper edge of the page.</param>
    public void Text(double x, double baseLine, ReadOnlySpan<Glyph> glyphs)
    {
        if (glyphs.IsEmpty) return;
        SetColour(glyphs[0].Look.Colour);
        TextOperators.Append(_content, _fonts, glyphs, "1 0 0 1 ", x, Size.Height - baseLine);
    }

    /// <summary>Draws a figure's shapes: their coordinates are scaled, and y points downwards.</summary>
    /// <param name="x">Where the drawing's zero lies.</param>
    /// <param name="y">Where the drawing's zero lies.</param>
    /// <param name="clip">What is shown, from the upper left corner of the page; null for all.</param>
    public void Draw(
        double x, double y, double scale, Action<StringBuilder, TextAppender> shapes,
        (double X, double Y, double Width, double Height)? clip = null)
    {
        _content.Append("q ");
        if (clip is var (left, top, width, height))
        {
            _content.Numbers(left, Size.Height - top - height, width, height).Append("re W n ");
        }

        _content.Factor(scale).Append("0 0 ").Factor(-scale).Numbers(x, Size.Height - y).Append("cm\n");
        shapes(_content, (at, baseLine, glyphs) => TextOperators.Append(_content, _fonts, glyphs, "1 0 0 -1 ", at, baseLine));
        _content.Append("Q\n");
    }

    /// <summary>Appends text to a figure.</summary>
    public delegate void TextAppender(double x, double baseLine, ReadOnlySpan<Glyph> glyphs);

    /// <summary>Puts a filled rectangle below the text.</summary>
    /// <param name="depth">Grounds of a higher depth cover those of a lower one.</param>
    public void Ground(int depth, string colour, double x, double y, double width, double height, double radius = 0)
    {
        if (width <= 0 || height <= 0) return;
        var shape = new StringBuilder().Colour(colour).Append("rg ");
        if (radius <= 0) shape.Numbers(x, Size.Height - y - height, width, height).Append("re");
        else Rounded(shape, x, Size.Height - y - height, width, height, Math.Min(radius, Math.Min(width, height) / 2));
        _grounds.Add((depth, shape.Append(" f\n").ToString()));
    }

    /// <summary>Makes a rectangle a link.</summary>
    /// <param name="contents">What the link is, for those who do not see the page.</param>
    public void Link(Tag tag, double x, double y, double width, double height, string address, string contents)
    {
        if (Repeats) return;
        var annotation = _file.Reserve();
        var key = _structure.AddAnnotation(tag, Object, annotation);
        var body = new StringBuilder("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[")
            .Numbers(x, Size.Height - y - height, x + width, Size.Height - y)
            .Append("]/A<</S/URI/URI(").Append(Escaped(address)).Append(")>>/Contents").Append(PdfSyntax.Text(contents))
            .Append(CultureInfo.InvariantCulture, $"/StructParent {key}>>");
        _file.Write(annotation, body.ToString());
        _annotations.Add(annotation);
    }

    /// <summary>Writes the page's content; the foot is added when the number of pages is known.</summary>
    public DrawnPage Finish()
    {
        EndMark();
        var content = new StringBuilder();
        if (_grounds.Count > 0)
        {
            content.Append("/Artifact<</Type/Layout>>BDC\n");
            foreach (var (_, shape) in _grounds.OrderBy(g => g.Depth)) content.Append(shape);
            content.Append("EMC\n");
        }

        var stream = _file.AddStream("", Encoding.ASCII.GetBytes(content.Append(_content).ToString()));
        return new DrawnPage(Object, Size, stream, _structure.AddPage(_owners), [.. _annotations]);
    }

    private void SetColour(string colour)
    {
        if (_colour == colour) return;
        _content.Colour(_colour = colour).Append("rg\n");
    }

    // An address holds ASCII only (Uri.AbsoluteUri), so three characters are left that end or escape a text.
    private static string Escaped(string address) =>
        address.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("(", @"\(", StringComparison.Ordinal)
            .Replace(")", @"\)", StringComparison.Ordinal);

    /// <summary>Appends a path around a rectangle with round corners.</summary>
    public static void Rounded(StringBuilder to, double x, double y, double width, double height, double radius)
    {
        var (right, top, bend) = (x + width, y + height, radius * (1 - Quarter));
        to.Numbers(x + radius, y).Append("m ").Numbers(right - radius, y).Append("l ")
            .Numbers(right - bend, y, right, y + bend, right, y + radius).Append("c ")
            .Numbers(right, top - radius).Append("l ")
            .Numbers(right, top - bend, right - bend, top, right - radius, top).Append("c ")
            .Numbers(x + radius, top).Append("l ")
            .Numbers(x + bend, top, x, top - bend, x, top - radius).Append("c ")
            .Numbers(x, y + radius).Append("l ")
            .Numbers(x, y + bend, x + bend, y, x + radius, y).Append("c h");
    }
}

/// <summary>A page whose content is written.</summary>
/// <param name="Object">The number of the page's object, which is written last.</param>
/// <param name="Content">The number of its content.</param>
/// <param name="Key">See <see cref="StructureTree.AddPage"/>.</param>
internal sealed record DrawnPage(int Object, PageSize Size, int Content, int Key, int[] Annotations);
