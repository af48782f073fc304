using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Ingestion.Letters;
using Portal.Platform.Access;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Http.Problems;
using Portal.Platform.Text;
using Portal.Platform.Ui;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.Cases.Api;

/// <summary>The letters that the page shows as a file, by the same query. Noted in the access log before it is given out.</summary>
internal sealed class LetterExport([FromKeyedServices(NotedReaders.Unnoted)] ILetterList letters, IAccessLog log, TimeProvider time)
{
    /// <summary>
    /// The file; 400 for a wrong value, and for more letters than <see cref="ListExport.Most"/> to a program, which would not read that
    /// its file is cut.
    /// </summary>
    public async Task<IResult> AnswerAsync(HttpContext context, ListFormat format)
    {
        var (filters, wrong) = LetterFilters.Read(name => context.Request.Query[name]);
        if (wrong is not null)
        {
            return PortalProblems.WrongField(
                wrong, $"{wrong} kan ikke læses. Datoer skrives som 2026-11-30; verdict og kind som i GET /api/breve.");
        }

        var (viewer, stop) = (context.GetViewer(), context.RequestAborted);
        var look = ListLook.ReadFile(LetterShape.Shape, name => context.Request.Query[name]);
        var rows = await ListExport.ReadAsync((cursor, limit) => letters.ReadAsync(viewer, filters.Query, cursor, limit, stop));
        if (rows.IsCut && !context.Request.Query.ContainsKey(ListLook.ColumnsName))
        {
            return PortalProblems.WrongField("from", $"En fil har højst {DanishFormat.Number(ListExport.Most)} breve. "
                + "Vælg en kortere periode.");
        }

        var note = new AccessNote(AccessKind.LetterList)
        {
            Hits = rows.Items.Count, Reference = filters.IsEmpty ? null : filters.QueryString,
            OfCases = [.. rows.Items.Select(r => r.CaseNumber)],
        };
        await log.NoteAsync(viewer, note, stop);
        return ListExport.Answer(
            LetterSheet.File, rows, look, format, new ListFileOrigin(viewer.Name, time.GetUtcNow(), look.In(filters.QueryString)));
    }
}
