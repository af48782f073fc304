using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Platform.Access;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Http.Problems;
using Portal.Platform.Ui;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.Cases.Api;

/// <summary>
/// The list of cases as a file, with the search, order and columns of its page. Noted in the access log before it is given out.
/// </summary>
internal sealed class CaseExport([FromKeyedServices(NotedReaders.Unnoted)] ICaseReader cases, IAccessLog log, TimeProvider time)
{
    private static readonly ListFile<CaseSummary> File = new(
        "Sager", "sager", CaseShape.Shape,
        [
            new(CaseShape.Number, "sag", SheetTable.Middle, c => SheetCell.Text(c.CaseNumber)),
            new(CaseShape.Type, "sagstype", SheetTable.Middle, c => SheetCell.Text(CaseTypes.NameOrEmpty(c.CaseType))),
            new(CaseShape.Verdict, "udfald", 20, c => SheetCell.Text(WordOf(c.Shown))),
            new(CaseShape.Title, "brev", SheetTable.Wide, c => SheetCell.Text(c.Shown.Title)),
            new(CaseShape.Recipient, "modtager", SheetTable.Middle, c => SheetCell.Text(c.Shown.Recipient)),
            new(CaseShape.Sent, "sendt", 20, c => SheetCell.Sent(c.Shown.SentAt)),
            new(CaseShape.Letters, "breve i sagen", SheetTable.Narrow, c => SheetCell.Number(c.Letters)),
            new(CaseShape.Attention, "kræver handling", SheetTable.Narrow, c => SheetCell.Number(c.NeedsAttention)),
        ]);

    /// <summary>The file; 400 for a search text with a CPR number.</summary>
    public async Task<IResult> AnswerAsync(HttpContext context, ListFormat format)
    {
        string? Value(string name) => context.Request.Query[name];
        var text = Value("soeg")?.Trim() is { Length: > 0 } words ? words : null;
        if (text is not null && (CprNumber.IsIn(text) || CprNumber.TryParse(text, out _)))
            return PortalProblems.WrongField("soeg", "soeg må ikke indeholde et CPR-nummer.");
        var (viewer, stop, look) = (context.GetViewer(), context.RequestAborted, ListLook.Read(CaseShape.Shape, Value));
        var rows = await ListExport.ReadAsync((cursor, limit) => cases.ListAsync(viewer, text, look, cursor, limit, stop));
        var query = look.In(text is null ? "" : $"soeg={Uri.EscapeDataString(text)}");
        await log.NoteAsync(
            viewer,
            new AccessNote(AccessKind.LetterList)
            {
                Hits = rows.Items.Count, Text = text, Reference = $"sager?{query}".TrimEnd('?'),
                OfCases = [.. rows.Items.Select(c => c.CaseNumber)],
            }, stop);
        return ListExport.Answer(File, rows, look, format, new ListFileOrigin(viewer.Name, time.GetUtcNow(), query));
    }

    private static string WordOf(ShownLetter shown) => VerdictWord.Danish(shown.Verdict, shown.InDoubt);
}

/// <summary>Reads a page of the list of cases in the order of its look.</summary>
internal static class CaseLists
{
    /// <summary>Cases of a search, else all; a search has the order of the letters that it finds.</summary>
    public static Task<Page<CaseSummary>> ListAsync(
        this ICaseReader cases, Viewer viewer, string? text, ListLook look, string? cursor, int limit, CancellationToken stop) =>
        text is null && look.Sort is { Column: CaseShape.Number, Descending: var descending }
            ? cases.ByNumberAsync(viewer, descending, cursor, limit, stop)
            : cases.SearchAsync(viewer, text, cursor, limit, stop);
}
