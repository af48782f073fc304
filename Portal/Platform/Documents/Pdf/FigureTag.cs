using System.Text;

namespace Portal.Platform.Documents.Pdf;

/// <summary>The entries of a figure's element.</summary>
internal static class FigureTag
{
    /// <summary>What the figure shows, in words.</summary>
    public static string Alternative(string? text) => "/Alt" + PdfSyntax.Text(string.IsNullOrWhiteSpace(text) ? "Figur" : text);

    /// <summary>Where the figure is on its page (ISO 32000-1, 14.8.5.4.3).</summary>
    /// <param name="placement"><c>Block</c>, or <c>Inline</c> for one in a line.</param>
    public static string Box(PageSize size, double x, double y, double width, double height, string placement = "Block") =>
        new StringBuilder("/A<</O/Layout/Placement/").Append(placement).Append("/BBox[")
            .Numbers(x, size.Height - y - height, x + width, size.Height - y).Append("]>>").ToString();
}
