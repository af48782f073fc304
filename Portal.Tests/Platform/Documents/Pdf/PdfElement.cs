using UglyToad.PdfPig.Tokens;

namespace Portal.Tests.Platform.Documents.Pdf;

/// <summary>An element of a PDF's structure, as a screen reader meets it.</summary>
/// <param name="Contents">The marked contents in it, and the elements, in reading order.</param>
internal sealed record PdfElement(long Number, string Type, DictionaryToken Dictionary, IReadOnlyList<PdfElement.Part> Contents)
{
    /// <summary>An element, a marked content of a page with its text, or an annotation.</summary>
    internal sealed record Part(
        PdfElement? Element = null, (int Page, int Mcid)? Content = null, string Text = "", long? Annotation = null);

    public IEnumerable<PdfElement> Children => Contents.Select(p => p.Element).OfType<PdfElement>();

    public IEnumerable<PdfElement> All => Children.SelectMany(c => c.All).Prepend(this);

    /// <summary>What is heard: the elements within, and texts that say what stands in their place.</summary>
    public string Heard => ActualText
        ?? string.Concat(Contents.Select(p => p.Element is { Type: "Figure" } ? "" : p.Element?.Heard ?? p.Text));

    /// <summary>What is seen.</summary>
    public string Seen => string.Concat(Contents.Select(p => p.Element?.Seen ?? p.Text));

    public string? Alternative => Text("Alt");

    public string? ActualText => Text("ActualText");

    private string? Text(string key) => Dictionary.Data.TryGetValue(key, out var token)
        ? token switch { StringToken text => text.Data, HexToken hex => Decoded(hex), _ => null }
        : null;

    private static string Decoded(HexToken hex) => System.Text.Encoding.BigEndianUnicode.GetString(hex.Bytes[2..]);
}
