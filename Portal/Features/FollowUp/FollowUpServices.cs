using Portal.Features.FollowUp.Digest;
using Portal.Features.FollowUp.People;
using Portal.Ingestion.Letters.Work;
using Portal.Platform.Access;
using Portal.Platform.Mail.Outbox;

namespace Portal.Features.FollowUp;

/// <summary>The services of the worklist page and its parts.</summary>
public sealed record FollowUpPageServices(
    IWorklistService Work, IHandMatching Hands, ISenderMutes Mutes, IWorkPeople People, ICurrentViewer CurrentViewer);

/// <summary>Registers the worklist's services.</summary>
public static class FollowUpServices
{
    /// <summary>Needs the message side's letters, the portal's storage and mail.</summary>
    public static IServiceCollection AddFollowUp(this IServiceCollection services) => services
        .AddWorkPeople()
        .AddScoped<FollowUpPageServices>()
        .AddSingleton<IMailWriter, DigestMails>()
        .AddHostedService<DigestSender>();

    /// <summary>The list of colleagues. Needs the portal's storage.</summary>
    public static IServiceCollection AddWorkPeople(this IServiceCollection services) => services
        .AddSingleton<IWorkPeople, WorkPeople>()
        .AddSingleton<ISignInHandler, SignedInColleagues>();
}

/// <summary>Names the texts of the worklist (<c>FollowUpTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class FollowUpTexts;
