using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Portal.Ingestion.Domain;
using static Portal.Ingestion.Domain.ViewerRights;

namespace Portal.Platform.Access.Rights;

/// <summary>
/// Who may take each route, open each page and call each hub method (DOMAIN §4). The routes get their policies from here, the pages inside
/// a circuit and the hubs are decided by it, and the portal does not start with a route that has no row (<see cref="RightsCheck"/>). What a
/// page does in its circuit is decided where it is done: <see cref="DemandsAttribute"/>.
/// </summary>
internal static class RightsTable
{
    /// <summary>Every row.</summary>
    public static IReadOnlyList<RightsRow> Rows { get; } =
    [
        .. Open(
            "STATIC wwwroot", "GET,HEAD /{**path:file}", "GET /_framework/opaque-redirect",
            "* /_blazor", "* /_blazor/negotiate", "* /_blazor/disconnect", "* /_blazor/initializers",
            "PAGE /login", "POST /login/persona", "POST /login/i-brug", "POST /logout", "POST /logout/backchannel",
            "GET /logout/frontchannel", "PAGE /status/404", "PAGE /status/403", "GET /sprog", "POST /sprog", "GET /tema.css",
            "PAGE /deltag", "PAGE /deltag/{Code}", "POST /deltag/{code}/navn",
            "GET /health/live", "GET /health/ready",
            // The push address knows its callers by certificate or key, and refuses in the standard's format.
            "POST /beskedfordeler/modtag", "* /beskedfordeler/modtag"),

        // What they tell is the operator's, outside Development.
        .. Needs(
            Operate, "GET,HEAD /metrics", "GET /openapi/{documentName}.json",
            "GET /scalar/{documentName?}", "GET /scalar/scalar.js", "GET /scalar/scalar.aspnetcore.js", "GET /scalar/favicon.svg")
            .Select(row => row with { OpenInDevelopment = true }),

        .. Needs(None, "PAGE /", "PAGE /adgang"),

        .. Needs(
            Messages,
            "PAGE /beskeder", "PAGE /beskeder/{BeskedId}", "GET /api/beskeder", "GET /api/beskeder/stream", "GET /api/beskeder/{beskedId}",
            "* /hubs/beskeder", "* /hubs/beskeder/negotiate", "HUB MessageHub.Stream"),
        .. Needs(Messages | ExactBytes, "GET /api/beskeder/{beskedId}/raw"),

        .. Needs(
            Cases,
            "PAGE /sager", "PAGE /sager/{CaseNumber}", "PAGE /sager/{CaseNumber}/bevis",
            "PAGE /sager/{CaseNumber}/breve/{LetterId}/bestridt", "PAGE /opfoelgning", "PAGE /driftshaendelser",
            "POST /api/sager/soeg", "GET /api/sager/{caseNumber}", "GET /api/breve", "GET /api/breve/eksport.csv", "GET /api/opfoelgning",
            "GET /api/breve/eksport.xlsx", "GET /api/sager/eksport.csv", "GET /api/sager/eksport.xlsx",
            "GET /api/opfoelgning/eksport.csv", "GET /api/opfoelgning/eksport.xlsx",
            "GET /api/sager/{caseNumber}/bevis.pdf", "POST /api/sager/{caseNumber}/bevis.pdf",
            "GET /api/sager/{caseNumber}/bevis.zip",
            "GET /api/bevis/verificer", "GET /api/bevis/checkpoint", "GET /api/bevis/noegle", "GET /api/bevis/konsistens",
            "GET /api/beskeder/{beskedId}/bevis"),
        .. Needs(Cases | EvidenceBytes, "POST /api/sager/{caseNumber}/bevis.zip"),
        .. Needs(RegisterLetters, "PAGE /forsendelser", "GET /forsendelser/skabelon.csv", "POST /api/forsendelser"),

        .. Needs(
            Quarantine, "PAGE /karantaene", "GET /api/karantaene", "GET /api/karantaene/eksport.csv", "GET /api/karantaene/eksport.xlsx"),
        .. Needs(Quarantine | ExactBytes, "GET /api/karantaene/{id}/raw"),
        .. Needs(Quarantine | Administer, "POST /api/karantaene/{id}/retry"),
        .. Needs(Catalogue, "PAGE /beskedkatalog", "GET /api/beskedkatalog", "GET /api/beskedkatalog/eksport.csv",
            "GET /api/beskedkatalog/eksport.xlsx"),
        .. Needs(Operate, "PAGE /drift"),
        .. Needs(
            ViewerRights.AccessLog,
            "PAGE /adgangslog", "PAGE /adgangslog/indsigt", "GET /api/adgangslog", "GET /api/adgangslog/eksport.csv",
            "GET /api/adgangslog/eksport.xlsx",
            "GET /api/adgangslog/checkpoint", "GET /api/sager/{caseNumber}/adgang", "POST /api/indsigt"),

        .. Needs(
            Chains,
            "PAGE /effektkaeder", "PAGE /effektkaeder/{Id}", "PAGE /effektkaeder/{Id}/gevinster", "PAGE /effektkaeder/rapport",
            "PAGE /effektkaeder/{ChainId}/rapport",
            "GET /api/effektkaeder", "GET /api/effektkaeder/{id}", "GET /api/effektkaeder/{id}/eksport.json",
            "GET /api/effektkaeder/{id}/eksport.svg", "GET /api/effektkaeder/{id}/eksport.pdf",
            "GET /api/effektkaeder/{id}/maalinger", "GET /api/effektkaeder/{id}/maalinger.csv",
            "GET /api/effektkaeder/{id}/maalinger/eksport.csv", "GET /api/effektkaeder/{id}/maalinger/eksport.xlsx",
            "GET /api/effektkaeder/{id}/rapport.pdf", "GET /api/effektkaeder/{id}/eksport.xlsx", "GET /api/effektkaeder/{id}/rapporter",
            "GET /api/effektkaeder/rapport.pdf", "GET /api/effektkaeder/eksport.xlsx", "GET /api/effektkaeder/rapporter"),
        .. Needs(
            EditChains,
            "PAGE /effektkaeder/{Id}/workshop",
            "POST /api/effektkaeder", "PUT /api/effektkaeder/{id}", "DELETE /api/effektkaeder/{id}"),
        .. Needs(
            SteerBenefits,
            "POST /api/effektkaeder/{id}/maalinger", "POST /api/effektkaeder/{id}/rapporter", "POST /api/effektkaeder/rapporter"),
    ];

    private static readonly FrozenDictionary<string, RightsRow> ByKey = Rows.ToFrozenDictionary(r => r.Key, StringComparer.Ordinal);

    /// <summary>The row of this kind and name; null when there is none.</summary>
    public static RightsRow? Find(string kind, string name) => ByKey.GetValueOrDefault($"{kind} {name}");

    /// <summary>The rows of a page's addresses; null stands for one without a row, which lets nobody in.</summary>
    public static IReadOnlyList<RightsRow?> OfPage(Type page) =>
        [.. page.GetCustomAttributes<RouteAttribute>().Select(r => Find(RightsRow.Page, Normalized(r.Template)))];

    /// <summary>A route's pattern as the rows write it.</summary>
    public static string Normalized(string? pattern) => "/" + (pattern ?? "").Trim('/');

    private static IEnumerable<RightsRow> Open(params string[] keys) => keys.Select(k => Row(k, null));

    private static IEnumerable<RightsRow> Needs(ViewerRights rights, params string[] keys) => keys.Select(k => Row(k, rights));

    private static RightsRow Row(string key, ViewerRights? rights)
    {
        var parts = key.Split(' ', 2);
        return new RightsRow(parts[0], parts[1], rights);
    }
}
