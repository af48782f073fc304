using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Portal.Ingestion.Domain;
using Portal.Platform.Http.Problems;
using Portal.Platform.Text;

namespace Portal.Features.AccessControl.Api;

/// <summary>
/// The access log as a file for Danish spreadsheets: semicolons, Danish times, UTF-8 with a byte order mark. That somebody took it is
/// entered in the log before it is given out.
/// </summary>
internal sealed class AccessExport(IAccessLog log, TimeProvider time)
{
    /// <summary>The most lines in one file: few enough to be held in memory.</summary>
    public const int Most = 50_000;

    private const int PageSize = 1000;

    private static readonly string[] Headings =
    [
        "nummer", "tidspunkt", "hvem", "id", "login", "hvad", "afvist", "myndighed", "sag", "brev", "besked", "formål", "søgte efter",
        "antal", "dokument eller række",
    ];

    /// <summary>The file; 400 for more lines than <see cref="Most"/>.</summary>
    /// <param name="asked">The query, for the log.</param>
    [Demands(ViewerRights.AccessLog)]
    public async Task<IResult> AnswerAsync(Viewer viewer, AccessFilter filter, string? asked, CancellationToken cancellationToken)
    {
        var rows = new List<AccessEntry>();
        string? cursor = null;
        do
        {
            var page = await log.ReadAsync(viewer, filter, cursor, PageSize, cancellationToken);
            rows.AddRange(page.Items);
            cursor = page.Cursor;
            if (rows.Count > Most || (rows.Count == Most && cursor is not null))
            {
                return PortalProblems.WrongField("from", $"Der er flere end {DanishFormat.Number(Most)} linjer, og en fil har ikke flere. "
                    + "Vælg en kortere periode.");
            }
        }
        while (cursor is not null);

        await log.NoteAsync(
            viewer, new AccessNote(AccessKind.AccessExport) { Hits = rows.Count, Text = asked?.TrimStart('?') }, cancellationToken);
        var day = DanishFormat.Day(time.GetUtcNow()).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Results.File(Write(rows), "text/csv; charset=utf-8", $"adgangslog-{day}.csv");
    }

    /// <summary>The bytes of the file, in the order of the lines.</summary>
    internal static byte[] Write(IEnumerable<AccessEntry> lines)
    {
        using var bytes = new MemoryStream();
        using (var writer = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var csv = new CsvWriter(writer,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = ";", NewLine = "\r\n", InjectionOptions = InjectionOptions.None,
            }))
        {
            foreach (var name in Headings) csv.WriteField(name);
            csv.NextRecord();
            foreach (var line in lines)
            {
                foreach (var cell in Cells(line)) csv.WriteField(cell);
                csv.NextRecord();
            }
        }

        return bytes.ToArray();
    }

    private static string[] Cells(AccessEntry entry)
    {
        var line = entry.Record;
        return
        [
            entry.Number.ToString(CultureInfo.InvariantCulture), DanishFormat.Sent(line.At), Text(line.ByName), Text(line.ById),
            Text(line.Session), AccessWording.Danish(entry), line.Refused ? "ja" : "", line.Authority, Text(line.CaseNumber),
            Text(line.LetterId), Text(line.BeskedId), Text(line.Purpose), Text(line.Text),
            line.Hits?.ToString(CultureInfo.InvariantCulture) ?? "", Text(line.Reference),
        ];
    }

    private static string Text(string? text) => text is null ? "" : SpreadsheetText.Of(CprNumber.MaskIn(text));
}
