using System.Text;

namespace Portal.Features.Registering;

/// <summary>A record of a CSV file: its fields, and the line that it begins on, from 1.</summary>
/// <param name="Line">Line number in the text that was read.</param>
/// <param name="Fields">As written, without the surrounding quotation marks.</param>
/// <param name="Unclosed">A quotation mark in the line is never closed; the fields are those of this line alone, and the next record begins
/// on the next line.</param>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Fields, bool Unclosed);

/// <summary>
/// Splits a text into CSV records. A quoted field may hold separators, line breaks and doubled quotation marks. An unclosed quotation mark
/// affects only its own line; CSV libraries read on to the end of the file, so none is used.
/// </summary>
internal static class CsvRecords
{
    /// <summary>The records in order; an empty line is a record of one empty field.</summary>
    /// <param name="text">The file.</param>
    /// <param name="separator">The separator of fields.</param>
    /// <param name="columns">How many columns the header has; 0 before it is read.</param>
    public static IEnumerable<CsvRecord> Read(string text, char separator, int columns = 0)
    {
        var (at, line) = (0, 1);
        while (at < text.Length)
        {
            var (record, end, lines) = Next(text, at, line, separator);
            if (lines > 1 && columns > 0 && !record.Unclosed && record.Fields.Count != columns
                && Swallows(text, at, end, separator, columns))
            {
                record = record with { Unclosed = true };
            }
            if (record.Unclosed)
            {
                var alone = LineEnd(text, at);
                (record, end, lines) = (new CsvRecord(line, Plain(text[at..alone], separator), Unclosed: true), AfterBreak(text, alone), 1);
            }

            yield return record;
            (at, line) = (end, line + lines);
        }
    }

    // True when a quoted field over several lines gives a wrong number of fields, and a line within it has the right number: two quotation
    // marks are missing.
    private static bool Swallows(string text, int from, int to, char separator, int columns)
    {
        for (var at = AfterBreak(text, LineEnd(text, from)); at < to; at = AfterBreak(text, LineEnd(text, at)))
        {
            if (Plain(text[at..LineEnd(text, at)], separator).Count == columns) return true;
        }

        return false;
    }

    private static (CsvRecord Record, int End, int Lines) Next(string text, int start, int line, char separator)
    {
        var fields = new List<string>();
        var (at, lines) = (start, 1);
        while (true)
        {
            var quoted = at;
            while (quoted < text.Length && text[quoted] == ' ') quoted++;
            if (quoted < text.Length && text[quoted] == '"')
            {
                if (Quoted(text, quoted, separator) is not var (value, after, breaks))
                    return (new CsvRecord(line, [], Unclosed: true), start, 1);
                fields.Add(value);
                (at, lines) = (after, lines + breaks);
            }
            else
            {
                var end = at;
                while (end < text.Length && text[end] != separator && text[end] is not ('\r' or '\n')) end++;
                fields.Add(text[at..end]);
                at = end;
            }

            if (at < text.Length && text[at] == separator)
            {
                at++;
                continue;
            }

            return (new CsvRecord(line, fields, Unclosed: false), AfterBreak(text, at), lines);
        }
    }

    // The value of a quoted field, where it ends, and the line breaks in it; null when it is not closed. A quotation mark within a line
    // that is not doubled is text.
    private static (string Value, int End, int Breaks)? Quoted(string text, int open, char separator)
    {
        var value = new StringBuilder();
        var breaks = 0;
        for (var at = open + 1; at < text.Length; at++)
        {
            var character = text[at];
            if (character == '"' && at + 1 < text.Length && text[at + 1] == '"')
            {
                value.Append('"');
                at++;
            }
            else if (character == '"')
            {
                var after = at + 1;
                while (after < text.Length && text[after] == ' ') after++;
                if (after == text.Length || text[after] == separator || text[after] is '\r' or '\n')
                    return (value.ToString(), after, breaks);
                if (breaks > 0) return null;
                value.Append('"');
            }
            else
            {
                if (character == '\n' || (character == '\r' && (at + 1 == text.Length || text[at + 1] != '\n'))) breaks++;
                value.Append(character);
            }
        }

        return null;
    }

    private static List<string> Plain(string line, char separator) => [.. line.Split(separator)];

    private static int LineEnd(string text, int at)
    {
        while (at < text.Length && text[at] is not ('\r' or '\n')) at++;
        return at;
    }

    private static int AfterBreak(string text, int at)
    {
        if (at < text.Length && text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n') return at + 2;
        return Math.Min(text.Length, at + 1);
    }
}
