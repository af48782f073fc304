using Portal.Ingestion.Catalogue;
using Portal.Platform.Access;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.Catalogue.Api;

/// <summary>
/// The message types as a file, with the order and columns of their page. It holds nothing about a person, so the access log has no line.
/// </summary>
internal sealed class CatalogueExport(ICatalogue catalogue, TimeProvider time)
{
    private static readonly ListFile<CatalogueType> File = new(
        "Beskedkatalog", "beskedkatalog", CatalogueShape.Shape,
        [
            new(CatalogueShape.Name, "navn", SheetTable.Middle, t => SheetCell.Text(t.Name)),
            new(CatalogueShape.Known, "kendt", SheetTable.Narrow, t => SheetCell.Text(t.Known ? "ja" : "nej")),
            new(CatalogueShape.Known, "fortrolig", SheetTable.Narrow, t => SheetCell.Text(t.Confidential ? "ja" : "nej")),
            new(CatalogueShape.Tells, "hvad den fortæller", SheetTable.Wide, t => SheetCell.Text(t.Tells)),
            new(CatalogueShape.LastDay, "seneste døgn", SheetTable.Narrow, t => SheetCell.Number(t.LastDay)),
            new(CatalogueShape.Total, "i alt", SheetTable.Narrow, t => SheetCell.Number(t.Total)),
            new(CatalogueShape.Latest, "senest modtaget", 20, t => SheetCell.Moment(t.LastReceivedAt)),
            new(CatalogueShape.Type, "beskedtype", SheetTable.Wide, t => SheetCell.Text(t.Beskedtype)),
            new(CatalogueShape.First, "først set", 20, t => SheetCell.Moment(t.FirstSeenAt)),
        ]);

    /// <summary>The file.</summary>
    public async Task<IResult> AnswerAsync(HttpContext context, ListFormat format)
    {
        var viewer = context.GetViewer();
        var look = ListLook.Read(CatalogueShape.Shape, name => context.Request.Query[name]);
        var types = CatalogueShape.Sorted(await catalogue.ListAsync(viewer, context.RequestAborted), look);
        var rows = new ListRows<CatalogueType>([.. types.Take(ListExport.Most)], types.Count > ListExport.Most);
        return ListExport.Answer(File, rows, look, format, new ListFileOrigin(viewer.Name, time.GetUtcNow(), look.In("")));
    }
}
