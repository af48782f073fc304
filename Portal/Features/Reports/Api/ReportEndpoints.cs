using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Storage;
using Portal.Features.Reports.Documents;
using Portal.Features.Reports.Issued;
using Portal.Features.Reports.Workbooks;
using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Platform.Documents;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Api;

/// <summary>Endpoints of benefit reports: PDF, spreadsheet and CSV, and the list and issuing of reports.</summary>
internal static class ReportEndpoints
{
    private const string ReportName = "gevinstrapport";
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
            var key = more.Length == 0 ? "gevinstens id" : "effektkædens id, en skråstreg og gevinstens id";
            var reports = routes.MapGroup(path).WithTags("Gevinster");
            reports.MapGet("/rapport.pdf", PdfAsync).Produces<byte[]>(200, "application/pdf").ProducesProblem(400).ProducesProblem(404)
                .ProducesProblem(503).WithSummary($"Gevinstrapporten for {of}")
                .WithDescription("503, når rapporten er for lang til at blive lavet som PDF.")
                .WithMetadata([.. Months, Number, .. more]);
            reports.MapGet("/eksport.xlsx", WorkbookAsync).Produces<byte[]>(200, WorkbookType).ProducesProblem(400).ProducesProblem(404)
                .WithSummary($"Gevinsterne som regneark for {of}")
                .WithDescription("Et ark for hver tabel, med formler, der kan regnes efter. En måned uden data er en tom celle.")
                .WithMetadata([.. Months, Number, .. more]);
            reports.MapGet("/rapporter", ListAsync).Produces<ListJson<IssuedReportJson>>().ProducesProblem(404)
                .WithSummary($"Udstedte gevinstrapporter for {of}, nyeste først").WithMetadata([.. more]);
            reports.MapPost("/rapporter", IssueAsync)
                .Accepts<IssueSubmission>(isOptional: true, "application/json").Produces<IssuedNowJson>(201).ProducesProblem(400)
                .ProducesProblem(404).ProducesProblem(503)
                .WithSummary($"Udsted gevinstrapporten for {of}")
                .WithDescription("Rapporten får næste nummer i kommunens rapportrække og bliver stående, som den er nu. explanations "
                    + $"forklarer gevinster, der ikke følger planen: nøglen er {key}. De gemmes som årsager før rapporten. unexplained i "
                    + "svaret er dem, som ingen har forklaret.")
                .WithMetadata([.. Months, .. more]);
        }

        var files = routes.MapGroup("/api/effektkaeder/{id}").WithTags("Gevinster");
        files.MapGet("/maalinger.csv", CsvAsync).Produces<string>(200, "text/csv").ProducesProblem(404).WithSummary("Målingerne som CSV")
            .WithDescription("Semikolon og decimalkomma, UTF-8; tider er dansk tid.").WithMetadata(Number);
    }

    private static async Task<IResult> PdfAsync(HttpContext context, ReportMaker maker, ReportArchive archive, IDocumentPdf pdf)
    {
        var (viewer, scope) = (context.GetViewer(), ScopeOf(context));
        var (period, problem) = PeriodOf(context, maker);
        var (number, wrong) = NumberOf(context);
        if ((problem ?? wrong) is { } answer) return answer;
        if (number is { } issued)
        {
            return await archive.FindAsync(viewer, scope, issued, CultureInfo.CurrentUICulture, context.RequestAborted) is { } kept
                ? await PdfAnswer.OfAsync(pdf, kept.Document, ReportMaker.CachedFor(viewer),
                    PdfNameOf(scope, kept.Title, issued, kept.Period), context.RequestAborted)
                : PortalProblems.Missing();
        }

        return await maker.MakeAsync(viewer, scope, period, context.RequestAborted) is { } report
            ? await PdfAnswer.OfAsync(pdf, ReportDocumentBuilder.Build(report, CultureInfo.CurrentUICulture), ReportMaker.CachedFor(viewer),
                PdfNameOf(scope, report.Title, null, period), context.RequestAborted)
            : PortalProblems.Missing();
    }

    private static async Task<IResult> ListAsync(HttpContext context, ReportArchive archive, IChainStore chains)
    {
        var (viewer, scope) = (context.GetViewer(), ScopeOf(context));
        var issued = await archive.ListAsync(viewer, scope, context.RequestAborted);

        // Reports outlive their chain; without any, a chain that the viewer may not see does not exist.
        if (issued.Count == 0 && scope.ChainId.Length > 0 && await chains.FindAsync(viewer, scope.ChainId, context.RequestAborted) is null)
            return PortalProblems.Missing();
        return Results.Json(
            new ListJson<IssuedReportJson>([.. issued.Select(r => IssuedReportJson.Of(r, scope))], null), PortalJson.Options);
    }

    private static async Task<IResult> IssueAsync(HttpContext context, ReportMaker maker, ReportArchive archive, IBenefitStore benefits)
    {
        var (viewer, scope) = (context.GetViewer(), ScopeOf(context));
        var (period, problem) = PeriodOf(context, maker);
        if (problem is not null) return problem;
        if (await maker.MakeAsync(viewer, scope, period, context.RequestAborted) is not { } report) return PortalProblems.Missing();
        var (explanations, wrong) = await ExplanationsBody.ReadAsync(context, report);
        if (wrong is not null) return wrong;
        try
        {
            foreach (var explanation in explanations)
            {
                if (!(await Explanations.SaveAsync(benefits, viewer, explanation, maker.Today, context.RequestAborted)).IsDone)
                    return PortalProblems.Missing();
            }

            if (explanations.Count > 0)
            {
                if (await maker.MakeAsync(viewer, scope, period, context.RequestAborted) is not { } explained)
                    return PortalProblems.Missing();
                report = explained;
            }

            if (await archive.IssueAsync(viewer, scope, period, report, context.RequestAborted) is not { Number: var number })
                return PortalProblems.Missing();
            var issued = (await archive.ListAsync(viewer, scope, context.RequestAborted)).First(r => r.Number == number);
            context.Response.Headers.Location = scope.Pdf(number: number);
            return Results.Json(
                IssuedNowJson.Of(issued, scope, report), PortalJson.Options, statusCode: StatusCodes.Status201Created);
        }
        catch (StorageUnavailableException)
        {
            return Results.Problem(PortalProblems.Of(StatusCodes.Status503ServiceUnavailable, "Kan ikke udstedes nu",
                "Databasen tager ikke imod lige nu. Intet er udstedt; prøv igen om lidt."));
        }
    }

    private static Task<IResult> WorkbookAsync(HttpContext context, ReportMaker maker, ReportArchive archive) => FileAsync(
        context, maker, archive, ReportFiles.Workbook, WorkbookType, "gevinster", ReportFiles.WorkbookOf);

    private static Task<IResult> CsvAsync(HttpContext context, ReportMaker maker, ReportArchive archive) => FileAsync(
        context, maker, archive, ReportFiles.Measurements, "text/csv; charset=utf-8", "maalinger",
        report => MeasurementCsv.Write(report.Chapters[0].Benefits));

    // An issued report has the file that was made with it; otherwise it is made of the numbers now.
    private static async Task<IResult> FileAsync(
        HttpContext context, ReportMaker maker, ReportArchive archive, string name, string type, string kind,
        Func<ReportModel, byte[]> make)
    {
        var (viewer, scope) = (context.GetViewer(), ScopeOf(context));
        var (period, problem) = PeriodOf(context, maker);
        var (number, wrong) = NumberOf(context);
        if ((problem ?? wrong) is { } answer) return answer;
        var extension = name[(name.LastIndexOf('.') + 1)..];
        if (number is { } issued)
        {
            return await archive.FindFileAsync(viewer, scope, issued, name, context.RequestAborted) is var (kept, content)
                ? Results.File(content, type, ReportFileNames.Of(kind, NameOf(scope, kept.Title), issued, kept.Period, extension))
                : PortalProblems.Missing();
        }

        return await maker.MakeAsync(viewer, scope, period, context.RequestAborted) is { } report
            ? Results.File(make(report), type, ReportFileNames.Of(kind, NameOf(scope, report.Title), null, period, extension))
            : PortalProblems.Missing();
    }

    // In the language of the document.
    private static string PdfNameOf(ReportScope scope, string title, int? number, Period period) =>
        LanguageFormat.IsEnglish(CultureInfo.CurrentUICulture)
            ? ReportFileNames.Of("benefit-report", NameOf(scope, title), number, period, "pdf", isEnglish: true)
            : ReportFileNames.Of(ReportName, NameOf(scope, title), number, period, "pdf");

    // A report of several chains is named by its department.
    private static string NameOf(ReportScope scope, string title) => scope.IsAll ? scope.Department : title;

    private static (int? Number, IResult? Problem) NumberOf(HttpContext context)
    {
        var text = context.Request.Query["nr"].ToString();
        if (text.Length == 0) return (null, null);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (number, null)
            : (null, PortalProblems.WrongField("nr", "nr skal være nummeret på en udstedt rapport."));
    }

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

/// <summary>A report that was issued just now, as JSON.</summary>
/// <param name="Unexplained">The benefits that do not go as planned and that nobody has explained.</param>
public sealed record IssuedNowJson(int Number, string Title, string From, string To, DateTimeOffset IssuedAt, string IssuedBy, string Pdf,
    IReadOnlyList<UnexplainedJson> Unexplained)
{
    internal static IssuedNowJson Of(IssuedReport report, ReportScope scope, ReportModel made)
    {
        var row = IssuedReportJson.Of(report, scope);
        return new IssuedNowJson(row.Number, row.Title, row.From, row.To, row.IssuedAt, row.IssuedBy, row.Pdf,
        [
            .. Explanations.MissingIn(made).Select(m => new UnexplainedJson(
                Explanations.KeyOf(made, m.ChainId, m.Figure.Element.Id), ReportRows.TitleOf(m.Figure), m.Figure.Standing.State)),
        ]);
    }
}

/// <summary>A benefit that does not go as planned and that nobody has explained, as JSON.</summary>
/// <param name="Key">Names it in <c>explanations</c>.</param>
public sealed record UnexplainedJson(string Key, string Title, BenefitState State);
