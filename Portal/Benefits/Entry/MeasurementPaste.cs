using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Benefits.Formulas;
using Portal.Benefits.Problems;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Time;
using Portal.Shell;

namespace Portal.Benefits.Entry;

/// <summary>A line of what was pasted, as it was understood.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">As it was pasted, shortened.</param>
/// <param name="At">The moment it is of, UTC; null when it was not understood or left out.</param>
/// <param name="Value">The number; null when it was not understood or left out.</param>
/// <param name="Note">What stood behind the number.</param>
/// <param name="Problem">Why it was not understood; null when it was.</param>
/// <param name="Skipped">A heading or a line without a number: nothing is saved for it, and that is right.</param>
public sealed record PastedLine(int Number, string Text, DateTimeOffset? At, decimal? Value, string? Note, ProblemText? Problem, bool Skipped);

/// <summary>Reads a date or month and a number from each line of a spreadsheet's cells. Pure.</summary>
public static partial class MeasurementPaste
{
    /// <summary>Most lines.</summary>
    public const int MaxLines = 1_000;

    private const int Shown = 80;
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

    private sealed record Cells(int Number, string Text, DateOnly? Day, string Figure, Notation? Notation, string? Note);

    /// <summary>Every line that is not empty, understood or with what is wrong.</summary>
    /// <param name="chosen">How the numbers are written, when the user has said so; null: found out from the numbers themselves.</param>
    /// <param name="today">In Copenhagen.</param>
    public static IReadOnlyList<PastedLine> Read(string? text, Notation? chosen, DateOnly today)
    {
        var lines = TextLines.WithLineFeeds(text ?? "").Split('\n').Select((line, n) => (Line: line, Number: n + 1)).Where(l => !string.IsNullOrWhiteSpace(l.Line)).ToList();
        var cells = lines.Take(MaxLines).Select(l => Split(l.Line, l.Number)).ToList();
        var notations = cells.Select(c => c.Notation).OfType<Notation>().Where(n => n is Notation.Danish or Notation.English).Distinct().ToList();
        var mixed = chosen is null && notations.Count == 2;
        var notation = chosen ?? (notations.Count == 1 ? notations[0] : null);
        var seen = new Dictionary<DateOnly, int>();
        var read = cells.Select((line, n) => Line(line, n == 0, notation, mixed, seen, today)).ToList();
        if (lines.Count > MaxLines) read.Add(new PastedLine(lines[MaxLines].Number, "…", null, null, null, ProblemTexts.Of("TooManyLines", MaxLines), false));
        return read;
    }

    private static PastedLine Line(Cells line, bool first, Notation? notation, bool mixed, Dictionary<DateOnly, int> seen, DateOnly today)
    {
        PastedLine Wrong(string key, params object[] places) => new(line.Number, Short(line.Text), null, null, null, ProblemTexts.Of(key, places), false);
        if (first && line.Day is null && line.Notation is null) return new PastedLine(line.Number, Short(line.Text), null, null, null, null, true);
        if (line.Day is not { } day) return Wrong("DateNotUnderstood");
        if (line.Figure.Length == 0) return new PastedLine(line.Number, Short(line.Text), null, null, null, null, true);
        if (line.Notation is not { } written) return Wrong("NotANumber", Short(line.Figure));
        if (mixed && written != Notation.Plain) return Wrong("NotationsMixed");
        if (written == Notation.Either && notation is null) return Wrong("NotationUnsure", line.Figure);
        if (WrittenNumber.Read(line.Figure, notation ?? written) is not { } value) return Wrong("NotInNotation", Short(line.Figure));
        if (day > today) return Wrong("DateInFuture");
        if (!seen.TryAdd(day, line.Number)) return Wrong("SameDate", seen[day]);
        return new PastedLine(line.Number, Short(line.Text), DanishTime.FromLocal(day.ToDateTime(new TimeOnly(12, 0))), value, line.Note, null, false);
    }

    private static Cells Split(string line, int number)
    {
        var cells = line.Split('\t');
        if (cells.Length == 1) cells = line.Split(';');
        if (cells.Length == 1 && LastNumber().Match(line) is { Success: true } match) cells = [match.Groups[1].Value, match.Groups[2].Value];
        var figure = cells.Length > 1 ? Sign().Replace(cells[1].Trim(), "").Trim() : "";
        var note = string.Join(" ", cells.Skip(2).Select(c => c.Trim()).Where(c => c.Length > 0));
        return new Cells(number, line.Trim(), Day(cells[0].Trim()), figure, figure.Length > 0 ? WrittenNumber.NotationOf(figure) : null, note.Length > 0 ? note : null);
    }

    // A month stands for its first day.
    private static DateOnly? Day(string text)
    {
        if (DateOnly.TryParseExact(text, ["d.M.yyyy", "d-M-yyyy", "d/M-yyyy", "d/M/yyyy", "yyyy-M-d", "yyyy-MM", "M.yyyy", "M/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        if (NamedMonth().Match(text.ToLowerInvariant()) is not { Success: true } named) return null;
        var month = Array.FindIndex(Months, m => named.Groups[1].Value.StartsWith(m, StringComparison.Ordinal));
        return month < 0 ? null : new DateOnly(int.Parse(named.Groups[2].Value, CultureInfo.InvariantCulture), month + 1, 1);
    }

    private static string Short(string text) => text.Length > Shown ? text[..Shown] + "…" : text;

    [GeneratedRegex(@"^(.*\S)\s+([-−–]?[0-9][0-9.,]*\s*%?)$", RegexOptions.CultureInvariant)]
    private static partial Regex LastNumber();

    [GeneratedRegex(@"\s*(%|kr\.?|t|timer|min\.?)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Sign();

    [GeneratedRegex(@"^(\p{L}{3,9})\.?\s+(20[0-9]{2}|19[0-9]{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex NamedMonth();
}
