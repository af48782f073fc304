using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;

namespace Portal.Features.Benefits.Import;

/// <summary>Reads the parts of a workbook, streamed: texts, styles, and the first rows of a sheet. Pure.</summary>
internal static partial class XlsxParts
{
    /// <summary>The most rows that are read of a sheet: those of an overview, and what may stand above and below it.</summary>
    public const int MostRows = OverviewReader.MaxRows + 200;

    private const int MostColumns = 200;

    // As a spreadsheet's cell: a longer text is of no spreadsheet, and many cells may refer to it.
    private const int LongestCell = 32_767;

    /// <summary>A reader of a part, which resolves nothing outside it.</summary>
    /// <exception cref="XmlException">An element has more attributes than any workbook's.</exception>
    public static XmlReader Open(byte[] part) => XmlAttributeLimit.IsExceeded(part)
        ? throw new XmlException()
        : XmlReader.Create(new MemoryStream(part), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, CloseInput = true,
        });

    /// <summary>The texts that cells refer to by number.</summary>
    public static IReadOnlyList<string> SharedTexts(byte[] part)
    {
        var texts = new List<string>();
        using var xml = Open(part);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "si") texts.Add(TextWithin(xml));
        }

        return texts;
    }

    /// <summary>The styles that show a number as percent.</summary>
    public static IReadOnlySet<int> PercentStyles(byte[] part)
    {
        var (formats, percent, within, n) = (new HashSet<int> { 9, 10 }, new HashSet<int>(), false, 0);
        using var xml = Open(part);
        while (xml.Read())
        {
            if (xml.LocalName == "cellXfs") within = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "numFmt" && xml.GetAttribute("formatCode")?.Contains('%', StringComparison.Ordinal) == true
                && Number(xml.GetAttribute("numFmtId")) is { } own)
            {
                formats.Add(own);
            }

            if (!within || xml.LocalName != "xf") continue;
            if (Number(xml.GetAttribute("numFmtId")) is { } format && formats.Contains(format)) percent.Add(n);
            n++;
        }

        return percent;
    }

    /// <summary>The first rows that have any text.</summary>
    public static IReadOnlyList<XlsxRow> Rows(byte[] part, IReadOnlyList<string> shared, IReadOnlySet<int> percent)
    {
        var rows = new List<XlsxRow>();
        using var xml = Open(part);
        var (number, column) = (0, -1);
        Dictionary<int, XlsxCell> cells = [];
        void Keep()
        {
            if (cells.Count > 0) rows.Add(new XlsxRow(number, cells));
        }

        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "row")
            {
                Keep();
                if (rows.Count >= MostRows) return rows;
                (cells, column) = ([], -1);
                number = Number(xml.GetAttribute("r")) ?? number + 1;
            }
            else if (xml.LocalName == "c")
            {
                column = ColumnOf(xml.GetAttribute("r")) ?? column + 1;
                if (column < MostColumns && Cell(xml, shared, percent) is { Text.Length: > 0 } cell) cells[column] = cell;
            }
        }

        Keep();
        return rows;
    }

    private static XlsxCell Cell(XmlReader xml, IReadOnlyList<string> shared, IReadOnlySet<int> percent)
    {
        var (type, style) = (xml.GetAttribute("t") ?? "n", Number(xml.GetAttribute("s")) ?? 0);
        if (xml.IsEmptyElement) return default;
        var (text, isFormula, depth) = ("", false, xml.Depth);
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "f") isFormula = true;
            else if (xml.LocalName == "v") text = ValueWithin(xml);
            else if (xml.LocalName == "is") text = TextWithin(xml);
        }

        return type switch
        {
            "s" => new XlsxCell(Number(text) is { } n && n >= 0 && n < shared.Count ? shared[n].Trim() : "", false, false, isFormula),
            "n" => new XlsxCell(text.Trim(), true, percent.Contains(style), isFormula),
            "b" => new XlsxCell(text == "1" ? "ja" : "nej", false, false, isFormula),
            _ => new XlsxCell(Decoded(text).Trim(), false, false, isFormula),
        };
    }

    // The text of an element that holds text alone; the reader stays on its end.
    private static string ValueWithin(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        var (text, depth) = (new StringBuilder(), xml.Depth);
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
                text.Append(xml.Value);
        }

        return TextCut.At(text.ToString(), LongestCell);
    }

    // The runs of a text joined; how it is pronounced (rPh) is not part of it.
    private static string TextWithin(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        var (text, depth, spoken) = (new StringBuilder(), xml.Depth, int.MaxValue);
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.Depth <= spoken) spoken = int.MaxValue;
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "rPh") spoken = xml.Depth;
            else if (xml.LocalName == "t" && spoken == int.MaxValue) text.Append(ValueWithin(xml));
        }

        return Decoded(TextCut.At(text.ToString(), LongestCell));
    }

    // Spreadsheets write characters that XML has not as _x000D_.
    private static string Decoded(string text) => !text.Contains("_x", StringComparison.Ordinal) ? text : Escape().Replace(
        text, m => ((char)int.Parse(m.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // The column of a reference such as AB12, from 0.
    private static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var letter in (reference ?? "").TakeWhile(char.IsAsciiLetterUpper).Take(4)) column = (column * 26) + (letter - 'A' + 1);
        return column == 0 ? null : column - 1;
    }

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
