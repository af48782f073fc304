using Portal.Ingestion.Letters;

namespace Portal.Features.Registering.Api;

/// <summary>HTTP call that registers letters.</summary>
internal static class LetterEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/forsendelser", (HttpContext context, LetterIntake intake) => intake.AnswerAsync(context))
            .WithTags("Forsendelser")
            .Accepts<LetterSubmission>("application/json")
            .Produces<LetterJson>(201).Produces<LetterJson>().Produces<IReadOnlyList<LetterItemJson>>(207)
            .ProducesProblem(400).ProducesProblem(413)
            .WithSummary("Registrér et brev, eller en liste med op til 1000")
            .WithDescription("Ét brev: 201 ny, 200 kendt; er det anderledes, gemmes det som en rettelse. "
                + "En liste: 207 med et svar for hvert brev i samme rækkefølge. "
                + "replaces er id'et på det brev, som dette er sendt i stedet for: de to bliver knyttet sammen, og det gamle er løst.");
}
