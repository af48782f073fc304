using System.Text.Json;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Reports.Issued;
using Portal.Ingestion.Domain;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;

namespace Portal.Features.Reports.Api;

/// <summary>The body of a call that issues a report; it may be left out.</summary>
/// <param name="Explanations">Why benefits do not go as planned, by the deviation's key.</param>
public sealed record IssueSubmission(IReadOnlyDictionary<string, string>? Explanations);

/// <summary>Reads the explanations of a call that issues a report. All are checked before any is stored.</summary>
internal static class ExplanationsBody
{
    private const string Field = "explanations";

    /// <summary>The explanations, or the problem to answer with.</summary>
    public static async Task<(IReadOnlyList<Explanation> Read, IResult? Problem)> ReadAsync(HttpContext context, ReportModel report)
    {
        var request = context.Request;
        if (request.ContentLength == 0 || (request.ContentLength is null && request.ContentType is null)) return ([], null);
        var (document, problem) = await JsonBody.ReadAsync(context);
        if (document is null) return ([], problem);
        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return ([], Wrong("$", "Send et JSON-objekt, eller intet indhold."));
            if (!root.TryGetProperty(Field, out var all) || all.ValueKind == JsonValueKind.Null) return ([], null);
            if (all.ValueKind != JsonValueKind.Object)
                return ([], Wrong(Field, "explanations skal være et objekt: afvigelsens nøgle og en tekst."));
            var read = new List<Explanation>();
            foreach (var one in all.EnumerateObject())
            {
                var (explanation, wrong) = Read(report, one);
                if (explanation is null) return ([], Wrong($"{Field}.{one.Name}", wrong!));
                read.Add(explanation);
            }

            return (read, null);
        }
    }

    private static (Explanation? Read, string? Wrong) Read(ReportModel report, JsonProperty one)
    {
        var known = report.Chapters.SelectMany(c => c.Benefits.Benefits.Select(b => (Chain: c.Benefits.Chain.Id, Box: b.Element.Id)))
            .Where(b => Explanations.KeyOf(report, b.Chain, b.Box) == one.Name).ToList();
        if (known.Count == 0) return (null, "Der er ingen gevinst med den nøgle i rapporten.");
        if (one.Value.ValueKind != JsonValueKind.String) return (null, "Forklaringen skal være en tekst.");
        if (TextOf(one.Value) is not { } text) return (null, "Teksten har et halvt tegn i sig.");
        var why = NoteRules.Clean(text) ?? "";
        return NoteRules.Check(why, null, isAnswered: false) is { } problem
            ? (null, problem.Danish)
            : (new Explanation(known[0].Chain, known[0].Box, why), null);
    }

    // Null for a text with half a surrogate pair.
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static IResult Wrong(string field, string why) =>
        PortalProblems.WrongField(CprNumber.MaskIn(field), $"{why} Intet er udstedt.");
}
