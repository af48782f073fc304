using Portal.Features.SubjectAccess.Api;

namespace Portal.Features.SubjectAccess;

/// <summary>Registers subject access.</summary>
public static class SubjectAccessServices
{
    /// <summary>Needs the message side's letters, the access log and documents.</summary>
    public static IServiceCollection AddSubjectAccess(this IServiceCollection services) =>
        services.AddSingleton<SubjectReader>().AddSingleton<SubjectPackage>();

    /// <summary>Maps the HTTP call. Call after authentication and authorization.</summary>
    public static void MapSubjectAccess(this IEndpointRouteBuilder routes) => SubjectEndpoints.Map(routes);
}

/// <summary>Names the texts of the page (<c>SubjectAccessTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class SubjectAccessTexts;
