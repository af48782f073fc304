using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Portal.Ingestion.Letters;

namespace Portal.Registering;

/// <summary>A line of a file: a letter, or what is wrong with it by field.</summary>
/// <param name="Line">The line's number in the file, from 1; the heads are the first.</param>
/// <param name="LetterId">As written; null when it is empty.</param>
public sealed record LetterLine(int Line, string? LetterId, LetterRegistration? Letter, IReadOnlyList<LetterProblem> Problems);

/// <summary>A file as it was read.</summary>
/// <param name="Lines">Its letters; empty lines are left out.</param>
/// <param name="Ignored">Heads that no column has; what stands under them is not read.</param>
/// <param name="Trouble">Why the file as a whole cannot be read: a key of <see cref="RegisterTexts"/>; null when it can.</param>
public sealed record LetterFileReading(IReadOnlyList<LetterLine> Lines, IReadOnlyList<string> Ignored, string? Trouble);

/// <summary>Reads a CSV file of letters: semicolon, comma or tab; UTF-8 with or without BOM, UTF-16 with one, or Windows-1252. Nothing is stored. Pure.</summary>
public static class LetterFile
{
    /// <summary>The most lines that a file may have.</summary>
    public const int MaxLines = 10_000;

    /// <summary>The largest file, bytes.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    private static readonly string[] Yes = ["", "ja", "j", "true", "1", "yes", "x"];
    private static readonly string[] No = ["nej", "n", "false", "0", "no"];

    static LetterFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The template: heads and one example, with BOM and semicolons, so that spreadsheets in Danish open it as columns.</summary>
    public static byte[] Template() =>
    [
        .. Encoding.UTF8.GetPreamble(),
        .. Encoding.UTF8.GetBytes($"{string.Join(';', LetterColumns.All.Select(c => c.Head))}\r\n{string.Join(';', LetterColumns.All.Select(c => c.Example))}\r\n"),
    ];

    /// <summary>Reads the file; never throws for bad content.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="now">The time now, which no letter may be far ahead of.</param>
    public static LetterFileReading Read(byte[] bytes, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var text = Decode(bytes);
        if (string.IsNullOrWhiteSpace(text)) return new([], [], "FileEmpty");
        if (text.Contains('\0', StringComparison.Ordinal)) return new([], [], "FileNotText");
        using var csv = new CsvReader(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = DelimiterOf(text), BadDataFound = null, MissingFieldFound = null, DetectColumnCountChanges = false, IgnoreBlankLines = true });
        try
        {
            return Read(csv, now);
        }
        catch (CsvHelperException)
        {
            return new([], [], "FileNotCsv");
        }
    }

    private static LetterFileReading Read(CsvReader csv, DateTimeOffset now)
    {
        if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord is not { } heads) return new([], [], "FileEmpty");
        var columns = heads.Select(LetterColumns.Find).ToList();
        if (columns.TrueForAll(c => c is null)) return new([], [], "FileNoHeads");
        var lines = new List<LetterLine>();
        while (csv.Read())
        {
            if (lines.Count == MaxLines) return new([], [], "FileTooLong");
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var n = 0; n < columns.Count; n++)
            {
                if (columns[n] is { } column && csv.GetField(n)?.Trim() is { Length: > 0 } value) values[column.Field] = value;
            }

            if (values.Count > 0) lines.Add(LineOf(csv.Parser.RawRow, values, now));
        }

        return new(lines, [.. heads.Where((h, n) => columns[n] is null && h.Trim().Length > 0)], lines.Count == 0 ? "FileNoLetters" : null);
    }

    private static LetterLine LineOf(int line, Dictionary<string, string> values, DateTimeOffset now)
    {
        string? Of(string field) => values.GetValueOrDefault(field);
        var decision = Of("decision")?.ToLowerInvariant() ?? "";
        var result = LetterValidation.Validate(new LetterSubmission
        {
            CaseNumber = Of("caseNumber"), CaseType = Of("caseType"), LetterId = Of("letterId"), Title = Of("title"), Channel = Of("channel")?.Replace(" ", "", StringComparison.Ordinal),
            Recipient = new RecipientSubmission { Name = Of("recipient.name"), Id = Of("recipient.id"), IdType = Of("recipient.idType") ?? TypeOf(Of("recipient.id")) },
            Decision = !No.Contains(decision), SentAt = LetterMoment.ToIso(Of("sentAt")),
            Identifiers = new LetterIdentifiers
            {
                MessageUuid = Of("identifiers.messageUuid"), TransmissionId = Of("identifiers.transmissionId"), MessageId = Of("identifiers.messageId"),
                ForsendelseIdentifikator = Of("identifiers.forsendelseIdentifikator"), AfsendelseIdentifikator = Of("identifiers.afsendelseIdentifikator"), CorrelationId = Of("identifiers.correlationId"),
            },
        }, now);
        var problems = result.Problems.ToList();
        if (!Yes.Contains(decision) && !No.Contains(decision)) problems.Add(new LetterProblem("decision", "Skal være ja eller nej."));
        return new LetterLine(line, Of("letterId"), problems.Count == 0 ? result.Letter : null, problems);
    }

    // Ten digits are a person's, eight a company's; anything else must say what it is.
    private static string? TypeOf(string? id) => id?.Count(char.IsAsciiDigit) switch { 10 => "CPR", 8 => "CVR", _ => null };

    private static string Decode(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith(Encoding.UTF8.GetPreamble())) return Encoding.UTF8.GetString(bytes.AsSpan(3));
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes.AsSpan(2));
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2));
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.GetEncoding(1252).GetString(bytes);
        }
    }

    private static string DelimiterOf(string text)
    {
        var head = text.AsSpan(0, text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? end : text.Length);
        var (semicolons, commas, tabs) = (head.Count(';'), head.Count(','), head.Count('\t'));
        return tabs > semicolons && tabs > commas ? "\t" : commas > semicolons ? "," : ";";
    }
}
