using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Settings;
using Portal.Platform.Access;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;

namespace Portal.Features.Registering.Api;

/// <summary>Registers one letter or a list of at most 1,000; in a list each letter is accepted or refused separately.</summary>
internal sealed class LetterIntake(ILetterRegistry registry, PortalSettings settings, TimeProvider time)
{
    private const int MaxLetters = 1000;

    private sealed record Read(string? LetterId, LetterRegistration? Letter, ProblemDetails? Problem)
    {
        public IReadOnlyList<string>? Notes { get; init; }
    }

    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        var (document, problem) = await JsonBody.ReadAsync(context);
        if (document is null) return problem!;
        using (document)
        {
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Object => await OneAsync(context, ReadLetter(document.RootElement)),
                JsonValueKind.Array => await ManyAsync(context, document.RootElement),
                _ => PortalProblems.WrongField("$", "Send et brev som et JSON-objekt, eller en liste af breve."),
            };
        }
    }

    private async Task<IResult> OneAsync(HttpContext context, Read read)
    {
        if (read.Letter is not { } letter) return Results.Problem(read.Problem!);
        var outcomes = await registry.RegisterAsync(context.GetViewer(), [letter], SourceOf(context), context.RequestAborted);
        if (outcomes[0] == RegistrationOutcome.OutsideLimits) return Results.Problem(Outside());
        if (StatusOf(outcomes[0]) == StatusCodes.Status201Created)
            context.Response.Headers.Location = $"/api/sager/{Uri.EscapeDataString(letter.CaseNumber)}";
        return Results.Json(LetterJson.Of(letter) with { Notes = read.Notes }, PortalJson.Options, statusCode: StatusOf(outcomes[0]));
    }

    private async Task<IResult> ManyAsync(HttpContext context, JsonElement list)
    {
        if (list.GetArrayLength() > MaxLetters)
        {
            return Results.Problem(PortalProblems.Of(StatusCodes.Status413PayloadTooLarge, "For mange breve",
                $"Højst {MaxLetters} breve i et kald. Ingen af dem er gemt; send dem i flere kald.", "$"));
        }

        var read = list.EnumerateArray().Select(ReadLetter).ToList();
        RefuseTwins(read);
        var valid = read.Where(r => r.Letter is not null).Select(r => r.Letter!).ToList();
        var outcomes = valid.Count == 0
            ? []
            : await registry.RegisterAsync(context.GetViewer(), valid, SourceOf(context), context.RequestAborted);
        var next = 0;
        return Results.Json(
            read.Select(r => r.Letter is null
                ? new LetterItemJson(r.LetterId, r.Problem!.Status!.Value, r.Problem)
                : Item(r, outcomes[next++])).ToList(),
            PortalJson.Options,
            statusCode: StatusCodes.Status207MultiStatus);
    }

    private static LetterItemJson Item(Read read, RegistrationOutcome outcome) => outcome == RegistrationOutcome.OutsideLimits
        ? new LetterItemJson(read.LetterId, StatusCodes.Status403Forbidden, Outside())
        : new LetterItemJson(read.LetterId, StatusOf(outcome), null) { Notes = read.Notes };

    private static ProblemDetails Outside() => PortalProblems.Of(
        StatusCodes.Status403Forbidden, "Brevet er uden for din rettighed",
        "Din rolle er begrænset til bestemte emner eller enheder, og brevet ligger uden for dem. Brevet er ikke gemt; ret kle og "
            + "organisationUnit, eller bed en kollega uden den begrænsning om at registrere det.", []);

    // The same id with another case or recipient is an error in the list, not a correction.
    private static void RefuseTwins(List<Read> read)
    {
        var places = Enumerable.Range(0, read.Count).Where(n => read[n].Letter is not null).ToList();
        var twins = LetterBatchConflicts.Find([.. places.Select(n => read[n].Letter!)]);
        for (var n = 0; n < places.Count; n++)
        {
            if (twins[n] is not { } first) continue;
            var problem = new LetterProblem(
                "letterId", $"Står også i brev nr. {places[first] + 1} i listen med en anden sag eller modtager. Ret det ene brevs id.");
            read[places[n]] = read[places[n]] with { Letter = null, Problem = Wrong([problem]) };
        }
    }

    private Read ReadLetter(JsonElement element)
    {
        LetterSubmission? submission;
        try
        {
            submission = element.ValueKind == JsonValueKind.Object ? element.Deserialize<LetterSubmission>(PortalJson.Options) : null;
        }
        catch (JsonException wrong)
        {
            return new Read(
                LetterIdOf(element), null, Wrong([new LetterProblem(JsonBody.FieldOf(wrong), JsonBody.WhyWrong(element, wrong))]));
        }

        if (submission is null) return new Read(null, null, Wrong([new LetterProblem("$", "Et brev skal være et JSON-objekt.")]));
        var result = LetterValidation.Validate(submission, time.GetUtcNow());
        return result.Letter is { } letter
            ? new Read(letter.LetterId, letter, null) { Notes = NotesOf(letter, result.Mended) }
            : new Read(CprNumber.MaskInOrNull(submission.LetterId), null, Wrong(result.Problems));
    }

    private List<string>? NotesOf(LetterRegistration letter, IReadOnlyList<string> mended)
    {
        var notes = mended.Select(field =>
            $"{field}: Teksten var kodet to gange (fx Ã¸ for ø) og er gemt, som den var ment. Ret afsenderens tegnsæt til UTF-8.").ToList();
        if (CaseTypeNote.Of(letter, settings.AppealPeriods.Keys.ToArray()) is { } note) notes.Add($"{note.Field}: {note.Message}");
        return notes.Count == 0 ? null : notes;
    }

    private static string? LetterIdOf(JsonElement element)
    {
        try
        {
            return element.TryGetProperty("letterId", out var id) && id.ValueKind == JsonValueKind.String
                ? CprNumber.MaskInOrNull(id.GetString())
                : null;
        }
        catch (InvalidOperationException)
        {
            // The text holds a lone surrogate.
            return null;
        }
    }

    private static ProblemDetails Wrong(IReadOnlyList<LetterProblem> problems) => PortalProblems.Of(
        StatusCodes.Status400BadRequest, "Brevet kan ikke registreres",
        $"{problems[0].Field}: {problems[0].Message} Brevet er ikke gemt; ret det, og send det igen.",
        [.. problems.Select(p => (p.Field, p.Message))]);

    // A signed-in person may call the API too, from the browser.
    private static RegistrationSource SourceOf(HttpContext context) =>
        context.User.Identity?.AuthenticationType == ViewerClaims.KeyAuthentication
            ? RegistrationSource.System
            : RegistrationSource.Person;

    private static int StatusOf(RegistrationOutcome outcome) =>
        outcome == RegistrationOutcome.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK;
}
