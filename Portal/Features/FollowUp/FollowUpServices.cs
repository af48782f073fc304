using MudBlazor;
using Portal.Features.FollowUp.Api;
using Portal.Features.FollowUp.Digest;
using Portal.Features.FollowUp.People;
using Portal.Ingestion.Letters.Work;
using Portal.Platform.Access;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Mail;
using Portal.Platform.Mail.Outbox;

namespace Portal.Features.FollowUp;

/// <summary>The services of the worklist page and its parts.</summary>
public sealed record FollowUpPageServices(
    IWorklistService Work, IHandMatching Hands, ISenderMutes Mutes, IWorkPeople People, ICurrentViewer CurrentViewer, ISnackbar Snackbar,
    IMailer Mailer);

/// <summary>Registers the worklist's services.</summary>
public static class FollowUpServices
{
    /// <summary>Needs the message side's letters, the portal's storage and mail.</summary>
    public static IServiceCollection AddFollowUp(this IServiceCollection services) => services
        .AddWorkPeople()
        .AddScoped<FollowUpPageServices>()
        .AddSingleton<WorkExport>()
        .AddSingleton<IMailWriter, DigestMails>()
        .AddHostedService<DigestSender>();

    /// <summary>Maps the HTTP calls. Call after authentication and authorization.</summary>
    public static void MapFollowUp(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/opfoelgning").WithTags("Opfølgning");
        api.MapGet("/eksport.csv", (HttpContext context, WorkExport export) => export.AnswerAsync(context, ListFormat.Csv))
            .Produces<string>(200, "text/csv").ProducesProblem(400).WithSummary("Opfølgning som CSV, som siden viser den");
        api.MapGet("/eksport.xlsx", (HttpContext context, WorkExport export) => export.AnswerAsync(context, ListFormat.Xlsx))
            .Produces(200, contentType: ListExport.XlsxType).ProducesProblem(400)
            .WithSummary("Opfølgning som regneark, som siden viser den");
    }

    /// <summary>The list of colleagues. Needs the portal's storage.</summary>
    public static IServiceCollection AddWorkPeople(this IServiceCollection services) => services
        .AddSingleton<IWorkPeople, WorkPeople>()
        .AddSingleton<ISignInHandler, SignedInColleagues>();
}

/// <summary>Names the texts of the worklist (<c>FollowUpTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class FollowUpTexts;
