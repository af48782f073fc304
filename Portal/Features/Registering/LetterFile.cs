using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Letters;

namespace Portal.Features.Registering;

/// <summary>A line of a file: a letter, or what is wrong with it by field.</summary>
/// <param name="Line">The line's number in the file, from 1.</param>
/// <param name="LetterId">As written; null when it is empty.</param>
public sealed record LetterLine(int Line, string? LetterId, LetterRegistration? Letter, IReadOnlyList<LetterProblem> Problems)
{
    /// <summary>As written; null when empty. Present on wrong lines too, so that people find them.</summary>
    public string? CaseNumber { get; init; }

    /// <summary>The recipient's name as written; null when empty. Present on wrong lines too.</summary>
    public string? Recipient { get; init; }

    /// <summary>The title as written; null when empty. Present on wrong lines too.</summary>
    public string? Title { get; init; }

    /// <summary>Accepted values that may be mistakes, by field.</summary>
    public IReadOnlyList<LetterProblem> Warnings { get; init; } = [];

    /// <summary>The letter's time of sending is in the future, by more than <see cref="LetterFile.ClockTolerance"/>.</summary>
    public bool IsAhead { get; init; }

    /// <summary>A decision of a case type that has no period of appeal.</summary>
    public bool HasUnknownType { get; init; }
}

/// <summary>The result of reading a file.</summary>
/// <param name="Lines">Its letters, valid or not; empty lines are left out.</param>
/// <param name="Ignored">Unknown headers; their columns are not read.</param>
/// <param name="Error">Why the whole file cannot be read, as a key of <see cref="RegisterTexts"/>; null when it can.</param>
public sealed record LetterFileReading(IReadOnlyList<LetterLine> Lines, IReadOnlyList<string> Ignored, string? Error)
{
    /// <summary>The encoding that it was read as.</summary>
    public string ReadAs { get; init; } = "";
}

/// <summary>
/// Reads a CSV file of letters as spreadsheets save it: separated by semicolon, comma, tab or vertical bar, with or without a first line
/// <c>sep=;</c>, in any encoding of <see cref="FileText"/>. A wrong line does not affect the others. Stores nothing. Pure.
/// </summary>
public static partial class LetterFile
{
    /// <summary>The most letters that a file may have.</summary>
    public const int MaxLines = 10_000;

    /// <summary>The largest file, in bytes.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>How far ahead of the portal's clock a time of sending may be before it counts as in the future.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(10);

    // A report may have its title, date and author above the header.
    private const int MostLinesBeforeHeads = 10;

    // Excel's limit.
    private const int MostColumns = 16_384;

    private static readonly char[] Separators = [';', ',', '\t', '|'];
    private static readonly string[] Yes = ["", "ja", "j", "sand", "true", "1", "yes", "x"];
    private static readonly string[] No = ["nej", "n", "falsk", "false", "0", "no"];

    /// <summary>The template: header and one example, with BOM and semicolons, so that a Danish Excel opens it as columns.</summary>
    public static byte[] Template() =>
    [
        .. Encoding.UTF8.GetPreamble(),
        .. Encoding.UTF8.GetBytes($"{string.Join(';', LetterColumns.All.Select(c => c.Head))}\r\n"
            + $"{string.Join(';', LetterColumns.All.Select(c => c.Example))}\r\n"),
    ];

    /// <summary>Reads the file; does not throw for bad content.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="now">The current time, UTC; later times of sending give a warning.</param>
    /// <param name="caseTypes">The case types that have a period of appeal, to warn of others; null: no warnings.</param>
    public static LetterFileReading Read(byte[] bytes, DateTimeOffset now, IEnumerable<string>? caseTypes = null)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var (text, readAs) = FileText.Of(bytes);
        text = text.TrimEnd('\u001A');
        if (string.IsNullOrWhiteSpace(text)) return new([], [], "FileEmpty");
        if (text.Contains('\0', StringComparison.Ordinal)) return new([], [], "FileNotText");
        var (start, line, separator) = Begin(text);
        return new Reader(text[start..], line, separator, now, caseTypes?.ToList()).Run() with { ReadAs = readAs };
    }

    // Finds the header, after a line "sep=;", empty lines and a report's title, and the separator that gives the most known headers.
    private static (int Start, int Line, char Separator) Begin(string text)
    {
        var (start, line) = (0, 1);
        char? separator = null;
        (int Start, int Line, char Separator)? title = null;
        for (var looked = 0; start < text.Length && looked < MostLinesBeforeHeads; line++)
        {
            var end = text.AsSpan(start).IndexOfAny('\r', '\n') is >= 0 and var length ? start + length : text.Length;
            var first = text[start..end].Trim('\uFEFF', '\u200B');
            if (separator is null && SeparatorLine().Match(first) is { Success: true } match)
            {
                separator = match.Groups[1].Value[0];
            }
            else if (first.Trim().Trim(Separators).Length > 0)
            {
                looked++;
                var by = separator is { } sep && Known(first, sep) > 0 ? sep : Separators.MaxBy(s => Known(first, s));
                title ??= (start, line, by);
                if (Known(first, by) > (title.Value.Start == start ? 0 : 1)) return (start, line, by);
            }

            start = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
        }

        return title ?? (text.Length, line, ';');
    }

    private static int Known(string heads, char separator) =>
        (CsvRecords.Read(heads, separator).FirstOrDefault()?.Fields ?? []).Take(MostColumns)
            .Select(LetterColumns.Find).OfType<LetterColumns.Column>().Distinct().Count();

    private const string AsText = "Formatér kolonnen som tekst, skriv nummeret igen, og gem filen.";
    private const string TwoWays =
        "Kan læses på to måder, for en anden linje har måneden før dagen. Vis datoerne som 2023-02-13 i regnearket, og gem filen igen.";
    private const string WrongLetters =
        "Danske bogstaver var gået i stykker (fx Ã¸ for ø), før filen blev gemt, og er læst, som de var ment. "
        + "Se efter, at teksten er rigtig.";

    private sealed class Reader(string text, int firstLine, char separator, DateTimeOffset now, List<string>? caseTypes)
    {
        // A date in the file has the month first, so ambiguous dates are refused instead of guessed.
        private bool _monthFirst;

        public LetterFileReading Run()
        {
            var heads = CsvRecords.Read(text, separator).FirstOrDefault()?.Fields ?? [];
            var columns = heads.Take(MostColumns).Select(LetterColumns.Find).ToList();
            if (heads.Count > MostColumns || columns.TrueForAll(c => c is null)) return new([], [], "FileNoHeads");
            _monthFirst = CsvRecords.Read(text, separator, heads.Count).Skip(1).Any(record => IsMonthFirst(record, columns));
            var lines = new List<LetterLine>();
            foreach (var record in CsvRecords.Read(text, separator, heads.Count).Skip(1))
            {
                if (record.Fields.All(f => f.Trim().Length == 0)) continue;
                if (lines.Count == MaxLines) return new([], [], "FileTooLong");
                lines.Add(LineOf(record, columns));
            }

            return new(Together(lines), [.. heads.Where((h, n) => columns[n] is null && h.Trim().Length > 0)],
                lines.Count == 0 ? "FileNoLetters" : null);
        }

        private static bool IsMonthFirst(CsvRecord record, List<LetterColumns.Column?> columns) => record.Fields.Take(columns.Count)
            .Where((field, n) => columns[n]?.Field == "sentAt" && WrittenDate.Read(Bare(field, isNumbered: false)).IsMonthFirst).Any();

        private LetterLine LineOf(CsvRecord record, List<LetterColumns.Column?> columns)
        {
            var (values, problems) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<LetterProblem>());
            for (var n = 0; n < record.Fields.Count; n++)
            {
                var value = Bare(record.Fields[n], n < columns.Count && columns[n] is { } named && IsNumbered(named.Field));
                if (value.Length == 0) continue;
                if (n >= columns.Count)
                {
                    problems.Add(new(
                        "$", "Linjen har flere felter, end der er overskrifter. Et felt med et skilletegn i skal stå i anførselstegn."));
                }
                else if (columns[n] is { } column && !values.TryAdd(column.Field, value) && values[column.Field] != value)
                    problems.Add(new(column.Field, "Står i to kolonner med hver sin værdi."));
                if (n >= columns.Count) break;
            }

            var at = record.Line + firstLine - 1;
            if (record.Unclosed)
            {
                problems = [new("$", $"Linje {at.ToString(CultureInfo.InvariantCulture)} har et anførselstegn (\"), "
                    + "som ikke bliver lukket. Sæt det manglende, eller skriv to (\"\") for et i teksten.")];
                return new(at, values.GetValueOrDefault("letterId"), null, problems)
                {
                    CaseNumber = values.GetValueOrDefault("caseNumber"), Recipient = values.GetValueOrDefault("recipient.name"),
                    Title = values.GetValueOrDefault("title"),
                };
            }

            return LineOf(at, values, problems);
        }

        private LetterLine LineOf(int line, Dictionary<string, string> values, List<LetterProblem> problems)
        {
            string? Of(string field) => values.GetValueOrDefault(field);
            var decision = Of("decision")?.ToLowerInvariant() ?? "";
            var moment = LetterMoment.Read(Of("sentAt"));
            var result = LetterValidation.Validate(LetterFields.ToSubmission(Of) with { Decision = !No.Contains(decision) }, now);
            foreach (var (field, value) in values)
            {
                if (!IsNumbered(field)) continue;
                if (DateOfNumber().IsMatch(value)) problems.Add(new(field, $"Regnearket har gjort nummeret til en dato. {AsText}"));
                if (WithDecimals().IsMatch(value))
                    problems.Add(new(field, $"Regnearket har gjort nummeret til et tal med decimaler. {AsText}"));
                if (Exponent().IsMatch(value))
                    problems.Add(new(field, $"Regnearket har kortet tallet af (E+), så cifre er gået tabt. {AsText}"));
            }

            if (_monthFirst && WrittenDate.Read(Of("sentAt")) is { At: not null, MayBeMonthFirst: true })
                problems.Add(new("sentAt", TwoWays));
            foreach (var problem in result.Problems)
            {
                var follows = problem.Field == "recipient.idType" ? "recipient.id" : problem.Field;
                if (problems.Exists(other => other.Field == problem.Field || other.Field == follows)) continue;
                var isMoment = problem.Field == "sentAt" && moment is null && Of("sentAt") is not null;
                problems.Add(isMoment ? problem with { Message = LetterMoment.Problem(Of("sentAt"))! } : problem);
            }

            if (!Yes.Contains(decision) && !No.Contains(decision)) problems.Add(new("decision", "Skal være ja eller nej."));
            var letter = problems.Count == 0 ? result.Letter : null;
            return new(line, Of("letterId"), letter, problems)
            {
                CaseNumber = Of("caseNumber"), Recipient = Of("recipient.name"), Title = Of("title"),
                IsAhead = letter is not null && letter.SentAt > now + ClockTolerance,
                HasUnknownType = letter is not null && caseTypes is not null
                    && CaseTypeCode.DoubtOf(letter, caseTypes) == CaseTypeDoubt.Unknown,
                Warnings = letter is null
                    ? []
                    : [.. result.Mended.Select(field => new LetterProblem(field, WrongLetters)), .. WarningsOf(letter, moment, decision)],
            };
        }

        private IEnumerable<LetterProblem> WarningsOf(LetterRegistration letter, (DateTimeOffset At, bool HasTime)? moment, string decision)
        {
            if (letter.SentAt > now + ClockTolerance) yield return new("sentAt", "Ligger i fremtiden.");
            if (moment is { HasTime: false }) yield return new("sentAt", "Er uden klokkeslæt: kun datoen bliver vist, også i beviset.");
            if (letter.Identifiers.MessageUuid is { } uuid && IdentifierKey.Uuid(uuid) is null)
                yield return new("identifiers.messageUuid", "Er ikke et UUID (32 cifre og bogstaver fra a til f): er det det rigtige id?");
            if (decision.Length == 0) yield return new("decision", "Er tom: brevet regnes for en afgørelse.");
            if (caseTypes is not null && CaseTypeNote.Of(letter, caseTypes) is { } note) yield return note;
        }

        // Adds errors and warnings that depend on several lines.
        private static List<LetterLine> Together(List<LetterLine> lines)
        {
            var letters = lines.Where(l => l.Letter is not null).ToList();
            var others = LetterBatchConflicts.Find([.. letters.Select(l => l.Letter!)]);
            var wrong = new Dictionary<LetterLine, LetterProblem>(ReferenceEqualityComparer.Instance);
            for (var n = 0; n < letters.Count; n++)
            {
                if (others[n] is { } first)
                {
                    wrong[letters[n]] = new("letterId", $"Står også i linje {letters[first].Line.ToString(CultureInfo.InvariantCulture)} "
                        + "med en anden sag eller modtager. Ret det ene brevs id.");
                }
            }

            var shared = new Dictionary<(string Field, string Key), LetterLine>();
            return [.. lines.Select(line => line.Letter is not { } letter ? line
                : wrong.TryGetValue(line, out var problem)
                    ? line with { Letter = null, Problems = [problem], Warnings = [], IsAhead = false, HasUnknownType = false }
                : line with { Warnings = [.. line.Warnings, .. Shared(line, letter, shared)] })];
        }

        private static IEnumerable<LetterProblem> Shared(
            LetterLine line, LetterRegistration letter, Dictionary<(string Field, string Key), LetterLine> shared)
        {
            foreach (var (field, value) in new[] { ("identifiers.messageUuid", letter.Identifiers.MessageUuid),
                ("identifiers.messageId", letter.Identifiers.MessageId) })
            {
                if (value is null) continue;
                var first = shared.TryGetValue((field, IdentifierKey.Of(value)), out var known)
                    ? known
                    : shared[(field, IdentifierKey.Of(value))] = line;
                if (IdentifierKey.Of(first.LetterId) != IdentifierKey.Of(line.LetterId))
                {
                    yield return new(field, $"Er den samme som i linje {first.Line.ToString(CultureInfo.InvariantCulture)}: statusser kan "
                        + "ikke kende de to breve fra hinanden.");
                }
            }
        }

        private static bool IsNumbered(string field) =>
            field is "caseNumber" or "letterId" or "recipient.id" || field.StartsWith("identifiers.", StringComparison.Ordinal);

        // Spreadsheets and case systems mark numbers and formulas as text with ="0101…" or a leading apostrophe.
        private static string Bare(string field, bool isNumbered)
        {
            var value = field.Trim().Trim('\uFEFF', '\u200B');
            if (Kept().Match(value) is { Success: true } kept) return kept.Groups[1].Value.Trim();
            if (value is not ['\'', var next, ..]) return value;
            return isNumbered ? value.Trim('\'') : char.IsDigit(next) || next is '=' or '+' or '-' or '@' ? value[1..] : value;
        }
    }

    [GeneratedRegex("^\"?\\s*sep ?= ?\"?(.)\\s*\"*[;,|\\t]*\\s*\\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SeparatorLine();

    [GeneratedRegex(@"^-?[0-9]{1,3}(?:[.,][0-9]+\s?E[+-]?|\s?E[+-])[0-9]{1,3}\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Exponent();

    // The dates that a Danish or English spreadsheet makes of »26-04« or »4-12«.
    [GeneratedRegex(
        @"^(?:[0-9]{1,2}[-. ]{1,2}(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sept?|okt|oct|nov|dec)\.?|(?:jan|feb|mar|apr|maj|may|jun|jul|aug"
        + @"|sept?|okt|oct|nov|dec)\.?[- ][0-9]{2})\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex DateOfNumber();

    [GeneratedRegex("^[0-9]{6,}[.,]0{1,2}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex WithDecimals();

    [GeneratedRegex("^=\\s*\"(.*)\"\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Kept();
}
