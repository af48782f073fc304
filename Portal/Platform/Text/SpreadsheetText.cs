namespace Portal.Platform.Text;

/// <summary>Escapes texts for spreadsheet cells against formula injection.</summary>
internal static class SpreadsheetText
{
    /// <summary>The text with an apostrophe before it when a spreadsheet would calculate it; empty for none.</summary>
    public static string Of(string? text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text ?? "";
}
