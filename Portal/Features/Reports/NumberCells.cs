using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;

namespace Portal.Features.Reports;

/// <summary>
/// Sets number formats in a workbook: thousands separators, and two decimals for fractions, in the notation of the reader's spreadsheet.
/// The library writes formats for dates only and ignores the number format of columns, so the finished file is edited once. The values stay
/// exact.
/// </summary>
internal static class NumberCells
{
    // Ids of built-in number formats (ECMA-376): #,##0 and #,##0.00.
    private const string Whole = "3", Fraction = "4";
    private const string Styles = "xl/styles.xml", Sheets = "xl/worksheets/";
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>Edits a workbook in place.</summary>
    public static void Format(MemoryStream workbook)
    {
        ArgumentNullException.ThrowIfNull(workbook);
        workbook.Position = 0;
        using var zip = new ZipArchive(workbook, ZipArchiveMode.Update, leaveOpen: true);
        if (zip.GetEntry(Styles) is not { } kept) throw new InvalidDataException($"The workbook has no {Styles}.");
        var styles = Load(kept);
        var looks = styles.Root!.Element(Main + "cellXfs")!;
        var known = new Dictionary<(int Style, string Format), int>();
        foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith(Sheets, StringComparison.Ordinal)
            && e.FullName.EndsWith(".xml", StringComparison.Ordinal)).ToList())
        {
            var sheet = Load(entry);
            foreach (var cell in sheet.Descendants(Main + "c").Where(c => (string?)c.Attribute("t") == "n"))
            {
                var format = ((string?)cell.Element(Main + "v"))?.Contains('.', StringComparison.Ordinal) == true ? Fraction : Whole;
                var look = (int?)cell.Attribute("s") ?? 0;
                if (!known.TryGetValue((look, format), out var formatted)) known[(look, format)] = formatted = Add(looks, look, format);
                cell.SetAttributeValue("s", formatted);
            }

            Save(sheet, entry);
        }

        looks.SetAttributeValue("count", looks.Elements(Main + "xf").Count());
        Save(styles, kept);
    }

    // Copies the style, so that borders and fonts stay.
    private static int Add(XElement looks, int like, string format)
    {
        var all = looks.Elements(Main + "xf").ToList();
        var look = new XElement(all[like]);
        look.SetAttributeValue("numFmtId", format);
        look.SetAttributeValue("applyNumberFormat", 1.ToString(CultureInfo.InvariantCulture));
        looks.Add(look);
        return all.Count;
    }

    private static XDocument Load(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        return XDocument.Load(stream);
    }

    private static void Save(XDocument document, ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        stream.SetLength(0);
        document.Save(stream, SaveOptions.DisableFormatting);
    }
}
