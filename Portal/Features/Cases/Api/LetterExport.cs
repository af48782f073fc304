using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Ingestion.Letters;
using Portal.Platform.Access;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Http.Problems;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Cases.Api;

/// <summary>The letters that the page shows as a file, by the same query. Noted in the access log before it is given out.</summary>
internal sealed class LetterExport([FromKeyedServices(NotedReaders.Unnoted)] ILetterList letters, IAccessLog log, TimeProvider time)
{
    /// <summary>The most letters in one file: more than a spreadsheet is read for, and few enough to be held in memory.</summary>
    public const int Most = 20_000;

    private const int PageSize = 1000;

    /// <summary>The file; 400 for a wrong value, and for more letters than <see cref="Most"/>.</summary>
    public async Task<IResult> AnswerAsync(HttpContext context, ListFormat format)
    {
        var (filters, wrong) = LetterFilters.Read(name => context.Request.Query[name]);
        if (wrong is not null)
        {
            return PortalProblems.WrongField(
                wrong, $"{wrong} kan ikke læses. Datoer skrives som 2026-11-30; verdict og kind som i GET /api/breve.");
        }

        var (viewer, cancellationToken) = (context.GetViewer(), context.RequestAborted);
        if (await letters.CountAsync(viewer, filters.Query, cancellationToken) is > Most and var count)
        {
            return PortalProblems.WrongField("from", $"Der er {DanishFormat.Number(count)} breve, og en fil har højst "
                + $"{DanishFormat.Number(Most)}. Vælg en kortere periode.");
        }

        var rows = new List<LetterView>();
        string? cursor = null;
        do
        {
            var page = await letters.ReadAsync(viewer, filters.Query, cursor, PageSize, cancellationToken);
            rows.AddRange(page.Items);
            cursor = page.Cursor;
        }
        while (cursor is not null && rows.Count < Most);

        var note = new AccessNote(AccessKind.LetterList)
        {
            Hits = rows.Count, Reference = filters.IsEmpty ? null : filters.QueryString, OfCases = [.. rows.Select(r => r.CaseNumber)],
        };
        await log.NoteAsync(viewer, note, cancellationToken);
        var now = time.GetUtcNow();
        var name = $"breve-{LetterFilters.DayText(DanishFormat.Day(now))}";
        return format == ListFormat.Csv
            ? Results.File(LetterSheet.Csv(rows), ListExport.CsvType, $"{name}.csv")
            : Results.File(WorkbookWriter.Write([LetterSheet.Of(rows)], "Breve", now), ListExport.XlsxType, $"{name}.xlsx");
    }
}
