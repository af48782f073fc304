namespace Portal.Features.Reports;

/// <summary>Texts that people wrote, in a cell of a spreadsheet: what it would take for a formula is made text.</summary>
internal static class SpreadsheetText
{
    /// <summary>The text with an apostrophe before it when a spreadsheet would calculate it; empty for none.</summary>
    public static string Of(string? text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text ?? "";
}
