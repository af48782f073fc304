using Portal.Ingestion.Domain;
using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.PlainText;

/// <summary>Facts and tables as lines with a name before each value.</summary>
internal static class PlainTextRows
{
    private const string Indent = "  ";
    private const string Between = "   ";

    // The value of a longer name is on the next line, so that it does not move the other values to the right.
    private const int WidestName = 40;

    /// <summary>Adds a line for each fact, with the values below each other.</summary>
    public static void Write(PlainTextLines lines, FactsBlock facts)
    {
        lines.Begin();
        var width = facts.Facts.Select(f => f.Name.Length).Where(l => l <= WidestName).DefaultIfEmpty().Max();
        foreach (var fact in facts.Facts)
        {
            var value = PlainInlines.Of(fact.Value);
            if (fact.Name.Length <= WidestName) lines.Wrap(value, Indent + fact.Name.PadRight(width) + Between);
            else lines.Wrap(fact.Name, Indent).Wrap(value, Indent + Indent);
        }
    }

    /// <summary>Adds each row as a block with a line for each cell that is not empty: the column's head and the text.</summary>
    public static void Write(PlainTextLines lines, TableBlock table)
    {
        foreach (var row in table.Rows)
        {
            lines.Begin();
            foreach (var (column, cell) in table.Columns.Zip(row.Cells))
            {
                if (TextLines.OneLine(PlainInlines.Of(cell)) is { Length: > 0 } text) lines.Wrap($"{column.Header}: {text}", Indent);
            }
        }
    }
}
