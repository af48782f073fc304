using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Pdf;

/// <summary>A sheet of paper, used on its side.</summary>
public enum PosterSheet
{
    A4,
    A3,
    A0,
}

/// <summary>Writes one drawing as large as a sheet holds it, for a wall. Tagged, as every document is.</summary>
public static class PosterPdf
{
    private static readonly double Margin = PageSize.Mm(10);

    // Room for the sheet's number below the cut.
    private static readonly double Foot = PageSize.Mm(12);
    private static readonly double CutLength = PageSize.Mm(5);
    private static readonly double CutWidth = PageSize.Mm(0.2);

    /// <summary>Writes the poster, on one sheet or on several.</summary>
    public static void Write(Poster poster, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(poster);
        if (poster.Paper is { } paper)
            WriteTiles(poster.Drawing, poster.Title, poster.Alternative, poster.Sheet, paper, output, cancellationToken);
        else Write(poster.Drawing, poster.Title, poster.Alternative, poster.Sheet, output, cancellationToken);
    }

    /// <summary>Writes the drawing on one sheet.</summary>
    /// <param name="title">The PDF's title; must not hold a CPR number.</param>
    /// <param name="alternative">What the drawing shows, in words.</param>
    public static void Write(
        Drawing drawing, string title, string alternative, PosterSheet sheet, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(drawing);
        ArgumentNullException.ThrowIfNull(output);
        cancellationToken.ThrowIfCancellationRequested();
        var size = SizeOf(sheet, Margin);
        using var pdf = new PdfAssembly(output);
        var canvas = new PageCanvas(pdf.File, pdf.Structure, pdf.Fonts, size, 1);
        var (width, height, scale) = Fit(drawing, size);
        var (x, y) = ((size.Width - width) / 2, (size.Height - height) / 2);
        Mark(pdf, canvas, alternative, (x, y, width, height));
        DrawingPainter.Draw(canvas, drawing, x, y, scale, new MissingTexts());
        pdf.Finish(title, [canvas.Finish()], [], _ => "");
    }

    /// <summary>
    /// Writes the drawing as large as <paramref name="poster"/> holds it, on several smaller sheets with marks to cut at and their numbers,
    /// from left to right and from the top down.
    /// </summary>
    /// <inheritdoc cref="Write(Drawing, string, string, PosterSheet, Stream, CancellationToken)" path="/param"/>
    /// <param name="tile">The paper that the printer has.</param>
    public static void WriteTiles(
        Drawing drawing, string title, string alternative, PosterSheet poster, PosterSheet tile, Stream output,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(drawing);
        ArgumentNullException.ThrowIfNull(output);
        var size = SizeOf(tile, Foot);
        var (width, height, scale) = Fit(drawing, SizeOf(poster, Margin));
        var columns = Math.Max(1, (int)Math.Ceiling((width / size.BodyWidth) - 0.001));
        var rows = Math.Max(1, (int)Math.Ceiling((height / size.BodyHeight) - 0.001));
        using var pdf = new PdfAssembly(output);
        var pages = new List<DrawnPage>();
        for (var i = 0; i < columns * rows; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var canvas = new PageCanvas(pdf.File, pdf.Structure, pdf.Fonts, size, i + 1);
            var (x, y) = (size.Side - (i % columns * size.BodyWidth), size.Top - (i / columns * size.BodyHeight));
            var clip = (size.Side, size.Top, size.BodyWidth, size.BodyHeight);
            Mark(pdf, canvas, i == 0 ? alternative : $"Ark {i + 1} af {columns * rows} af figuren på ark 1.", clip);
            DrawingPainter.Draw(canvas, drawing, x, y, scale, new MissingTexts(), clip);
            Cuts(canvas);
            pages.Add(canvas.Finish());
        }

        var foot = new PageFoot(pdf.Fonts, title ?? "", pages.Count, "Ark");
        pdf.Finish(title ?? "", pages, [], i => foot.Of(size with { Side = size.Side + CutLength }, i + 1));
    }

    private static PageSize SizeOf(PosterSheet sheet, double bottom)
    {
        var (width, height) = sheet switch { PosterSheet.A0 => (1189, 841), PosterSheet.A3 => (420, 297), _ => (297, 210) };
        return new PageSize(PageSize.Mm(width), PageSize.Mm(height), Margin, Margin, bottom);
    }

    private static (double Width, double Height, double Scale) Fit(Drawing drawing, PageSize size)
    {
        if (!(drawing.Width > 0) || !(drawing.Height > 0)) return (0, 0, 0);
        var scale = Math.Min(size.BodyWidth / drawing.Width, size.BodyHeight / drawing.Height);
        return (drawing.Width * scale, drawing.Height * scale, scale);
    }

    private static void Mark(
        PdfAssembly pdf, PageCanvas canvas, string alternative, (double X, double Y, double Width, double Height) box)
    {
        var entries = FigureTag.Alternative(alternative) + FigureTag.Box(canvas.Size, box.X, box.Y, box.Width, box.Height);
        canvas.Mark(pdf.Structure.Add(pdf.Structure.Document, "Figure", entries));
    }

    // Short lines outside the corners of what is shown.
    private static void Cuts(PageCanvas canvas)
    {
        var size = canvas.Size;
        foreach (var y in (ReadOnlySpan<double>)[size.Top, size.BodyEnd])
        {
            foreach (var x in (ReadOnlySpan<double>)[size.Side, size.Width - size.Side])
            {
                var (left, top) = (x == size.Side ? x - CutLength - 3 : x + 3, y == size.Top ? y - CutLength - 3 : y + 3);
                canvas.Ground(0, Palette.Dim, left, y - (CutWidth / 2), CutLength, CutWidth);
                canvas.Ground(0, Palette.Dim, x - (CutWidth / 2), top, CutWidth, CutLength);
            }
        }
    }
}
