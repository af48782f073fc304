using System.Globalization;
using System.Text;
using Portal.Ingestion.Access;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Ledger.Tree;
using Portal.Platform.Access;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;

namespace Portal.Features.AccessControl.Api;

/// <summary>HTTP reads of the access log, for administrators and keys with <c>access:read</c>.</summary>
internal static class AccessEndpoints
{
    private static readonly (string Name, AccessKind Value)[] Kinds = [.. Enum.GetValues<AccessKind>().Select(k => (k.ToWire(), k))];

    private static readonly QueryField[] Filters =
    [
        new("from", "På eller efter; ISO 8601 med tidszone."),
        new("to", "Før; ISO 8601 med tidszone."),
        new("who", "En del af navn eller id på personen eller nøglen."),
        new("case", "Sagens nummer, uanset hvordan det er skrevet."),
        new("kind", "Kun denne art."),
        new("text", "Fri tekst i linjen; aldrig et CPR-nummer."),
    ];

    private static string OfFile { get; } =
        $"Højst {AccessExport.Most} linjer; med kol, der vælger kolonner, de nyeste {ListExport.Most}, og filen siger det, når der er "
        + "flere. Filen noteres selv i loggen.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Adgangslog");
        api.MapGet("/adgangslog", ListAsync).Produces<ListJson<AccessJson>>().ProducesProblem(400)
            .WithSummary("Hvem der har set hvilke personoplysninger, nyeste først")
            .WithDescription("Linjer om data, der er en af jeres myndigheders, også når en, der ikke måtte se dem, blev afvist.")
            .WithMetadata([.. Filters, .. QueryField.OfLists]);
        api.MapGet("/adgangslog/eksport.csv", (HttpContext context, AccessExport export) => ExportAsync(context, export, ListFormat.Csv))
            .Produces<string>(200, "text/csv").ProducesProblem(400)
            .WithSummary("Adgangsloggen som CSV, nyeste først").WithDescription(OfFile).WithMetadata([.. Filters]);
        api.MapGet("/adgangslog/eksport.xlsx", (HttpContext context, AccessExport export) => ExportAsync(context, export, ListFormat.Xlsx))
            .Produces(200, contentType: ListExport.XlsxType).ProducesProblem(400)
            .WithSummary("Adgangsloggen som regneark, nyeste først").WithDescription(OfFile).WithMetadata([.. Filters]);
        api.MapGet("/adgangslog/checkpoint", CheckpointAsync).Produces<string>(200, "text/plain").ProducesProblem(409)
            .WithSummary("Adgangsloggens nyeste underskrevne checkpoint (C2SP note)")
            .WithDescription("Gemt uden for portalen viser det senere, om linjer er fjernet eller ændret: verify --checkpoint FIL.");
        api.MapGet("/sager/{caseNumber}/adgang", OfCaseAsync).Produces<ListJson<AccessJson>>().ProducesProblem(400).ProducesProblem(404)
            .WithSummary("Hvem der har set en sag, nyeste først").WithMetadata([.. QueryField.OfLists]);
    }

    /// <summary>The filter that a query names; null when it is wrong (<see cref="QueryValues.Problem"/>, or a CPR number in it).</summary>
    internal static (AccessFilter? Filter, IResult? Problem) Read(QueryValues query)
    {
        var filter = new AccessFilter(query.OneOf("kind", Kinds), query.Text("text"), query.Time("from"), query.Time("to"))
        {
            Who = query.Text("who"), CaseNumber = query.Text("case"),
        };
        if (query.Problem is { } problem) return (null, problem);
        foreach (var (name, text) in ((string, string?)[])[("who", filter.Who), ("case", filter.CaseNumber), ("text", filter.Text)])
        {
            if (text is not null && (CprNumber.IsIn(text) || CprNumber.TryParse(text, out _)))
            {
                return (null, PortalProblems.WrongField(name, $"{name} må ikke indeholde et CPR-nummer, for det ville stå i adresser og "
                    + "logge. Alt om én person hentes med POST /api/indsigt."));
            }
        }

        return (filter, null);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IAccessLog log)
    {
        var query = new QueryValues(context.Request.Query);
        var (limit, cursor) = (query.Limit(), query.Text("cursor"));
        var (filter, problem) = Read(query);
        if (filter is null) return problem!;
        return await Lists.ReadAsync(
            () => log.ReadAsync(context.GetViewer(), filter, cursor, limit, context.RequestAborted), AccessJson.Of);
    }

    private static async Task<IResult> OfCaseAsync(HttpContext context, IAccessLog log, IDataOwners owners)
    {
        var query = new QueryValues(context.Request.Query);
        var (limit, cursor) = (query.Limit(), query.Text("cursor"));
        if (query.Problem is { } problem) return problem;
        var (viewer, number) = (context.GetViewer(), PathValue.Of(context, "caseNumber"));
        var whose = (await owners.OfCasesAsync([number], context.RequestAborted)).GetValueOrDefault(number) ?? [];
        if (!whose.Any(viewer.AuthoritiesOf(ViewerRights.AccessLog).Contains)) return PortalProblems.Missing();
        return await Lists.ReadAsync(
            () => log.ReadAsync(viewer, new AccessFilter { CaseNumber = number }, cursor, limit, context.RequestAborted), AccessJson.Of);
    }

    private static async Task<IResult> ExportAsync(HttpContext context, AccessExport export, ListFormat format)
    {
        var (filter, problem) = Read(new QueryValues(context.Request.Query));
        if (filter is null) return problem!;
        return await export.AnswerAsync(context.GetViewer(), filter, context.Request, format, context.RequestAborted);
    }

    private static async Task<IResult> CheckpointAsync(HttpContext context, IAccessJournal journal)
    {
        try
        {
            var head = (await journal.HeadAsync(context.RequestAborted)).Checkpoint;
            return Results.File(Encoding.UTF8.GetBytes(head.Note.ToString()), "text/plain; charset=utf-8",
                string.Create(CultureInfo.InvariantCulture, $"adgang-{head.Head.Size:D12}.checkpoint"));
        }
        catch (LedgerDamagedException)
        {
            return Results.Problem(PortalProblems.Of(StatusCodes.Status409Conflict, "Loggen er beskadiget",
                "Adgangsloggens underskrevne hoved mangler. Kør verify, der siger hvad der er sket, og giv driften besked."));
        }
    }
}
