using Portal.Platform.Access;

namespace Portal.Tests.Platform.Access.Rights;

/// <summary>
/// What DOMAIN §4 and the contract give each role and each scope of an API key, by route: written apart from the program's own table, to
/// be compared with it.
/// </summary>
/// <param name="Key">The row of the program's table.</param>
/// <param name="Who"><c>all</c>, <c>signed-in</c>, <c>session</c> (no key), or letters of roles (f, c, m, a) and names of scopes.</param>
/// <param name="Path">What is called; <c>{case}</c> and the like stand for an authority's own.</param>
/// <param name="Answer">The answer to whoever may.</param>
/// <param name="Foreign">The answer to whoever may, about another authority's: 404 where the path names a thing.</param>
internal sealed record ExpectedRoute(string Key, string Who, string Path, int Answer = 200, int Foreign = 404)
{
    private const string Cases = "c a evidence:read";
    private const string Messages = "c a messages:read messages:raw";
    private const string Chains = "f m a chains:read";

    /// <summary>Every route.</summary>
    public static IReadOnlyList<ExpectedRoute> All { get; } =
    [
        new("PAGE /", "signed-in", "/", 200, 200), new("PAGE /adgang", "signed-in", "/adgang", 200, 200),

        new("PAGE /beskeder", Messages, "/beskeder", 200, 200), new("PAGE /beskeder/{BeskedId}", Messages, "/beskeder/{besked}"),
        new("GET /api/beskeder", Messages, "/api/beskeder", 200, 200),
        new("GET /api/beskeder/stream", Messages, "/api/beskeder/stream", 200, 200),
        new("GET /api/beskeder/{beskedId}", Messages, "/api/beskeder/{besked}"),
        new("GET /api/beskeder/{beskedId}/raw", "a messages:raw", "/api/beskeder/{besked}/raw"),
        new("* /hubs/beskeder/negotiate", Messages, "/hubs/beskeder/negotiate?negotiateVersion=1", 200, 200),
        new("* /hubs/beskeder", Messages, "/hubs/beskeder", 400, 400),

        new("PAGE /sager", Cases, "/sager", 200, 200), new("PAGE /sager/{CaseNumber}", Cases, "/sager/{case}"),
        new("PAGE /sager/{CaseNumber}/bevis", Cases, "/sager/{case}/bevis"),
        new("PAGE /sager/{CaseNumber}/breve/{LetterId}/bestridt", Cases, "/sager/{case}/breve/{letter}/bestridt"),
        new("PAGE /opfoelgning", Cases, "/opfoelgning", 200, 200), new("PAGE /driftshaendelser", Cases, "/driftshaendelser", 200, 200),
        new("POST /api/sager/soeg", Cases, "/api/sager/soeg", 400, 400), new("GET /api/sager/{caseNumber}", Cases, "/api/sager/{case}"),
        new("GET /api/breve", Cases, "/api/breve", 200, 200), new("GET /api/breve/eksport.csv", Cases, "/api/breve/eksport.csv", 200, 200),
        new("GET /api/opfoelgning", Cases, "/api/opfoelgning", 200, 200),
        new("GET /api/breve/eksport.xlsx", Cases, "/api/breve/eksport.xlsx", 200, 200),
        new("GET /api/sager/eksport.csv", Cases, "/api/sager/eksport.csv", 200, 200),
        new("GET /api/sager/eksport.xlsx", Cases, "/api/sager/eksport.xlsx", 200, 200),
        new("GET /api/opfoelgning/eksport.csv", Cases, "/api/opfoelgning/eksport.csv", 200, 200),
        new("GET /api/opfoelgning/eksport.xlsx", Cases, "/api/opfoelgning/eksport.xlsx", 200, 200),
        new("GET /api/sager/{caseNumber}/bevis.pdf", Cases, "/api/sager/{case}/bevis.pdf"),
        new("POST /api/sager/{caseNumber}/bevis.pdf", Cases, "/api/sager/{case}/bevis.pdf", 400, 400),
        new("GET /api/sager/{caseNumber}/bevis.zip", Cases, "/api/sager/{case}/bevis.zip"),
        new("POST /api/sager/{caseNumber}/bevis.zip", "c a", "/api/sager/{case}/bevis.zip", 400, 400),
        new("GET /api/bevis/verificer", Cases, "/api/bevis/verificer", 200, 200),
        new("GET /api/bevis/checkpoint", Cases, "/api/bevis/checkpoint", 200, 200),
        new("GET /api/bevis/noegle", Cases, "/api/bevis/noegle", 200, 200),
        new("GET /api/bevis/konsistens", Cases, "/api/bevis/konsistens?fra=1", 200, 200),
        new("GET /api/beskeder/{beskedId}/bevis", Cases, "/api/beskeder/{besked}/bevis"),

        new("PAGE /forsendelser", "c a letters:write", "/forsendelser", 200, 200),
        new("GET /forsendelser/skabelon.csv", "c a letters:write", "/forsendelser/skabelon.csv", 200, 200),
        new("POST /api/forsendelser", "c a letters:write", "/api/forsendelser", 400, 400),

        new("PAGE /karantaene", "a operations:read operations:write", "/karantaene", 200, 200),
        new("GET /api/karantaene", "a operations:read operations:write", "/api/karantaene", 200, 200),
        new("GET /api/karantaene/eksport.csv", "a operations:read operations:write", "/api/karantaene/eksport.csv", 200, 200),
        new("GET /api/karantaene/eksport.xlsx", "a operations:read operations:write", "/api/karantaene/eksport.xlsx", 200, 200),
        new("GET /api/karantaene/{id}/raw", "a", "/api/karantaene/{quarantine}/raw"),
        new("POST /api/karantaene/{id}/retry", "a operations:write", "/api/karantaene/{quarantine}/retry"),
        new("PAGE /beskedkatalog", "f a messages:read operations:read", "/beskedkatalog", 200, 200),
        new("GET /api/beskedkatalog", "f a messages:read operations:read", "/api/beskedkatalog", 200, 200),
        new("GET /api/beskedkatalog/eksport.csv", "f a messages:read operations:read", "/api/beskedkatalog/eksport.csv", 200, 200),
        new("GET /api/beskedkatalog/eksport.xlsx", "f a messages:read operations:read", "/api/beskedkatalog/eksport.xlsx", 200, 200),
        new("PAGE /drift", "a operations:read", "/drift", 200, 200),

        new("PAGE /adgangslog", "a access:read", "/adgangslog", 200, 200),
        new("PAGE /adgangslog/indsigt", "a access:read", "/adgangslog/indsigt", 200, 200),
        new("GET /api/adgangslog", "a access:read", "/api/adgangslog", 200, 200),
        new("GET /api/adgangslog/eksport.csv", "a access:read", "/api/adgangslog/eksport.csv", 200, 200),
        new("GET /api/adgangslog/eksport.xlsx", "a access:read", "/api/adgangslog/eksport.xlsx", 200, 200),
        new("GET /api/adgangslog/checkpoint", "a access:read", "/api/adgangslog/checkpoint", 200, 200),
        new("GET /api/sager/{caseNumber}/adgang", "a access:read", "/api/sager/{case}/adgang"),
        new("POST /api/indsigt", "a access:read", "/api/indsigt", 400, 400),

        new("PAGE /effektkaeder", Chains, "/effektkaeder", 200, 200), new("PAGE /effektkaeder/{Id}", Chains, "/effektkaeder/{chain}"),
        new("PAGE /effektkaeder/{Id}/gevinster", Chains, "/effektkaeder/{chain}/gevinster"),
        new("PAGE /effektkaeder/rapport", Chains, "/effektkaeder/rapport", 200, 200),
        new("PAGE /effektkaeder/{ChainId}/rapport", Chains, "/effektkaeder/{chain}/rapport"),
        new("PAGE /effektkaeder/{Id}/workshop", "f a chains:write", "/effektkaeder/{chain}/workshop"),
        new("GET /api/effektkaeder", Chains, "/api/effektkaeder", 200, 200),
        new("GET /api/effektkaeder/{id}", Chains, "/api/effektkaeder/{chain}"),
        new("GET /api/effektkaeder/{id}/eksport.json", Chains, "/api/effektkaeder/{chain}/eksport.json"),
        new("GET /api/effektkaeder/{id}/eksport.svg", Chains, "/api/effektkaeder/{chain}/eksport.svg"),
        new("GET /api/effektkaeder/{id}/eksport.pdf", Chains, "/api/effektkaeder/{chain}/eksport.pdf"),
        new("GET /api/effektkaeder/{id}/maalinger", Chains, "/api/effektkaeder/{chain}/maalinger"),
        new("GET /api/effektkaeder/{id}/maalinger.csv", Chains, "/api/effektkaeder/{chain}/maalinger.csv"),
        new("GET /api/effektkaeder/{id}/maalinger/eksport.csv", Chains, "/api/effektkaeder/{chain}/maalinger/eksport.csv"),
        new("GET /api/effektkaeder/{id}/maalinger/eksport.xlsx", Chains, "/api/effektkaeder/{chain}/maalinger/eksport.xlsx"),
        new("GET /api/effektkaeder/{id}/rapport.pdf", Chains, "/api/effektkaeder/{chain}/rapport.pdf"),
        new("GET /api/effektkaeder/{id}/eksport.xlsx", Chains, "/api/effektkaeder/{chain}/eksport.xlsx"),
        new("GET /api/effektkaeder/{id}/rapporter", Chains, "/api/effektkaeder/{chain}/rapporter"),
        new("GET /api/effektkaeder/rapport.pdf", Chains, "/api/effektkaeder/rapport.pdf", 200, 200),
        new("GET /api/effektkaeder/eksport.xlsx", Chains, "/api/effektkaeder/eksport.xlsx", 200, 200),
        new("GET /api/effektkaeder/rapporter", Chains, "/api/effektkaeder/rapporter", 200, 200),
        new("POST /api/effektkaeder", "f a chains:write", "/api/effektkaeder", 400, 400),
        new("PUT /api/effektkaeder/{id}", "f a chains:write", "/api/effektkaeder/{chain}", 400),
        new("DELETE /api/effektkaeder/{id}", "f a chains:write", "/api/effektkaeder/{chain}", 412),
        new("POST /api/effektkaeder/{id}/maalinger", "f m a chains:write", "/api/effektkaeder/{chain}/maalinger", 400),
        new("POST /api/effektkaeder/{id}/rapporter", "f m a chains:write", "/api/effektkaeder/{chain}/rapporter?fra=x", 400, 400),
        new("POST /api/effektkaeder/rapporter", "f m a chains:write", "/api/effektkaeder/rapporter?fra=x", 400, 400),

        new("PAGE /login", "all", "/login", 200, 200), new("PAGE /status/404", "all", "/status/404", 200, 200),
        new("PAGE /status/403", "all", "/status/403", 200, 200), new("PAGE /deltag", "all", "/deltag", 200, 200),
        new("PAGE /deltag/{Code}", "all", "/deltag/{code}", 200, 200),
        new("POST /deltag/{code}/navn", "all", "/deltag/{code}/navn", 302, 302),
        new("POST /login/i-brug", "all", "/login/i-brug", 204, 204),
        new("GET /tema.css", "all", "/tema.css", 200, 200),
        new("GET /sprog", "all", "/sprog?kultur=da&returnUrl=/", 302, 302), new("POST /sprog", "all", "/sprog", 302, 302),
        new("STATIC wwwroot", "all", "/icon.svg", 200, 200), new("GET /health/live", "all", "/health/live", 200, 200),
        new("GET /health/ready", "all", "/health/ready", 200, 200), new("GET,HEAD /metrics", "all", "/metrics", 200, 200),
        new("GET /openapi/{documentName}.json", "all", "/openapi/v1.json", 200, 200), 
        new("GET /scalar/{documentName?}", "all", "/scalar/", 200, 200), new("GET /scalar/scalar.js", "all", "/scalar/scalar.js", 200, 200),
        new("GET /scalar/scalar.aspnetcore.js", "all", "/scalar/scalar.aspnetcore.js", 200, 200),
        new("GET /scalar/favicon.svg", "all", "/scalar/favicon.svg", 200, 200),
        new("GET /_framework/opaque-redirect", "all", "/_framework/opaque-redirect", 400, 400),
        new("* /_blazor/initializers", "session", "/_blazor/initializers", 200, 200),
        new("* /_blazor/negotiate", "session", "/_blazor/negotiate?negotiateVersion=1", 200, 200),
        new("* /_blazor/disconnect", "session", "/_blazor/disconnect", 400, 400), new("* /_blazor", "session", "/_blazor", 400, 400),
        // A push is refused in its own format: whoever has another key may not push, and the empty body of whoever may is refused.
        new("* /beskedfordeler/modtag", "all", "/beskedfordeler/modtag", 405, 405),
    ];

    /// <summary>
    /// Rows that other tests call: those that begin a session (tries are counted) or end one, that only a sign-in provider or a distributor
    /// calls, and the files that Development serves besides those of the build.
    /// </summary>
    public static IReadOnlyList<string> Elsewhere { get; } =
    [
        "POST /login/persona", "POST /logout", "POST /logout/backchannel", "GET /logout/frontchannel", "POST /beskedfordeler/modtag",
        "GET,HEAD /{**path:file}",
    ];

    /// <summary>The answer to nobody: pages and their files lead to the sign-in page, calls of programs do not.</summary>
    public int Refused =>
        IsOfCircuits || Path.StartsWith("/api/", StringComparison.Ordinal)
        || Path.StartsWith("/hubs/", StringComparison.Ordinal) ? 401 : 302;

    /// <summary>True for the connections of open pages, which nobody has without a session.</summary>
    public bool IsOfCircuits => Path.StartsWith("/_blazor", StringComparison.Ordinal);

    /// <summary>True when it is a page for people.</summary>
    public bool IsPage => Key.StartsWith("PAGE ", StringComparison.Ordinal);

    /// <summary>The HTTP method to call it by.</summary>
    public string Method => Key.Split(' ')[0] switch
    {
        "*" => Key.EndsWith("negotiate", StringComparison.Ordinal) || Key.EndsWith("disconnect", StringComparison.Ordinal) ? "POST" : "GET",
        "PAGE" or "STATIC" or "GET,HEAD" => "GET",
        var method => method,
    };

    /// <summary>True when the path names something that belongs to an authority.</summary>
    public bool NamesThing => Path.Contains('{', StringComparison.Ordinal);

    /// <summary>True when the path names a message, whose class limits of roles ask for.</summary>
    public bool NamesMessage => Path.Contains("{besked}", StringComparison.Ordinal);

    /// <summary>
    /// True for the proof that a message stands in the log, which is part of its letter's evidence: whoever sees either may have it.
    /// </summary>
    public bool NamesProof => Key == "GET /api/beskeder/{beskedId}/bevis";

    /// <summary>True when the path names a case, letter or message, which limits of roles narrow.</summary>
    public bool IsNarrowed => Path.Contains("{case}", StringComparison.Ordinal) || Path.Contains("{besked}", StringComparison.Ordinal);

    /// <summary>True when the caller may.</summary>
    public bool Allows(Caller caller) => Who switch
    {
        "all" => true,
        // Pages are for people.
        _ when IsPage && caller.Scope.Length > 0 => false,
        _ when caller.IsLimited && NeedsNoLimits => false,
        "signed-in" => !caller.IsAnonymous,
        "session" => !caller.IsAnonymous && caller.Scope.Length == 0,
        _ => Who.Split(' ').Contains(caller.Scope.Length > 0 ? caller.Scope : LetterOf(caller.Role)),
    };

    /// <summary>True when a person may by this role alone.</summary>
    public bool AllowsRole(string role, bool isLimited) => Who is "all" or "signed-in" or "session"
        || (!(isLimited && NeedsNoLimits) && Who.Split(' ').Contains(LetterOf(role)));

    // These are not narrowed, and so are not for roles with limits.
    private bool NeedsNoLimits => Path is "/drift" or "/api/indsigt" || Path.Contains("/karantaene", StringComparison.Ordinal)
        || (Path != "/adgang" && Path.Contains("/adgang", StringComparison.Ordinal))
        || Path.Contains("/beskedkatalog", StringComparison.Ordinal);

    private static string LetterOf(string role) => role switch
    {
        PortalRoles.Facilitator => "f",
        PortalRoles.Caseworker => "c",
        PortalRoles.Manager => "m",
        PortalRoles.Administrator => "a",
        _ => "-",
    };
}
