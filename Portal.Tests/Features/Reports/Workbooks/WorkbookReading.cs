using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Portal.Platform.Documents.Workbooks;

namespace Portal.Tests.Features.Reports.Workbooks;

/// <summary>A cell as a spreadsheet reads it.</summary>
/// <param name="Type"><c>n</c> for a number, <c>inlineStr</c> for a text.</param>
/// <param name="Format">The number format's code; of a built-in one its id.</param>
internal sealed record ReadCell(string Type, string Format, string Text, string? Formula)
{
    public decimal Number => decimal.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture);

    public DateTime Date => DateTime.FromOADate((double)Number);
}

/// <summary>A workbook read with the library of its format.</summary>
internal sealed partial class WorkbookReading
{
    private readonly byte[] _bytes;
    private readonly Dictionary<string, Dictionary<string, ReadCell>> _sheets = [];

    public WorkbookReading(byte[] bytes)
    {
        _bytes = bytes;
        using var file = SpreadsheetDocument.Open(new MemoryStream(bytes), false);
        var book = file.WorkbookPart!;
        var styles = book.WorkbookStylesPart!.Stylesheet!;
        var codes = styles.NumberingFormats!.Elements<NumberingFormat>()
            .ToDictionary(f => f.NumberFormatId!.Value, f => f.FormatCode!.Value!);
        var looks = styles.CellFormats!.Elements<CellFormat>().Select(f => f.NumberFormatId!.Value)
            .Select(id => codes.GetValueOrDefault(id, id.ToString(CultureInfo.InvariantCulture))).ToList();
        foreach (var sheet in book.Workbook!.Sheets!.Elements<Sheet>())
        {
            Names.Add(sheet.Name!.Value!);
            var worksheet = ((WorksheetPart)book.GetPartById(sheet.Id!.Value!)).Worksheet!;
            Frozen[sheet.Name!.Value!] = worksheet.Descendants<Pane>().Single().VerticalSplit!.Value == 1;
            Filters[sheet.Name!.Value!] = worksheet.Elements<AutoFilter>().Single().Reference!.Value!;
            _sheets[sheet.Name!.Value!] = worksheet.Descendants<Cell>().ToDictionary(c => c.CellReference!.Value!, c => new ReadCell(
                c.DataType?.InnerText ?? "n", looks[(int)(c.StyleIndex?.Value ?? 0)], c.InlineString?.InnerText ?? c.CellValue?.Text ?? "",
                c.CellFormula?.Text));
        }
    }

    /// <summary>What breaks the rules of the format.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            using var file = SpreadsheetDocument.Open(new MemoryStream(_bytes), false);
            return [.. new OpenXmlValidator(FileFormatVersions.Office2019).Validate(file)
                .Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}")];
        }
    }

    public List<string> Names { get; } = [];

    public Dictionary<string, bool> Frozen { get; } = [];

    public Dictionary<string, string> Filters { get; } = [];

    public IEnumerable<ReadCell> All => _sheets.Values.SelectMany(s => s.Values);

    public IReadOnlyDictionary<string, ReadCell> Cells(string sheet) => _sheets[sheet];

    /// <summary>The rows under the headings, by heading; cells without a value are missing.</summary>
    public IReadOnlyList<Dictionary<string, ReadCell>> Rows(string sheet)
    {
        var rows = _sheets[sheet].Select(c => (Match: Reference().Match(c.Key), c.Value))
            .Select(c => (Column: c.Match.Groups[1].Value, Row: int.Parse(c.Match.Groups[2].Value, CultureInfo.InvariantCulture), c.Value))
            .ToLookup(c => c.Row);
        var headings = rows[1].ToDictionary(c => c.Column, c => c.Value.Text);
        return [.. rows.Where(r => r.Key > 1).OrderBy(r => r.Key).Select(r => r.ToDictionary(c => headings[c.Column], c => c.Value))];
    }

    [GeneratedRegex("^([A-Z]+)([0-9]+)$")]
    private static partial Regex Reference();
}

/// <summary>Calculates the formulas that the workbook has, as a spreadsheet would: + − × ÷, references, SUMIFS.</summary>
internal sealed class SheetCalculation(IReadOnlyDictionary<string, ReadCell> cells)
{
    private string _text = "";
    private int _at;

    public decimal Of(string formula)
    {
        var (outer, at) = (_text, _at);
        (_text, _at) = (formula, 0);
        var value = Sum();
        if (_at != _text.Length) throw new FormatException($"»{formula}« is not understood from {_at}.");
        (_text, _at) = (outer, at);
        return value;
    }

    private decimal Sum()
    {
        var value = Product();
        while (_at < _text.Length && _text[_at] is '+' or '-') value = _text[_at++] == '+' ? value + Product() : value - Product();
        return value;
    }

    private decimal Product()
    {
        var value = Atom();
        while (_at < _text.Length && _text[_at] is '*' or '/') value = _text[_at++] == '*' ? value * Atom() : value / Atom();
        return value;
    }

    private decimal Atom()
    {
        switch (_text[_at])
        {
            case '-':
                _at++;
                return -Atom();
            case '(':
                _at++;
                var inner = Sum();
                if (_text[_at++] != ')') throw new FormatException("A parenthesis is not closed.");
                return inner;
            case >= 'A' and <= 'Z' when _text[_at..].StartsWith("SUMIFS(", StringComparison.Ordinal):
                return SumIfs();
            case >= 'A' and <= 'Z':
                var start = _at;
                while (_at < _text.Length && char.IsAsciiLetterOrDigit(_text[_at])) _at++;
                return Cell(_text[start.._at]);
            default:
                var first = _at;
                while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.')) _at++;
                return decimal.Parse(_text[first.._at], CultureInfo.InvariantCulture);
        }
    }

    private decimal Cell(string reference) => !cells.TryGetValue(reference, out var cell) ? 0
        : cell.Formula is { } formula ? Of(formula)
        : cell.Number;

    private decimal SumIfs()
    {
        var end = _text.IndexOf(')', _at);
        var parts = _text[(_at + "SUMIFS(".Length)..end].Split(',');
        _at = end + 1;
        string[] Range(string text)
        {
            var match = Regex.Match(text, @"^\$?([A-Z]+)\$(\d+):\$?\1\$(\d+)$");
            var (first, last) = (int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture),
                int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture));
            return [.. Enumerable.Range(first, last - first + 1).Select(n => $"{match.Groups[1].Value}{n}")];
        }

        var (values, conditions) = (Range(parts[0]), parts.Skip(1).Chunk(2).Select(c => (Of: Range(c[0]), Is: c[1].Trim('"'))).ToList());
        return values.Where((_, n) => conditions.TrueForAll(c => cells.TryGetValue(c.Of[n], out var cell) && cell.Text == c.Is)).Sum(Cell);
    }
}
