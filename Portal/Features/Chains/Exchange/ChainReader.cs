using System.Text.Json;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Layout;
using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Exchange;

/// <summary>A fault in a JSON text that should be a chain.</summary>
/// <param name="Field">Path: <c>elements[3].kind</c>; <c>$</c> for the whole.</param>
/// <param name="Line">Line in the text, from 1.</param>
/// <param name="Message">The fault and how to correct it, in Danish.</param>
public sealed record ChainProblem(string Field, int Line, string Message);

/// <summary>The chain that was read, or its faults; never a partial chain.</summary>
/// <param name="Id">The id in the text; null when there is none.</param>
/// <param name="Document">The chain, every box with a position; null when something is wrong.</param>
/// <param name="Problems">The faults, up to 20; empty when there are none.</param>
/// <param name="Unplaced">Ids of boxes that were given without a position.</param>
public sealed record ChainReadResult(
    string? Id, ChainDocument? Document, IReadOnlyList<ChainProblem> Problems, IReadOnlySet<string> Unplaced);

/// <summary>Reads a chain from JSON, in the format of the HTTP interface and of the examples.</summary>
public static class ChainReader
{
    internal const int MaxDepth = 32;
    private const int MaxProblems = 20;

    /// <summary>Reads UTF-8 JSON, with or without a byte order mark.</summary>
    public static ChainReadResult Read(ReadOnlyMemory<byte> json)
    {
        var problems = new List<ChainProblem>();
        // Not part of JSON, but files may start with one.
        if (json.Span.StartsWith("\uFEFF"u8)) json = json[3..];
        JsonDocument parsed;
        try
        {
            parsed = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException wrong)
        {
            var line = (int)(wrong.LineNumber ?? 0) + 1;
            return new ChainReadResult(null, null, [new ChainProblem(
                "$", line, $"Indholdet er ikke gyldig JSON ved tegn {wrong.BytePositionInLine + 1}.")], new HashSet<string>());
        }

        using (parsed)
        {
            var lines = JsonLines.Read(json.Span);
            var draft = new ChainDraft((field, message) =>
            {
                // A message names what was sent.
                if (problems.Count < MaxProblems) problems.Add(new ChainProblem(field, lines.Of(field), CprNumber.MaskIn(message)));
            });
            var id = draft.Read(parsed.RootElement);
            if (problems.Count > 0) return new ChainReadResult(id, null, problems, new HashSet<string>());
            var document = draft.Document();
            return new ChainReadResult(id, ChainLayout.PlaceMissing(document, draft.Order), [],
                document.Present.Where(e => !e.HasPlace).Select(e => e.Id).ToHashSet(StringComparer.Ordinal));
        }
    }
}
