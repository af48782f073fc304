using DocumentFormat.OpenXml.Spreadsheet;

namespace Portal.Platform.Documents.Workbooks;

/// <summary>The looks of cells, and their numbers in the workbook.</summary>
internal static class WorkbookStyles
{
    /// <summary>The most decimals that a number is shown with.</summary>
    public const int MostDecimals = 12;

    private const uint Day = 164, Month = 165, Moment = 166, Decimals = 170;

    // In the order of the styles below; numbers follow, first plain, then bold.
    private const int FirstNumber = 6;

    /// <summary>The number of a cell's style.</summary>
    public static uint IndexOf(SheetCell cell) => (uint)(cell.Look switch
    {
        CellLook.Heading => 1,
        CellLook.Bold => 2,
        CellLook.Day => 3,
        CellLook.Month => 4,
        CellLook.Moment => 5,
        CellLook.Number => FirstNumber + Math.Clamp(cell.Decimals, 0, MostDecimals),
        CellLook.BoldNumber => FirstNumber + MostDecimals + 1 + Math.Clamp(cell.Decimals, 0, MostDecimals),
        _ => 0,
    });

    /// <summary>The styles of a workbook.</summary>
    public static Stylesheet Make()
    {
        List<NumberingFormat> formats =
            [Format(Day, "dd-mm-yyyy"), Format(Month, "mmm yyyy"), Format(Moment, "dd-mm-yyyy hh:mm")];
        formats.AddRange(Enumerable.Range(1, MostDecimals).Where(n => n != 2)
            .Select(n => Format(Decimals + (uint)n, "#,##0." + new string('0', n))));
        List<CellFormat> looks =
        [
            Look(0, 0, wrap: true), Look(0, 1, wrap: true, fill: 2), Look(0, 1, wrap: true), Look(Day), Look(Month), Look(Moment),
            .. Numbers(0), .. Numbers(1),
        ];
        return new Stylesheet(
            new NumberingFormats(formats) { Count = (uint)formats.Count },
            new Fonts(Font(bold: false), Font(bold: true)) { Count = 2 },
            new Fills(
                new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
                new Fill(new PatternFill(
                    new ForegroundColor { Rgb = "FFE8EEF4" }, new BackgroundColor { Indexed = 64 }) { PatternType = PatternValues.Solid }))
            { Count = 3 },
            new Borders(
                new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())) { Count = 1 },
            new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }) { Count = 1 },
            new CellFormats(looks) { Count = (uint)looks.Count },
            new CellStyles(new CellStyle { Name = "Normal", FormatId = 0, BuiltinId = 0 }) { Count = 1 });
    }

    // 3 and 4 are built in (ECMA-376): #,##0 and #,##0.00, in the notation of the reader's spreadsheet.
    private static IEnumerable<CellFormat> Numbers(uint font) => Enumerable.Range(0, MostDecimals + 1)
        .Select(n => Look(n switch { 0 => 3u, 2 => 4u, _ => Decimals + (uint)n }, font));

    private static CellFormat Look(uint format, uint font = 0, bool wrap = false, uint fill = 0) =>
        new(new Alignment { Vertical = VerticalAlignmentValues.Top, WrapText = wrap ? true : null })
        {
            NumberFormatId = format, FontId = font, FillId = fill, BorderId = 0, FormatId = 0, ApplyNumberFormat = format != 0,
            ApplyFont = font != 0, ApplyFill = fill != 0, ApplyAlignment = true,
        };

    private static NumberingFormat Format(uint id, string code) => new() { NumberFormatId = id, FormatCode = code };

    private static Font Font(bool bold)
    {
        var font = new Font();
        if (bold) font.Append(new Bold());
        font.Append(new FontSize { Val = 11 }, new FontName { Val = "Calibri" });
        return font;
    }
}
