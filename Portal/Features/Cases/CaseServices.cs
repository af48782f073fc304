using Portal.Features.Cases.Api;
using Portal.Platform.Shell;

namespace Portal.Features.Cases;

/// <summary>Registers the pages and calls for cases.</summary>
public static class CaseServices
{
    /// <summary>Needs the message side's letters and the access log.</summary>
    public static IServiceCollection AddCases(this IServiceCollection services) => services
        .AddSingleton<CaseSearch>().AddSingleton<CaseExport>().AddSingleton<LetterExport>().AddSingleton<ISearchSource, CaseSuggestions>();

    /// <summary>Maps the HTTP calls. Call after authentication and authorization.</summary>
    public static void MapCases(this IEndpointRouteBuilder routes) => CaseEndpoints.Map(routes);
}

/// <summary>Names the texts of the case search and the case page (<c>CaseTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class CaseTexts;
