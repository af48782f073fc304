using Portal.Features.Ledger.Api;

namespace Portal.Features.Ledger;

/// <summary>Maps the HTTP calls of this feature; its services are registered by the message side.</summary>
public static class LedgerServices
{
    /// <summary>Maps the HTTP calls. Call after authentication and authorization.</summary>
    public static void MapLedger(this IEndpointRouteBuilder routes) => LedgerEndpoints.Map(routes);
}

/// <summary>Names the texts of the ledger (<c>LedgerTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class LedgerTexts;
