using Portal.Features.Quarantine.Api;

namespace Portal.Features.Quarantine;

/// <summary>Registers the quarantine's file and maps the HTTP calls; what they read is registered by the message side.</summary>
public static class QuarantineServices
{
    /// <summary>The quarantine as a file.</summary>
    public static IServiceCollection AddQuarantinePages(this IServiceCollection services) => services
        .AddSingleton<QuarantineExport>()
        .AddScoped<QuarantinePageServices>();

    /// <summary>Maps the HTTP calls. Call after authentication and authorization.</summary>
    public static void MapQuarantine(this IEndpointRouteBuilder routes) => QuarantineEndpoints.Map(routes);
}

/// <summary>Names the texts of the quarantine (<c>QuarantineTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class QuarantineTexts;
