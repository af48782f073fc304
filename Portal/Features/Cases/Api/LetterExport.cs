using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Ingestion.Letters;
using Portal.Platform.Access;
using Portal.Platform.Http.Problems;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Cases.Api;

/// <summary>The letters that the page shows as a file, by the same query. Noted in the access log before it is given out.</summary>
internal static class LetterExport
{
    /// <summary>The most letters in one file: more than a spreadsheet is read for, and few enough to be held in memory.</summary>
    public const int Most = 20_000;

    private const int PageSize = 1000;

    /// <summary>The file; 400 for a wrong value, and for more letters than <see cref="Most"/>.</summary>
    public static async Task<IResult> AnswerAsync(
        HttpContext context, [FromKeyedServices(NotedReaders.Unnoted)] ILetterList letters, IAccessLog log, TimeProvider time)
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
        var day = DanishFormat.Day(time.GetUtcNow());
        return Results.File(LetterCsv.Write(rows), "text/csv; charset=utf-8", $"breve-{LetterFilters.DayText(day)}.csv");
    }
}
