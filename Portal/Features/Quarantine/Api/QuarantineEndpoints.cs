using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Quarantine;
using Portal.Platform.Access;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;

namespace Portal.Features.Quarantine.Api;

/// <summary>HTTP calls to read and retry deliveries in quarantine.</summary>
internal static class QuarantineEndpoints
{
    private static readonly (string Name, QuarantineReason Value)[] Reasons = [.. Enum.GetValues<QuarantineReason>()
        .Select(r => (r.ToWire(), r))];

    private static string OfFile { get; } =
        $"De nyeste {ListExport.Most} rækker; filen siger det, når der er flere. Uden beskedernes indhold.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var quarantine = routes.MapGroup("/api/karantaene").WithTags("Karantæne");
        quarantine.MapGet("", ListAsync).Produces<ListJson<QuarantineJson>>().ProducesProblem(400)
            .WithSummary("Det, der ikke kunne forstås, nyeste først")
            .WithMetadata([QueryField.Reason, .. QueryField.OfLists]);
        quarantine.MapGet("/eksport.csv", (HttpContext context, QuarantineExport export) => export.AnswerAsync(context, ListFormat.Csv))
            .Produces<string>(200, "text/csv").WithSummary("Karantænen som CSV, som siden viser den").WithDescription(OfFile);
        quarantine.MapGet("/eksport.xlsx", (HttpContext context, QuarantineExport export) => export.AnswerAsync(context, ListFormat.Xlsx))
            .Produces(200, contentType: ListExport.XlsxType).WithSummary("Karantænen som regneark, som siden viser den")
            .WithDescription(OfFile);
        quarantine.MapGet("/{id}/raw", RawAsync).Produces<byte[]>(200, "application/octet-stream").ProducesProblem(404).ProducesProblem(422)
            .WithSummary("De nøjagtige bytes");
        quarantine.MapPost("/{id}/retry", RetryAsync).Produces<RetryJson>()
            .ProducesProblem(404).WithSummary("Prøv igen")
            .WithDescription("outcome er accepted (ny besked), repeated (kendt besked) eller quarantined (bliver stående, med årsagen).");
    }

    private static async Task<IResult> ListAsync(HttpContext context, IQuarantineReader reader)
    {
        var query = new QueryValues(context.Request.Query);
        var (reason, limit, cursor) = (query.OneOf("reason", Reasons), query.Limit(), query.Text("cursor"));
        if (query.Problem is { } problem) return problem;
        return await Lists.ReadAsync(
            () => reader.ListAsync(context.GetViewer(), reason, cursor, limit, context.RequestAborted),
            row => new QuarantineJson(row.Id, row.Reason.ToWire(), row.Detail, row.Transport, row.ReceivedAt, row.Bytes, row.BeskedId));
    }

    private static async Task<IResult> RawAsync(
        HttpContext context, IQuarantineReader reader, IAccessLog log, IAccessLooks looks)
    {
        var (viewer, id) = (context.GetViewer(), PathValue.Of(context, "id"));
        byte[]? bytes;
        try
        {
            bytes = await reader.ReadBytesAsync(viewer, id, context.RequestAborted);
        }
        catch (UnreadableContentException)
        {
            return PortalProblems.UnreadableQuarantine();
        }

        if (bytes is null)
        {
            looks.Add(viewer, new AccessNote(AccessKind.QuarantineBytes) { Reference = id, Refused = true });
            return PortalProblems.Missing();
        }

        await log.NoteAsync(viewer, new AccessNote(AccessKind.QuarantineBytes) { Reference = id }, context.RequestAborted);

        // Not sent as XML: the content is untrusted, and no program should open it automatically.
        return Results.File(bytes, "application/octet-stream", "karantaene.bin");
    }

    private static async Task<IResult> RetryAsync(HttpContext context, IQuarantineReader reader) =>
        await reader.RetryAsync(context.GetViewer(), PathValue.Of(context, "id"), context.RequestAborted) switch
        {
            DeliveryOutcome.Accepted accepted => Answer(
                new RetryJson("accepted", ShownBeskedId.Of(accepted.BeskedId, accepted.Sequence), accepted.Sequence, null, null)),
            DeliveryOutcome.Repeated repeated => Answer(
                new RetryJson("repeated", ShownBeskedId.Of(repeated.BeskedId, repeated.Sequence), repeated.Sequence, null, null)),
            DeliveryOutcome.Quarantined kept => Answer(
                new RetryJson("quarantined", CprNumber.MaskInOrNull(kept.BeskedId), null, kept.Reason.ToWire(), kept.Detail)),
            _ => PortalProblems.Missing(),
        };

    private static IResult Answer(RetryJson outcome) => Results.Json(outcome, PortalJson.Options);
}

/// <summary>A row of the quarantine as JSON.</summary>
/// <param name="Bytes">Size of the whole delivery, also when only a part is stored.</param>
public sealed record QuarantineJson(
    string Id, string Reason, string Detail, string Transport, DateTimeOffset ReceivedAt, long Bytes, string? BeskedId);

/// <summary>The result of a retry as JSON.</summary>
public sealed record RetryJson(string Outcome, string? BeskedId, long? Sequence, string? Reason, string? Detail);
