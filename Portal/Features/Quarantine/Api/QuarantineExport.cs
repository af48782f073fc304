using Portal.Ingestion.Quarantine;
using Portal.Platform.Access;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Quarantine.Api;

/// <summary>
/// The quarantine as a file, with the filter and columns of its page. It says why something was not understood and nothing of its content,
/// so the access log has no line, as it has none of the page.
/// </summary>
internal sealed class QuarantineExport(IQuarantineCauses causes, TimeProvider time)
{
    private static readonly ListFileColumn<QuarantineEntry>[] Columns =
    [
        new(QuarantineShape.Cause, "grund", SheetTable.Middle, e => SheetCell.Text(Danish($"Reason{e.Message.Reason}"))),
        new(QuarantineShape.Cause, "hvad er der galt", SheetTable.Wide, e => SheetCell.Text(e.Message.Detail)),
        new(QuarantineShape.Closed, "lukket af", SheetTable.Middle, e => SheetCell.Text(e.ClosedBy)),
        new(QuarantineShape.Closed, "lukket", 20, e => SheetCell.Moment(e.ClosedAt)),
        new(QuarantineShape.Closed, "hvorfor", SheetTable.Wide, e => SheetCell.Text(e.Why)),
        new(QuarantineShape.Received, "modtaget", 20, e => SheetCell.Moment(e.Message.ReceivedAt)),
        new(QuarantineShape.Transport, "modtagekanal", SheetTable.Middle, e => SheetCell.Text(Transports.Danish(e.Message.Transport))),
        new(QuarantineShape.Size, "byte", SheetTable.Narrow, e => SheetCell.Number(e.Message.Bytes)),
        new(QuarantineShape.Size, "leveret gange", SheetTable.Narrow, e => SheetCell.Number(e.Message.Deliveries)),
        new(QuarantineShape.Message, "BeskedId", SheetTable.Wide, e => SheetCell.Text(e.Message.BeskedId)),
    ];

    /// <summary>The file.</summary>
    public async Task<IResult> AnswerAsync(HttpContext context, ListFormat format)
    {
        var (viewer, stop) = (context.GetViewer(), context.RequestAborted);
        var choice = QuarantineChoice.Read(name => context.Request.Query[name]);
        var selection = choice.SelectionAmong(choice.Cause is null ? [] : await causes.CausesAsync(viewer, stop));
        var rows = await ListExport.ReadAsync((cursor, limit) => causes.ListAsync(viewer, selection, cursor, limit, stop));
        var file = new ListFile<QuarantineEntry>("Karantæne", "karantaene", choice.Shape, Columns);
        return ListExport.Answer(file, rows, choice.Look, format, new ListFileOrigin(viewer.Name, time.GetUtcNow(), choice.Query));
    }

    private static string Danish(string key) => TextResources.Danish<QuarantineTexts>(key);
}
