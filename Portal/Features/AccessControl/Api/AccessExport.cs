using Portal.Ingestion.Domain;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Http.Problems;
using Portal.Platform.Text;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.AccessControl.Api;

/// <summary>
/// The access log as a file for Danish spreadsheets. That somebody took it is entered in the log before it is given out.
/// </summary>
internal sealed class AccessExport(IAccessLog log, TimeProvider time)
{
    /// <summary>The most lines in one file for a program: few enough to be held in memory. A page's file has a list's.</summary>
    public const int Most = 50_000;

    private static readonly ListFile<AccessEntry> File = new(
        "Adgangslog", "adgangslog", AccessShape.Shape,
        [
            new(AccessShape.Number, "nummer", SheetTable.Narrow, e => SheetCell.Number(e.Number)),
            new(AccessShape.When, "tidspunkt", 20, e => SheetCell.Moment(e.Record.At)),
            new(AccessShape.Who, "hvem", SheetTable.Middle, e => SheetCell.Text(e.Record.ByName)),
            new(AccessShape.Who, "id", SheetTable.Middle, e => SheetCell.Text(e.Record.ById)),
            new(AccessShape.Session, "login", SheetTable.Middle, e => SheetCell.Text(e.Record.Session)),
            new(AccessShape.What, "hvad", SheetTable.Middle, e => SheetCell.Text(AccessWording.Danish(e))),
            new(AccessShape.What, "afvist", SheetTable.Narrow, e => SheetCell.Text(e.Record.Refused ? "ja" : "")),
            new(AccessShape.Authority, "myndighed", SheetTable.Narrow, e => SheetCell.Text(e.Record.Authority)),
            new(AccessShape.About, "sag", SheetTable.Middle, e => SheetCell.Text(e.Record.CaseNumber)),
            new(AccessShape.About, "brev", SheetTable.Middle, e => SheetCell.Text(e.Record.LetterId)),
            new(AccessShape.About, "besked", SheetTable.Middle, e => SheetCell.Text(e.Record.BeskedId)),
            new(AccessShape.Purpose, "formål", SheetTable.Wide, e => SheetCell.Text(e.Record.Purpose)),
            new(AccessShape.About, "søgte efter", SheetTable.Middle, e => SheetCell.Text(e.Record.Text)),
            new(AccessShape.What, "antal", SheetTable.Narrow, e => SheetCell.Number(e.Record.Hits)),
            new(AccessShape.About, "dokument eller række", SheetTable.Middle, e => SheetCell.Text(AccessWording.Reference(e.Record))),
        ]);

    /// <summary>
    /// The file. A page names its columns and gets at most a list's rows, which say when they are cut; a program gets every column of up to
    /// <see cref="Most"/> lines, and 400 for more.
    /// </summary>
    /// <param name="query">The query: its columns, and what to enter in the log.</param>
    [Demands(ViewerRights.AccessLog)]
    public async Task<IResult> AnswerAsync(
        Viewer viewer, AccessFilter filter, HttpRequest query, ListFormat format, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        string? Value(string name) => query.Query[name];
        var (look, most) = (ListLook.ReadFile(AccessShape.Shape, Value), ListLook.NamesColumns(Value) ? ListExport.Most : Most);
        var rows = await ListExport.ReadAsync(
            (cursor, limit) => log.ReadAsync(viewer, filter, cursor, limit, cancellationToken), most);
        if (rows.IsCut && most == Most)
        {
            return PortalProblems.WrongField("from", $"Der er flere end {DanishFormat.Number(Most)} linjer, og en fil har ikke flere. "
                + "Vælg en kortere periode.");
        }

        var asked = query.QueryString.Value?.TrimStart('?');
        await log.NoteAsync(viewer, new AccessNote(AccessKind.AccessExport) { Hits = rows.Items.Count, Text = asked }, cancellationToken);
        return ListExport.Answer(File, rows, look, format, new ListFileOrigin(viewer.Name, time.GetUtcNow(), asked ?? ""));
    }
}
