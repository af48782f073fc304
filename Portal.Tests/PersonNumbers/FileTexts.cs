using System.IO.Compression;
using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Tokens;

namespace Portal.Tests.PersonNumbers;

/// <summary>The texts within a file: a PDF's pages, metadata and objects, a package's names and files, anything else as UTF-8.</summary>
internal static class FileTexts
{
    /// <summary>Every text of a file, with the name of its part.</summary>
    public static IEnumerable<(string Part, string Text)> Of(byte[] file)
    {
        if (file.AsSpan().StartsWith("PK\u0003\u0004"u8)) return OfPackage(file);
        return file.AsSpan().StartsWith("%PDF"u8) ? OfPdf(file) : [("", Encoding.UTF8.GetString(file))];
    }

    private static IEnumerable<(string Part, string Text)> OfPackage(byte[] file)
    {
        using var package = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        yield return ("comment", package.Comment);
        foreach (var entry in package.Entries)
        {
            yield return ("names", entry.FullName + " " + entry.Comment);
            using var content = new MemoryStream();
            using (var stream = entry.Open()) stream.CopyTo(content);
            foreach (var (part, text) in Of(content.ToArray())) yield return ($"{entry.FullName} {part}".TrimEnd(), text);
        }
    }

    private static IEnumerable<(string Part, string Text)> OfPdf(byte[] file)
    {
        using var pdf = PdfDocument.Open(file);
        yield return ("objects", Encoding.Latin1.GetString(file));
        foreach (var page in pdf.GetPages()) yield return ($"page {page.Number}", page.Text);
        yield return ("information", string.Join('\n', pdf.Information.DocumentInformationDictionary?.Data.Select(d => d.Value switch
        {
            StringToken text => text.Data,
            HexToken text => text.Data,
            var other => other.ToString() ?? "",
        }) ?? []));
        if (pdf.TryGetXmpMetadata(out var xmp)) yield return ("metadata", Encoding.UTF8.GetString(xmp!.GetXmlBytes()));
        if (pdf.TryGetBookmarks(out var bookmarks))
            yield return ("bookmarks", string.Join('\n', bookmarks!.GetNodes().Select(b => b.Title)));
    }
}
