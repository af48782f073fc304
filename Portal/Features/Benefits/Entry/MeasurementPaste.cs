using Portal.Features.Benefits.Problems;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Entry;

/// <summary>A pasted line, and how it was read.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">The text of the line, shortened.</param>
/// <param name="At">The time it was measured for, UTC; null when the line was not understood or is left out.</param>
/// <param name="Value">The number; null when the line was not understood or is left out.</param>
/// <param name="Note">The cells after the number.</param>
/// <param name="Problem">Why the line was not understood; null when it was.</param>
/// <param name="Skipped">True for a heading, a total or a line without a number, for which nothing is saved.</param>
public sealed record PastedLine(
    int Number, string Text, DateTimeOffset? At, decimal? Value, string? Note, ProblemText? Problem, bool Skipped);

/// <summary>Reads a date or month and a number from each line of a spreadsheet's cells. Pure.</summary>
public static class MeasurementPaste
{
    /// <summary>The most lines in one paste.</summary>
    public const int MaxLines = 1_000;

    /// <summary>The most characters (UTF-16 units) in one paste: a thousand lines with a note each.</summary>
    public const int MaxCharacters = 500_000;

    private const int Shown = 80;

    // Words in the total rows of spreadsheets, which are not measurements.
    private static readonly string[] Totals = ["i alt", "ialt", "total", "subtotal", "hovedtotal", "sum", "samlet", "grand total"];

    private sealed record Cells(int Number, string Text, string DayText, WrittenDate Day, string Figure, NumberReading? Read, string? Note);

    /// <summary>Reads every line that is not empty; each has a value or a problem, or is skipped.</summary>
    /// <param name="chosen">How the numbers are written, when the user has chosen; null: inferred from the numbers.</param>
    /// <param name="unit">The unit of the indicator.</param>
    /// <param name="today">Today's date in Copenhagen.</param>
    public static IReadOnlyList<PastedLine> Read(string? text, Notation? chosen, string unit, DateOnly today)
    {
        var rows = PastedRows.Of(TextLines.WithLineFeeds(text ?? "")).Take(MaxLines + 1).ToList();
        var cells = rows.Take(MaxLines).Select(Split).ToList();
        var notations = cells.Select(c => c.Read?.Notation).OfType<Notation>().Where(n => n is Notation.Danish or Notation.English)
            .Distinct().ToList();
        var mixed = chosen is null && notations.Count == 2;
        var notation = chosen ?? (notations.Count == 1 ? notations[0] : null);
        var seen = new Dictionary<DateOnly, int>();
        var monthFirst = cells.Find(c => c.Day.IsMonthFirst);
        PastedLine TwoWays(Cells line) => new(
            line.Number, Short(line.Text), null, null, null,
            ProblemTexts.Of("MonthFirst", Short(line.DayText), Short(monthFirst.DayText)), false);
        var read = cells.Select((line, n) => monthFirst is not null && line.Day is { Day: not null, MayBeMonthFirst: true }
            ? TwoWays(line) : Line(line, n == 0, notation, mixed, unit, seen, today)).ToList();
        if (rows.Count > MaxLines)
            read.Add(new PastedLine(rows[MaxLines].Number, "…", null, null, null, ProblemTexts.Of("TooManyLines", MaxLines), false));
        return read;
    }

    private static PastedLine Line(
        Cells line, bool first, Notation? notation, bool mixed, string unit, Dictionary<DateOnly, int> seen, DateOnly today)
    {
        PastedLine Wrong(ProblemText what) => new(line.Number, Short(line.Text), null, null, null, what, false);
        if (first && line.Day.Day is null && line.Read?.Notation is null)
            return new PastedLine(line.Number, Short(line.Text), null, null, null, null, true);
        var isTotal = Totals.Contains(line.DayText.TrimEnd(':', ' ').ToLowerInvariant());
        if (isTotal) return new PastedLine(line.Number, Short(line.Text), null, null, null, null, true);
        if (line.Day.Day is not { } day) return Wrong(NotADay(line));
        if (line.Read is not { } number) return new PastedLine(line.Number, Short(line.Text), null, null, null, null, true);
        if (number.Problem is { } wrong) return Wrong(wrong);
        if (mixed && number.Notation != Notation.Plain) return Wrong(ProblemTexts.Of("NotationsMixed"));
        if (number.Notation == Notation.Either && notation is null) return Wrong(ProblemTexts.Of("NotationUnsure", Short(line.Figure)));
        var reading = WrittenNumber.Read(line.Figure, notation);
        if ((reading.Problem ?? UnitOfNumber.Check(reading, unit) ?? UnitOfNumber.OutsideScale(reading.Value, unit)) is { } problem)
            return Wrong(problem);
        if (day > today) return Wrong(ProblemTexts.Of("DateInFuture"));
        if (!seen.TryAdd(day, line.Number)) return Wrong(ProblemTexts.Of("SameDate", seen[day]));
        return new PastedLine(line.Number, Short(line.Text), DanishTime.FromLocal(day.ToDateTime(new TimeOnly(12, 0))), reading.Value,
            line.Note, null, false);
    }

    private static ProblemText NotADay(Cells line) => line.Day.Problem switch
    {
        // What a spreadsheet shows instead of a date: a column too narrow, a formula that failed.
        _ when line.DayText.StartsWith('#') && WrittenNumber.Read(line.DayText).Problem is { } sheet => sheet,
        WrittenDateProblem.NoSuchDay => ProblemTexts.Of("NoSuchDay", Short(line.DayText)),
        WrittenDateProblem.EitherDay => ProblemTexts.Of("EitherDay", Short(line.DayText)),
        WrittenDateProblem.LongerPeriod => ProblemTexts.Of("LongerPeriod", Short(line.DayText)),
        WrittenDateProblem.SerialNumber => ProblemTexts.Of("SerialNumber", Short(line.DayText), line.Day.Suggestion!.Value),
        _ => ProblemTexts.Of("DateNotUnderstood"),
    };

    private static Cells Split(PastedRow row)
    {
        var cells = row.Cells.Count > 1 ? row.Cells : Apart(row.Cells[0].Trim());
        var figure = cells.Count > 1 ? cells[1].Trim() : "";
        var note = string.Join(" ", cells.Skip(2).Select(c => TextLines.OneLine(c)).Where(c => c.Length > 0));
        var day = cells[0].Trim();
        return new Cells(row.Number, row.Text, day, WrittenDate.Read(day), figure, figure.Length > 0 ? WrittenNumber.Read(figure) : null,
            note.Length > 0 ? note : null);
    }

    // Splits a line at spaces or a comma: after the first words that are a date, if a number follows; otherwise before the last word, so
    // that both parts can be reported.
    private static IReadOnlyList<string> Apart(string line)
    {
        for (var n = 1; n < line.Length - 1; n++)
        {
            if (!char.IsWhiteSpace(line[n]) && line[n] != ',') continue;
            var figure = line[(n + 1)..].Trim();
            if (figure.Length > 0 && WrittenDate.Read(line[..n]).Problem != WrittenDateProblem.NotUnderstood
                && WrittenNumber.Read(figure).Notation is not null)
            {
                return [line[..n], figure];
            }
        }

        return line.LastIndexOfAny([' ', '\t', '\u00A0']) is > 0 and var last ? [line[..last], line[(last + 1)..]] : [line];
    }

    private static string Short(string text) => TextCut.At(text, Shown, "…");
}
