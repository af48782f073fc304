using Portal.Features.Benefits.Keeping;
using Portal.Ingestion.Log;
using Portal.Platform.Access;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;

namespace Portal.Features.Benefits.Api;

/// <summary>Endpoints that list and add the measurements of a chain's benefits.</summary>
internal static class MeasurementEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var measurements = routes.MapGroup("/api/effektkaeder/{id}/maalinger").WithTags("Effektkæder");
        measurements.MapGet("", ListAsync).Produces<ListJson<MeasurementJson>>()
            .ProducesProblem(400).ProducesProblem(404)
            .WithSummary("En effektkædes målinger, nyeste tidspunkt først")
            .WithDescription("Alt, der er indberettet, også det, der senere er rettet: af flere for samme element og tidspunkt gælder den, "
                + "der er indberettet sidst. value null tager en måling tilbage.")
            .WithMetadata([.. QueryField.OfLists, new QueryField("elementId", "Kun målinger af dette element.")]);
        measurements.MapGet("/eksport.csv", (HttpContext context, MeasurementExport export) => export.AnswerAsync(context, ListFormat.Csv))
            .Produces<string>(200, "text/csv").ProducesProblem(404).WithSummary("Målinger som CSV, som siden viser dem")
            .WithMetadata(new QueryField("elementId", "Kun målinger af dette element."));
        measurements.MapGet("/eksport.xlsx", (HttpContext context, MeasurementExport export) => export.AnswerAsync(context,
            ListFormat.Xlsx))
            .Produces(200, contentType: ListExport.XlsxType).ProducesProblem(404)
            .WithSummary("Målinger som regneark, som siden viser dem")
            .WithMetadata(new QueryField("elementId", "Kun målinger af dette element."));
        measurements.MapPost("", (HttpContext context, MeasurementIntake intake) => intake.AnswerAsync(context))
            .Accepts<MeasurementSubmission[]>("application/json").Produces<MeasurementJson[]>(201).ProducesProblem(400).ProducesProblem(404)
            .ProducesProblem(413)
            .WithSummary("Indberet målinger")
            .WithDescription("En måling eller en liste (højst 1000). Alle bliver gemt, eller ingen. Et element uden beskrevet indikator "
                + "får en, hvis tal indtastes. value null tager en tidligere måling af samme tidspunkt tilbage.");
    }

    private static async Task<IResult> ListAsync(HttpContext context, IBenefitStore benefits)
    {
        var query = new QueryValues(context.Request.Query);
        var (limit, cursor, element) = (query.Limit(), query.Text("cursor"), query.Text("elementId"));
        if (query.Problem is { } problem) return problem;
        try
        {
            var after = MeasurementCursor.Parse(cursor) is { } from ? (from.At, from.Id) : ((DateTimeOffset, long)?)null;
            if (await benefits.MeasurementsAsync(
                context.GetViewer(), PathValue.Of(context, "id"), element, after, limit + 1, context.RequestAborted) is not { } read)
            {
                return PortalProblems.Missing();
            }
            var page = read.Take(limit).ToList();
            return await Lists.ReadAsync(() => Task.FromResult(new Page<Measurement>(
                page, read.Count > limit ? new MeasurementCursor(page[^1].At, page[^1].Id).ToString() : null)), MeasurementJson.Of);
        }
        catch (FormatException wrong)
        {
            return await Lists.ReadAsync(() => Task.FromException<Page<Measurement>>(wrong), MeasurementJson.Of);
        }
    }
}

/// <summary>A measurement as JSON.</summary>
/// <param name="At">The time it was measured for, UTC.</param>
/// <param name="Value">Null: withdraws an earlier value of the same time.</param>
public sealed record MeasurementJson(
    long Id, string ElementId, DateTimeOffset At, decimal? Value, string? Note, DateTimeOffset EnteredAt, string EnteredBy, string Via)
{
    internal static MeasurementJson Of(Measurement measurement) => new(
        measurement.Id, measurement.ElementId, measurement.At, measurement.Value, measurement.Note, measurement.EnteredAt,
        measurement.EnteredBy, measurement.Via);
}

/// <summary>A measurement in a request.</summary>
/// <param name="At">ISO 8601 with offset.</param>
public sealed record MeasurementSubmission(string ElementId, DateTimeOffset At, decimal? Value, string? Note);
