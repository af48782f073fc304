using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Platform.Access;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Http.Problems;
using Portal.Platform.Text;

namespace Portal.Features.FollowUp.Api;

/// <summary>
/// The worklist as a file, with the filter, order and columns of its page. Noted in the access log before it is given out.
/// </summary>
internal sealed class WorkExport([FromKeyedServices(NotedReaders.Unnoted)] IWorklistService work, IAccessLog log, TimeProvider time)
{
    private static readonly ListFile<FollowUpItem> File = new(
        "Opfølgning", "opfoelgning", WorkShape.Shape,
        [
            new(WorkShape.Reason, "grund", SheetTable.Middle, r => SheetCell.Text(Danish($"Reason{r.Reason}"))),
            new(WorkShape.Case, "sag", SheetTable.Middle, r => SheetCell.Text(r.CaseNumber ?? r.BeskedId)),
            new(WorkShape.Case, "titel", SheetTable.Wide, r => SheetCell.Text(r.Title)),
            new(WorkShape.Letter, "brevets id", SheetTable.Middle, r => SheetCell.Text(r.LetterId)),
            new(WorkShape.Recipient, "modtager", SheetTable.Middle, r => SheetCell.Text(r.RecipientName)),
            new(WorkShape.Since, "siden", 20, r => SheetCell.Moment(r.Since)),
            new(WorkShape.Age, "arbejdsdage", SheetTable.Narrow, r => SheetCell.Number(r.WorkingDays)),
            new(WorkShape.Advice, "hvad er der sket", SheetTable.Wide, r => SheetCell.Text(r.Explanation.Danish)),
            new(WorkShape.Owner, "tildelt", SheetTable.Middle, r => SheetCell.Text(r.AssignedTo)),
            new(WorkShape.Latest, "seneste", SheetTable.Wide,
                r => SheetCell.Text(r.Work.Latest is { } latest ? WorkActionText.Danish(latest) : null)),
            new(WorkShape.Latest, "seneste af", SheetTable.Middle, r => SheetCell.Text(r.Work.Latest?.By)),
            new(WorkShape.Latest, "seneste tidspunkt", 20, r => SheetCell.Moment(r.Work.Latest?.At)),
        ]);

    /// <summary>The file; 400 for a search text with a CPR number.</summary>
    public async Task<IResult> AnswerAsync(HttpContext context, ListFormat format)
    {
        string? Value(string name) => context.Request.Query[name];
        if (WorkChoice.HoldsCpr(Value("soeg")))
            return PortalProblems.WrongField("soeg", "soeg må ikke indeholde et CPR-nummer.");
        var (viewer, now, stop) = (context.GetViewer(), time.GetUtcNow(), context.RequestAborted);
        var choice = WorkChoice.Read(Value);
        var query = choice.ToQuery(now);
        var rows = await ListExport.ReadAsync((cursor, limit) => work.ReadAsync(viewer, query, cursor, limit, stop));
        await log.NoteAsync(
            viewer,
            new AccessNote(AccessKind.LetterList)
            {
                Hits = rows.Items.Count, Text = choice.Text, Reference = $"opfoelgning?{choice.Query}".TrimEnd('?'),
                OfCases = [.. rows.Items.Select(r => r.CaseNumber).OfType<string>()],
            }, stop);
        return ListExport.Answer(File, rows, choice.Look, format, new ListFileOrigin(viewer.Name, now, choice.Query));
    }

    private static string Danish(string key) => TextResources.Danish<FollowUpTexts>(key);
}
