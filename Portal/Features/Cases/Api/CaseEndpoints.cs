using Portal.Ingestion.Letters;
using Portal.Platform.Access;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;

namespace Portal.Features.Cases.Api;

/// <summary>HTTP reads of cases and of the worklist.</summary>
internal static class CaseEndpoints
{
    private static readonly (string Name, FollowUpReason Value)[] Reasons =
        [.. Enum.GetValues<FollowUpReason>().Select(r => (r.ToWire(), r))];

    private static readonly (string Name, Verdict Value)[] Verdicts = [.. Enum.GetValues<Verdict>().Select(v => (v.ToWire(), v))];

    private static readonly (string Name, AppealKind Value)[] Kinds =
        [.. Enum.GetValues<AppealKind>().Select(k => (k.ToWire() ?? "none", k))];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api");
        api.MapPost("/sager/soeg", (HttpContext context, CaseSearch search) => search.AnswerAsync(context)).WithTags("Sager")
            .Accepts<CaseSearchJson>("application/json").Produces<ListJson<CaseSummaryJson>>().ProducesProblem(400)
            .WithSummary("Søg efter sager")
            .WithDescription("{ \"text\" } søger i sagsnummer, brevets id, titel og modtagerens navn. { \"cpr\", "
                + "\"purpose\" } søger på et CPR-nummer; søgningen logges med formålet.");
        api.MapGet("/sager/{caseNumber}", FindAsync).WithTags("Sager").Produces<CaseJson>().ProducesProblem(404)
            .WithSummary("En sag med sine breve og beviset for dem");
        api.MapGet("/breve", LettersAsync).WithTags("Sager").Produces<ListJson<CaseLetterJson>>().ProducesProblem(400)
            .WithSummary("Breve på tværs af sager, nyeste først")
            .WithMetadata([.. QueryField.OfLetters, .. QueryField.OfLists]);
        api.MapGet("/sager/eksport.csv", (HttpContext context, CaseExport export) => export.AnswerAsync(context, ListFormat.Csv))
            .WithTags("Sager").Produces<string>(200, "text/csv").ProducesProblem(400).WithSummary("Sager som CSV, som siden viser dem");
        api.MapGet("/sager/eksport.xlsx", (HttpContext context, CaseExport export) => export.AnswerAsync(context, ListFormat.Xlsx))
            .WithTags("Sager").Produces(200, contentType: ListExport.XlsxType).ProducesProblem(400)
            .WithSummary("Sager som regneark, som siden viser dem");
        api.MapGet("/breve/eksport.xlsx", (HttpContext context, LetterExport export) => export.AnswerAsync(context, ListFormat.Xlsx))
            .WithTags("Sager")
            .Produces(200, contentType: ListExport.XlsxType).ProducesProblem(400)
            .WithSummary("Breve på tværs af sager som regneark, nyeste først").WithMetadata([.. QueryField.OfLetters]);
        api.MapGet("/breve/eksport.csv", (HttpContext context, LetterExport export) => export.AnswerAsync(context, ListFormat.Csv))
            .WithTags("Sager").Produces<string>(200, "text/csv").ProducesProblem(400)
            .WithSummary("Breve på tværs af sager som CSV, nyeste først")
            .WithDescription("Det, som siden Sager viser med samme filter; from og to er datoer (også den sidste er med) eller "
                + $"tidspunkter. Højst {ListExport.Most} breve: flere er en fejl, med kol en fil, der siger, at den er afkortet. "
                + "kol vælger kolonner. Uden CPR-numre. Noteres i adgangsloggen.")
            .WithMetadata([.. QueryField.OfLetters]);
        api.MapGet("/opfoelgning", FollowUpAsync).WithTags("Opfølgning").Produces<ListJson<FollowUpJson>>().ProducesProblem(400)
            .WithSummary("Det, der skal følges op på, nyeste først")
            .WithMetadata([QueryField.Reason, .. QueryField.OfLists]);
    }

    private static async Task<IResult> FindAsync(HttpContext context, ICaseReader cases) =>
        await cases.FindAsync(context.GetViewer(), PathValue.Of(context, "caseNumber"), context.RequestAborted) is { } found
            ? Results.Json(CaseJson.Of(found), PortalJson.Options)
            : PortalProblems.Missing();

    private static async Task<IResult> LettersAsync(HttpContext context, ILetterList letters)
    {
        var query = new QueryValues(context.Request.Query);
        var wanted = new LetterQuery(
            query.OneOf("verdict", Verdicts), query.Time("from"), query.Time("to"), query.OneOf("kind", Kinds));
        var (limit, cursor) = (query.Limit(), query.Text("cursor"));
        if (query.Problem is { } problem) return problem;
        return await Lists.ReadAsync(
            () => letters.ReadAsync(context.GetViewer(), wanted, cursor, limit, context.RequestAborted), CaseLetterJson.Listed);
    }

    private static async Task<IResult> FollowUpAsync(HttpContext context, ICaseReader cases)
    {
        var query = new QueryValues(context.Request.Query);
        var (reason, limit, cursor) = (query.OneOf("reason", Reasons), query.Limit(), query.Text("cursor"));
        if (query.Problem is { } problem) return problem;
        return await Lists.ReadAsync(
            () => cases.FollowUpAsync(context.GetViewer(), reason, newestFirst: true, cursor, limit, context.RequestAborted), ToJson);
    }

    private static FollowUpJson ToJson(FollowUpItem item) => new(
        item.Id, item.Reason.ToWire(), item.CaseNumber, item.LetterId, item.BeskedId, item.Since,
        item.AssignedTo);
}

/// <summary>A row of the worklist as JSON. <c>Since</c> is UTC.</summary>
public sealed record FollowUpJson(
    string Id, string Reason, string? CaseNumber, string? LetterId, string? BeskedId, DateTimeOffset Since, string? AssignedTo);
