using Microsoft.OpenApi;

namespace Portal.Platform.Http;

/// <summary>Describes an optional value that a call reads from its query or a header, for OpenAPI.</summary>
/// <param name="Name">Name in the request.</param>
/// <param name="Description">What it does, in Danish.</param>
/// <param name="In">Query or header.</param>
internal sealed record QueryField(string Name, string Description, ParameterLocation In = ParameterLocation.Query)
{
    /// <summary>The fields of every list.</summary>
    public static QueryField[] OfLists { get; } =
    [
        new("cursor", "Hvor den forrige side sluttede."),
        new("limit", "1–1000; 100, når den udelades."),
    ];

    /// <summary>The filter of messages.</summary>
    public static QueryField[] OfMessages { get; } =
    [
        new("type", "Beskedtype: UUID eller navn."),
        new("status", "Handling: UUID eller navn."),
        new("from", "Modtaget på eller efter; ISO 8601 med tidszone."),
        new("to", "Modtaget før; ISO 8601 med tidszone."),
        new("caseNumber", "Hører til et brev på denne sag."),
        new("text", "Fri tekst; aldrig et CPR-nummer."),
    ];

    /// <summary>The filter of letters.</summary>
    public static QueryField[] OfLetters { get; } =
    [
        new("verdict", "Kun dette resultat."),
        new("from", "Sendt på eller efter; ISO 8601 med tidszone."),
        new("to", "Sendt før; ISO 8601 med tidszone."),
        new("kind", "Hvad sidste dag for at klage bygger på: proven (bevist), presumed (sandsynliggjort) eller none (ingen)."),
    ];

    /// <summary>Only rows with this reason.</summary>
    public static QueryField Reason { get; } = new("reason", "Kun denne årsag.");
}
