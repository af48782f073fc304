using System.Globalization;
using Microsoft.OpenApi;
using Portal.Ingestion.Storage;

namespace Portal.Features.Messages.Push;

/// <summary>The push endpoint's part of the OpenAPI description.</summary>
internal static class PushDescription
{
    private const string Xml = "application/xml";

    private static readonly IReadOnlyDictionary<string, string> Answers = new Dictionary<string, string>
    {
        ["200"] = "StatusKode 20: gemt varigt, i beskedloggen eller i karantænen. StatusKode 40 til en afsender, der er kendt på sit "
            + "klientcertifikat: kunne ikke gemmes nu; hold pause, og send igen",
        ["400"] = "Indholdet er tomt eller kom ikke helt frem. StatusKode 40",
        ["401"] = "Afsenderen er ikke kendt, eller certifikatet gælder ikke nu. StatusKode 40",
        ["403"] = "Afsenderen må ikke aflevere beskeder. StatusKode 40",
        ["404"] = "Push er slået fra. StatusKode 40",
        ["405"] = "En anden metode end POST. StatusKode 40",
        ["415"] = "Indholdet er ikke XML, eller det er komprimeret. StatusKode 40",
        ["503"] = "Kunne ikke gemmes nu: hold pause, og send igen. StatusKode 40",
    };

    public static void Add(RouteHandlerBuilder endpoint)
    {
        endpoint.WithTags("Beskedfordeler").WithSummary("Modtag en besked").WithDescription(
            "ModtagBeskedInput eller en bar Haendelsesbesked som application/xml eller text/xml. Svaret er altid ModtagBeskedOutput. "
            + "StatusKode 20, når beskeden er gemt varigt; også når den ikke kan forstås eller er for stor og står i karantæne. Ellers "
            + "StatusKode 40: hold pause, og send igen; andre koder svares aldrig. Når beskeden ikke kan gemmes nu, kommer svaret inden "
            + $"{Math.Ceiling(BusyLimits.Delivery.TotalSeconds).ToString(CultureInfo.InvariantCulture)} s, med HTTP 200 til en afsender, "
            + "der er kendt på sit klientcertifikat, og 503 til andre (Ingestion:Push:RefusalHttpStatus 200 eller 503 gælder for alle).");

        // Described by hand: with Accepts() the router would answer a wrong media type itself, in another format.
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody { Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { [Xml] = new(), ["text/xml"] = new() } };
            foreach (var (status, text) in Answers)
            {
                if (operation.Responses?.TryGetValue(status, out var response) == true) response.Description = text;
            }

            return Task.CompletedTask;
        });
        foreach (var status in Answers.Keys) endpoint.Produces<string>(int.Parse(status, CultureInfo.InvariantCulture), Xml);
    }
}
