using System.Text.Json;
using Portal.Features.Benefits.Keeping;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Access;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;

namespace Portal.Features.Benefits.Api;

/// <summary>Stores measurements from a request body: one or a list, all or nothing.</summary>
internal sealed class MeasurementIntake(IBenefitStore benefits)
{
    /// <summary>The source of measurements that came through the HTTP interface.</summary>
    public const string Via = "api";

    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        var (viewer, id) = (context.GetViewer(), PathValue.Of(context, "id"));
        if (await benefits.ReadAsync(viewer, id, context.RequestAborted) is null) return PortalProblems.Missing();
        var (document, problem) = await JsonBody.ReadAsync(context);
        if (document is null) return problem!;
        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
                return PortalProblems.WrongField("$", "Send en måling som et JSON-objekt, eller en liste af målinger. Intet er gemt.");
            var one = root.ValueKind == JsonValueKind.Object;
            var items = one ? [root] : root.EnumerateArray().ToList();
            if (items.Count > BenefitStore.MaxMeasurements)
            {
                return Results.Problem(PortalProblems.Of(
                    StatusCodes.Status413PayloadTooLarge, "For mange målinger",
                    $"Højst {BenefitStore.MaxMeasurements} målinger i et kald. Ingen af dem er gemt; send dem i flere kald.", "$"));
            }

            var problems = new List<(string Field, string Message)>();
            var read = items.Select((item, n) => Read(item, $"[{n}].", problems)).OfType<NewMeasurement>().ToList();
            if (problems.Count > 0) return Wrong(problems, one);
            var (outcome, saved) = await benefits.AddMeasurementsAsync(viewer, id, read, Via, context.RequestAborted);
            if (!outcome.Found) return PortalProblems.Missing();
            if (!outcome.IsDone) return Wrong([.. outcome.Problems.Select(p => (p.Field, p.Text.Danish))], one);
            context.Response.Headers.Location = $"/api/effektkaeder/{Uri.EscapeDataString(id)}/maalinger";
            return Results.Json<object>(one ? MeasurementJson.Of(saved[0]) : saved.Select(MeasurementJson.Of).ToList(), PortalJson.Options,
                statusCode: StatusCodes.Status201Created);
        }
    }

    private static NewMeasurement? Read(JsonElement item, string at, List<(string Field, string Message)> problems)
    {
        var before = problems.Count;
        void Wrong(string field, string message) => problems.Add((at + field, $"{message} Intet er gemt."));
        if (item.ValueKind != JsonValueKind.Object)
        {
            problems.Add((at.TrimEnd('.'), "En måling skal være et JSON-objekt. Intet er gemt."));
            return null;
        }

        var element = Text(item, "elementId");
        if (element is not { Length: > 0 }) Wrong("elementId", "elementId mangler eller er ikke en tekst.");
        var moment = default(DateTimeOffset);
        if (Text(item, "at") is not { } when || !IsoMoment.TryRead(when, out moment))
            Wrong("at", "at skal være et tidspunkt efter ISO 8601 med tidszone, fx 2026-01-31T12:00:00+01:00.");

        decimal? value = null;
        if (!item.TryGetProperty("value", out var number))
            Wrong("value", "value mangler. Skriv null for at tage en tidligere måling tilbage.");
        else if (number.ValueKind == JsonValueKind.Number && number.TryGetDecimal(out var known)) value = known;
        else if (number.ValueKind != JsonValueKind.Null)
            Wrong("value", "value skal være et tal i JSON (punktum som decimaltegn, ingen anførselstegn) og højst 28 cifre, eller null.");
        var note = item.TryGetProperty("note", out var written) && written.ValueKind != JsonValueKind.Null ? written : (JsonElement?)null;
        if (note is { ValueKind: not JsonValueKind.String }) Wrong("note", "note skal være en tekst.");
        return problems.Count == before ? new NewMeasurement(element!, moment, value, note is null ? null : Text(item, "note")) : null;
    }

    private static string? Text(JsonElement item, string name)
    {
        try
        {
            return item.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // A text with half a surrogate pair is not valid.
            return null;
        }
    }

    // For a single measurement the fields are named without an index.
    private static IResult Wrong(IReadOnlyList<(string Field, string Message)> problems, bool one)
    {
        var named = problems.Take(50).Select(p => (Field: one && p.Field.StartsWith("[0]", StringComparison.Ordinal)
            ? p.Field[3..].TrimStart('.') is { Length: > 0 } field ? field : "$"
            : p.Field, p.Message)).ToList();
        return Results.Problem(PortalProblems.Of(
            StatusCodes.Status400BadRequest, "Målingerne kan ikke gemmes", $"{named[0].Field}: {named[0].Message}", named));
    }
}
