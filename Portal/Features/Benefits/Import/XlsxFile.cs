using System.IO.Compression;
using System.Xml;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Import;

/// <summary>A cell as it was read.</summary>
/// <param name="Text">A number as the file stores it (12.5), anything else as text.</param>
/// <param name="IsNumber">The file says that it is a number.</param>
/// <param name="IsPercent">The number is shown as percent: 0.5 is 50 %.</param>
/// <param name="IsFormula">The value is calculated by the spreadsheet.</param>
internal readonly record struct XlsxCell(string Text, bool IsNumber, bool IsPercent, bool IsFormula);

/// <summary>A row of a sheet that has any text.</summary>
/// <param name="Number">Its number in the spreadsheet, from 1.</param>
/// <param name="Cells">By column, from 0.</param>
internal sealed record XlsxRow(int Number, IReadOnlyDictionary<int, XlsxCell> Cells);

/// <summary>A sheet's first rows.</summary>
internal sealed record XlsxSheet(string Name, IReadOnlyList<XlsxRow> Rows);

/// <summary>What was read of a workbook.</summary>
/// <param name="Is1904">Its days are counted from 1904.</param>
/// <param name="Problem">Why it could not be read; null when it could.</param>
internal sealed record XlsxFile(IReadOnlyList<XlsxSheet> Sheets, bool Is1904, ProblemText? Problem)
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>The most bytes that are unpacked from it.</summary>
    public const int MaxUnpacked = 24 * 1024 * 1024;

    private const string OfficeNamespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string StrictNamespace = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    private const int MostSheets = 30;

    /// <summary>
    /// Reads a workbook. Streamed and bounded, not with a document model, since what is read comes from anyone: a small file can unpack to
    /// gigabytes, and a model of it takes many times more. Never throws for what is in the file.
    /// </summary>
    public static XlsxFile Read(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length == 0) return Wrong("FileEmpty");
        if (bytes.Length > MaxBytes) return Wrong("FileTooLarge", MaxBytes / 1024 / 1024);

        // An encrypted workbook and an .xls are compound files, not zip archives.
        if (bytes.AsSpan().StartsWith(new byte[] { 0xD0, 0xCF, 0x11, 0xE0 })) return Wrong("FileLocked");
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            return new Reader(zip).Read();
        }
        catch (XlsxTooLargeException)
        {
            return Wrong("FileUnpacksTooLarge", MaxUnpacked / 1024 / 1024);
        }
        catch (Exception damage) when (damage is InvalidDataException or XmlException or IOException or ArgumentException
            or NotSupportedException or FormatException or OverflowException or InvalidOperationException)
        {
            return Wrong("FileNotXlsx");
        }
    }

    private static XlsxFile Wrong(string key, params object[] places) => new([], false, ImportTexts.Of(key, places));

    private sealed class XlsxTooLargeException : Exception;

    private sealed class Reader(ZipArchive zip)
    {
        private long _left = MaxUnpacked;

        public XlsxFile Read()
        {
            var workbook = Relations("_rels/.rels").FirstOrDefault(r => r.Type.EndsWith("/officeDocument", StringComparison.Ordinal)).Target
                ?? "xl/workbook.xml";
            if (Part(workbook) is not { } book) return Wrong("FileNotXlsx");
            var (folder, name) = (workbook[..(workbook.LastIndexOf('/') + 1)], workbook[(workbook.LastIndexOf('/') + 1)..]);
            var parts = Relations($"{folder}_rels/{name}.rels").Select(r => r with { Target = Within(folder, r.Target) }).ToList();
            string? OfType(string type) => parts.Find(p => p.Type.EndsWith(type, StringComparison.Ordinal)).Target;
            var (names, is1904) = Names(book);
            var shared = OfType("/sharedStrings") is { } texts && Part(texts) is { } strings ? XlsxParts.SharedTexts(strings) : [];
            var percent = OfType("/styles") is { } looks && Part(looks) is { } styles ? XlsxParts.PercentStyles(styles)
                : new HashSet<int>();
            var sheets = new List<XlsxSheet>();
            foreach (var (title, id) in names.Take(MostSheets))
            {
                if (parts.Find(p => p.Id == id).Target is { } path && Part(path) is { } sheet)
                    sheets.Add(new XlsxSheet(title, XlsxParts.Rows(sheet, shared, percent)));
            }

            return sheets.Count == 0 ? Wrong("FileNotXlsx") : new XlsxFile(sheets, is1904, null);
        }

        // The unpacked part; null when there is none. Counted as it is unpacked: the sizes that the archive states may be wrong.
        private byte[]? Part(string path)
        {
            if (zip.GetEntry(path) is not { } entry) return null;
            using var packed = entry.Open();
            using var part = new MemoryStream();
            var buffer = new byte[32 * 1024];
            int read;
            while ((read = packed.Read(buffer)) > 0)
            {
                if ((_left -= read) < 0) throw new XlsxTooLargeException();
                part.Write(buffer, 0, read);
            }

            return part.ToArray();
        }

        private List<(string Id, string Type, string Target)> Relations(string path)
        {
            var relations = new List<(string, string, string)>();
            if (Part(path) is not { } bytes) return relations;
            using var xml = XlsxParts.Open(bytes);
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Relationship" && xml.GetAttribute("Target") is { } target)
                {
                    relations.Add((xml.GetAttribute("Id") ?? "", xml.GetAttribute("Type") ?? "",
                        path == "_rels/.rels" ? target.TrimStart('/') : target));
                }
            }

            return relations;
        }

        private static (List<(string Name, string Id)> Sheets, bool Is1904) Names(byte[] workbook)
        {
            var (sheets, is1904) = (new List<(string, string)>(), false);
            using var xml = XlsxParts.Open(workbook);
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element) continue;
                if (xml.LocalName == "workbookPr") is1904 = xml.GetAttribute("date1904") is "1" or "true";
                if (xml.LocalName != "sheet") continue;
                sheets.Add((xml.GetAttribute("name") ?? "",
                    xml.GetAttribute("id", OfficeNamespace) ?? xml.GetAttribute("id", StrictNamespace) ?? ""));
            }

            return (sheets, is1904);
        }

        private static string Within(string folder, string target)
        {
            if (target.StartsWith('/')) return target[1..];
            var path = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
            foreach (var step in target.Split('/'))
            {
                if (step == ".." && path.Count > 0) path.RemoveAt(path.Count - 1);
                else if (step is not ("." or "..")) path.Add(step);
            }

            return string.Join('/', path);
        }
    }
}
