namespace Portal.Platform.Text;

/// <summary>Escapes texts for spreadsheet cells against formula injection.</summary>
internal static class SpreadsheetText
{
    /// <summary>The text with an apostrophe before it when a spreadsheet would calculate it; empty for none.</summary>
    /// <remarks>The wide forms of these characters too, which spreadsheets in Japanese calculate (OWASP, CSV injection).</remarks>
    public static string Of(string? text) => text is [var first, ..] && Calculated.Contains(first) ? "'" + text : text ?? "";

    private const string Calculated = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";
}
