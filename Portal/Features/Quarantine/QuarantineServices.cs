using Portal.Features.Quarantine.Api;

namespace Portal.Features.Quarantine;

/// <summary>Maps the HTTP calls of this feature; its services are registered by the message side.</summary>
public static class QuarantineServices
{
    /// <summary>Maps the HTTP calls. Call after authentication and authorization.</summary>
    public static void MapQuarantine(this IEndpointRouteBuilder routes) => QuarantineEndpoints.Map(routes);
}

/// <summary>Names the texts of the quarantine (<c>QuarantineTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class QuarantineTexts;
