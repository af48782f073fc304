using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Reports.Documents;
using Portal.Features.Reports.Workbooks;
using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Platform.Documents;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;

namespace Portal.Features.Reports.Api;

/// <summary>Endpoints of benefit reports: PDF, spreadsheet and CSV, and the list and issuing of reports.</summary>
internal static class ReportEndpoints
{
    private const string WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly QueryField[] Months =
    [
        new("fra", "Første måned, fx 2026-01; ellers elleve måneder før den sidste."),
        new("til", "Sidste måned, fx 2026-12; ellers den, der løber nu."),
    ];

    private static readonly QueryField Number =
        new("nr", "Nummeret på en udstedt rapport, som da står, som den blev udstedt; ellers vises tallene nu.");
    private static readonly QueryField Department = new("afdeling", "Kun effektkæder fra denne afdeling.");

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, more) in new[] { ("/api/effektkaeder/{id}", (QueryField[])[]), ("/api/effektkaeder", [Department]) })
        {
            var of = more.Length == 0 ? "en effektkæde" : "alle effektkæder, eller en afdelings";
            var read = routes.MapGroup(path).WithTags("Gevinster").RequireAuthorization(PortalPolicies.Chains);
            read.MapGet("/rapport.pdf", PdfAsync).Produces<byte[]>(200, "application/pdf").ProducesProblem(400).ProducesProblem(404)
                .ProducesProblem(503).WithSummary($"Gevinstrapporten for {of}")
                .WithDescription("503, når rapporten er for lang til at blive lavet som PDF.")
                .WithMetadata([.. Months, Number, .. more]);
            read.MapGet("/rapporter", ListAsync).Produces<ListJson<IssuedReportJson>>()
                .WithSummary($"Udstedte gevinstrapporter for {of}, nyeste først").WithMetadata([.. more]);
            routes.MapGroup(path).WithTags("Gevinster").RequireAuthorization(PortalPolicies.SteerBenefits).MapPost("/rapporter", IssueAsync)
                .Produces<IssuedReportJson>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(503)
                .WithSummary($"Udsted gevinstrapporten for {of}")
                .WithDescription("Rapporten får et nummer og bliver stående, som den er nu.").WithMetadata([.. Months, .. more]);
        }

        var files = routes.MapGroup("/api/effektkaeder/{id}").WithTags("Gevinster").RequireAuthorization(PortalPolicies.Chains);
        files.MapGet("/eksport.xlsx", WorkbookAsync).Produces<byte[]>(200, WorkbookType).ProducesProblem(400).ProducesProblem(404)
            .WithSummary("Gevinsterne som regneark")
            .WithDescription("Et ark for hver tabel. En måned uden data er en tom celle.").WithMetadata([.. Months]);
        files.MapGet("/maalinger.csv", CsvAsync).Produces<string>(200, "text/csv").ProducesProblem(404).WithSummary("Målingerne som CSV")
            .WithDescription("Semikolon og decimalkomma, UTF-8; tider er dansk tid.");
    }

    private static async Task<IResult> PdfAsync(HttpContext context, ReportMaker maker, ReportArchive archive, IDocumentPdf pdf)
    {
        var (viewer, scope) = (context.GetViewer(), ScopeOf(context));
        var (period, problem) = PeriodOf(context, maker);
        if (problem is not null) return problem;
        var numbered = context.Request.Query["nr"].ToString();
        var number = 0;
        if (numbered.Length > 0 && !int.TryParse(numbered, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            return PortalProblems.WrongField("nr", "nr skal være nummeret på en udstedt rapport.");
        int? issued = numbered.Length > 0 ? number : null;
        var document = issued is not null
            ? (await archive.FindAsync(viewer, scope, number, context.RequestAborted))?.Document
            : await maker.MakeAsync(viewer, scope, period, context.RequestAborted) is { } report
                ? ReportDocumentBuilder.Build(report)
                : null;
        return document is null
            ? PortalProblems.Missing()
            : await PdfAnswer.OfAsync(pdf, document, ReportMaker.CachedFor(viewer), maker.FileName(issued), context.RequestAborted);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ReportArchive archive)
    {
        var scope = ScopeOf(context);
        var issued = await archive.ListAsync(context.GetViewer(), scope, context.RequestAborted);
        return Results.Json(
            new ListJson<IssuedReportJson>([.. issued.Select(r => IssuedReportJson.Of(r, scope))], null), PortalJson.Options);
    }

    private static async Task<IResult> IssueAsync(HttpContext context, ReportMaker maker, ReportArchive archive)
    {
        var (viewer, scope) = (context.GetViewer(), ScopeOf(context));
        var (period, problem) = PeriodOf(context, maker);
        if (problem is not null) return problem;
        if (await maker.MakeAsync(viewer, scope, period, context.RequestAborted) is not { } report) return PortalProblems.Missing();
        try
        {
            if (await archive.IssueAsync(viewer, scope, period, report, context.RequestAborted) is not { Number: var number })
                return PortalProblems.Missing();
            var issued = (await archive.ListAsync(viewer, scope, context.RequestAborted)).First(r => r.Number == number);
            context.Response.Headers.Location = scope.Pdf(number: number);
            return Results.Json(IssuedReportJson.Of(issued, scope), PortalJson.Options, statusCode: StatusCodes.Status201Created);
        }
        catch (StorageUnavailableException)
        {
            return Results.Problem(PortalProblems.Of(StatusCodes.Status503ServiceUnavailable, "Kan ikke udstedes nu",
                "Databasen tager ikke imod lige nu. Intet er udstedt; prøv igen om lidt."));
        }
    }

    private static async Task<IResult> WorkbookAsync(HttpContext context, ReportMaker maker, IBenefitFigures figures, TimeProvider time)
    {
        var (period, problem) = PeriodOf(context, maker);
        if (problem is not null) return problem;
        return await figures.ReadAsync(context.GetViewer(), PathValue.Of(context, "id"), period, context.RequestAborted) is { } benefits
            ? Results.File(BenefitWorkbook.Write(benefits, new(time.GetUtcNow(), context.GetViewer().Name)), WorkbookType,
                string.Create(CultureInfo.InvariantCulture, $"gevinster-{maker.Today:yyyy-MM-dd}.xlsx"))
            : PortalProblems.Missing();
    }

    private static async Task<IResult> CsvAsync(HttpContext context, ReportMaker maker, IBenefitFigures figures) =>
        await figures.ReadAsync(
            context.GetViewer(), PathValue.Of(context, "id"), ReportPeriod.Usual(maker.Today), context.RequestAborted) is { } benefits
            ? Results.File(MeasurementCsv.Write(benefits), "text/csv; charset=utf-8",
                string.Create(CultureInfo.InvariantCulture, $"maalinger-{maker.Today:yyyy-MM-dd}.csv"))
            : PortalProblems.Missing();

    private static ReportScope ScopeOf(HttpContext context) =>
        context.Request.RouteValues.ContainsKey("id")
            ? ReportScope.Of(PathValue.Of(context, "id"))
            : ReportScope.All(context.Request.Query["afdeling"]);

    private static (Period Period, IResult? Problem) PeriodOf(HttpContext context, ReportMaker maker)
    {
        var (period, field, problem) = ReportPeriod.Read(context.Request.Query["fra"], context.Request.Query["til"], maker.Today);
        return period is { } read ? (read, null) : (default, PortalProblems.WrongField(field!, problem!.Danish));
    }
}

/// <summary>An issued report as JSON.</summary>
/// <param name="From">First month, <c>2026-01</c>.</param>
/// <param name="To">Last month.</param>
public sealed record IssuedReportJson(
    int Number, string Title, string From, string To, DateTimeOffset IssuedAt, string IssuedBy, string Pdf)
{
    internal static IssuedReportJson Of(IssuedReport report, ReportScope scope) =>
        new(report.Number, report.Title, report.Period.First.ToString(), report.Period.Last.ToString(), report.IssuedAt, report.IssuedBy,
            scope.Pdf(number: report.Number));
}
