using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Page;
using Portal.Platform.Access;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.Benefits.Api;

/// <summary>
/// The measurements of a benefit as a file, with the order and columns of their page, also those that others replaced. They are about no
/// citizen, so the access log has no line.
/// </summary>
internal sealed class MeasurementExport(IBenefitStore benefits, TimeProvider time)
{
    /// <summary>The file; 404 for a chain that the caller may not see.</summary>
    public async Task<IResult> AnswerAsync(HttpContext context, ListFormat format)
    {
        var query = new QueryValues(context.Request.Query);
        var element = query.Text("elementId");
        if (query.Problem is { } problem) return problem;
        var (viewer, chain) = (context.GetViewer(), PathValue.Of(context, "id"));
        if (await benefits.MeasurementsAsync(viewer, chain, element, null, ListExport.Most + 1, context.RequestAborted) is not { } read
            || await benefits.ReadAsync(viewer, chain, context.RequestAborted) is not { } records)
        {
            return PortalProblems.Missing();
        }

        var look = ListLook.Read(MeasurementShape.Shape, name => context.Request.Query[name]);
        Measurement[] items = [.. MeasurementShape.Sorted([.. read.Take(ListExport.Most)], look)];
        var rows = new ListRows<Measurement>(items, read.Count > ListExport.Most);
        return ListExport.Answer(
            FileOf(MeasurementShape.Current(read), records.Indicators), rows, look, format,
            new ListFileOrigin(viewer.Name, time.GetUtcNow(), look.In(element is null ? "" : $"elementId={element}")));
    }

    private static ListFile<Measurement> FileOf(
        HashSet<long> current, IReadOnlyDictionary<string, IReadOnlyList<IndicatorVersion>> indicators) => new(
        "Målinger", "maalinger", MeasurementShape.Shape,
        [
            new(MeasurementShape.Number, "tal", SheetTable.Narrow, m => SheetCell.Number(m.Value)),
            new(MeasurementShape.Number, "enhed", SheetTable.Middle, m => SheetCell.Text(
                indicators.TryGetValue(m.ElementId, out var versions) ? MonthUnit.Of(versions[^1].Definition) : null)),
            new(MeasurementShape.Day, "dag", 20, m => SheetCell.DayOrMoment(m.At)),
            new(MeasurementShape.Day, "gælder", SheetTable.Narrow, m => SheetCell.Text(
                !current.Contains(m.Id) ? "erstattet" : m.Value is null ? "trukket tilbage" : "ja")),
            new(MeasurementShape.Note, "note", SheetTable.Wide, m => SheetCell.Text(m.Note)),
            new(MeasurementShape.Entered, "indtastet af", SheetTable.Middle, m => SheetCell.Text(m.EnteredBy)),
            new(MeasurementShape.Entered, "indtastet", 20, m => SheetCell.Moment(m.EnteredAt)),
            new(MeasurementShape.Entered, "hvordan", SheetTable.Middle, m => SheetCell.Text(BenefitFormat.Via(m.Via))),
        ]);
}
