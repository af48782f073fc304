namespace Portal.Features.Benefits.Entry;

/// <summary>A row of a spreadsheet's cells.</summary>
/// <param name="Number">The line on which it begins, from 1.</param>
/// <param name="Text">The whole row as pasted.</param>
/// <param name="Cells">Its cells, without the quotation marks that a spreadsheet puts around them; a single one without separators.</param>
internal sealed record PastedRow(int Number, string Text, IReadOnlyList<string> Cells);

/// <summary>
/// Splits the text that a spreadsheet puts on the clipboard into rows and cells. A quoted cell may hold line breaks; a quotation mark that
/// is not closed, or whose closing would swallow another row's cells, is an ordinary character, so that no line is lost or counted twice.
/// Pure.
/// </summary>
internal static class PastedRows
{
    // Characters: a closing mark further away belongs to another cell.
    private const int LongestCell = 4_000;

    /// <summary>The rows that are not empty.</summary>
    public static IEnumerable<PastedRow> Of(string text)
    {
        var (at, line) = (0, 1);
        while (at < text.Length)
        {
            var start = at;
            var end = EndOfLine(text, at);
            var separator = text.AsSpan(at, end - at).Contains('\t') ? '\t' : ';';
            var cells = new List<string>();
            while (true)
            {
                var (cell, next) = Cell(text, at, separator);
                cells.Add(cell);
                at = next;
                if (at >= text.Length || text[at] != separator) break;
                at++;
            }

            var row = text[start..at];
            if (!string.IsNullOrWhiteSpace(row)) yield return new PastedRow(line, row.Trim(), cells);
            line += row.Count(c => c == '\n') + 1;
            at++;
        }
    }

    private static int EndOfLine(string text, int from) => text.IndexOf('\n', from) is >= 0 and var end ? end : text.Length;

    private static (string Cell, int Next) Cell(string text, int at, char separator)
    {
        if (at < text.Length && text[at] == '"' && Closing(text, at, separator) is { } closing)
        {
            return (text[(at + 1)..closing].Replace("\"\"", "\"", StringComparison.Ordinal), closing + 1);
        }

        var end = text.AsSpan(at).IndexOfAny(separator, '\n') is >= 0 and var length ? at + length : text.Length;
        return (text[at..end], end);
    }

    // The index of the mark that closes a quoted cell; null when the first mark is an ordinary character.
    private static int? Closing(string text, int open, char separator)
    {
        var broken = false;
        for (var n = open + 1; n < text.Length && n - open <= LongestCell; n++)
        {
            broken |= text[n] == '\n';
            if (text[n] == separator && (broken || separator == '\t')) return null;
            if (text[n] != '"') continue;
            if (n + 1 >= text.Length || text[n + 1] == separator || text[n + 1] == '\n') return n;
            if (text[n + 1] != '"') return null;
            n++;
        }

        return null;
    }
}
