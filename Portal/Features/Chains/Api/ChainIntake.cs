using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Exchange;
using Portal.Features.Chains.Hints;
using Portal.Features.Chains.Storage;
using Portal.Platform.Access;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;

namespace Portal.Features.Chains.Api;

/// <summary>Creates and replaces chains from request bodies, all or nothing.</summary>
internal sealed class ChainIntake(IChainStore chains, ChainSessions sessions, IMeasuredBoxes measured)
{
    /// <summary>POST: creates a chain from the request body.</summary>
    public async Task<IResult> MakeAsync(HttpContext context)
    {
        var (read, problem) = await ReadAsync(context);
        if (read?.Document is not { } document) return problem!;
        var viewer = context.GetViewer();
        var made = await chains.CreateAsync(viewer, read.Id, document, context.RequestAborted);
        context.Response.Headers.Location = $"/api/effektkaeder/{Uri.EscapeDataString(made.Id)}";
        ChainRevision.Name(context.Response, made.LastNumber);
        return Results.Json(ChainJson.Of(made, document), PortalJson.Options, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>PUT: replaces a chain's content, as one operation that open editors see live.</summary>
    public async Task<IResult> ReplaceAsync(HttpContext context)
    {
        var (viewer, id) = (context.GetViewer(), PathValue.Of(context, "id"));
        Func<long, bool>? expected;
        try
        {
            expected = ChainRevision.Expected(context.Request);
        }
        catch (FormatException wrong)
        {
            return ChainRevision.Wrong(wrong);
        }

        if (await sessions.OpenAsync(viewer, id, context.RequestAborted) is not { } session) return PortalProblems.Missing();
        if (expected?.Invoke(session.State.Number) == false) return ChainRevision.Moved(context, session.State.Number);
        var (read, problem) = await ReadAsync(context);
        if (read?.Document is not { } sent) return problem!;
        if (read.Id is { } named && named != id)
            return PortalProblems.WrongField("id", "id er ikke det samme som i adressen. Intet er ændret.");

        var editor = ChainEditor.Of(viewer, session.Authority, "api");
        ChainResult result;
        do
        {
            // The differences are computed against this state. With If-Match they are stored only if nothing was applied since; otherwise
            // If-Match is checked against the new state (»*« still matches) and the loop tries again.
            var state = session.State;
            if (expected?.Invoke(state.Number) == false) return ChainRevision.Moved(context, state.Number);
            // A text that the client sends back masked, as GET returned it, is not a change.
            var now = ChainMask.Of(state.For(editor));
            var operation = new ChainOperation(ChainDifference.Changes(now, Wanted(now, sent, read.Unplaced)));
            result = await session.ApplyAsync(editor, operation, expected is null ? null : state.Number, context.RequestAborted);
        }
        while (result.Outcome == ChainOutcome.Moved);

        // Owner, baseline and target of a measured box belong to its benefit: the answer shows them as they are.
        if (result.Outcome is not (ChainOutcome.Gone or ChainOutcome.Refused))
            await measured.UpdateBoxesAsync(viewer, id, context.RequestAborted);
        return result.Outcome switch
        {
            ChainOutcome.Gone => PortalProblems.Missing(),
            ChainOutcome.Refused => Results.Problem(PortalProblems.Of(
                StatusCodes.Status409Conflict, "Kan ikke ændres nu", "Kæden skrives stille, eller ændringen ville gøre den for stor. "
                    + "Intet er ændret; prøv igen, når teksterne er vist.", result.Field)),
            _ => await AnswerAsync(context, id),
        };
    }

    private async Task<IResult> AnswerAsync(HttpContext context, string id)
    {
        var viewer = context.GetViewer();
        return await chains.FindAsync(viewer, id, context.RequestAborted) is { } summary
            && await chains.ReadAsync(viewer, id, context.RequestAborted) is { } document
            ? Named(context, summary, document)
            : PortalProblems.Missing();
    }

    private static IResult Named(HttpContext context, ChainSummary summary, ChainDocument document)
    {
        ChainRevision.Name(context.Response, summary.LastNumber);
        return Results.Json(ChainJson.Of(summary, document), PortalJson.Options);
    }

    // An existing box sent without x and y keeps its position; the layout places only new boxes.
    private static ChainDocument Wanted(ChainDocument now, ChainDocument sent, IReadOnlySet<string> unplaced)
    {
        var bare = unplaced.Aggregate(
            sent, (document, id) => Put(document, document.Elements[id].With(ElementProperty.X, null).With(ElementProperty.Y, null)));
        var kept = unplaced.Where(now.Elements.ContainsKey)
            .Aggregate(bare, (document, id) => Put(document, Standing(document.Elements[id], now.Elements[id])));
        return Portal.Features.Chains.Layout.ChainLayout.PlaceMissing(kept);
    }

    private static ChainElement Standing(ChainElement sent, ChainElement now) =>
        sent.With(ElementProperty.X, now.Get(ElementProperty.X)).With(ElementProperty.Y, now.Get(ElementProperty.Y))
            .With(ElementProperty.Width, sent.Get(ElementProperty.Width) ?? now.Get(ElementProperty.Width));

    private static ChainDocument Put(ChainDocument document, ChainElement element) =>
        document with { Elements = document.Elements.SetItem(element.Id, element) };

    private static async Task<(ChainReadResult? Read, IResult? Problem)> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType() && context.Request.ContentLength != 0)
            return (null, Results.StatusCode(StatusCodes.Status415UnsupportedMediaType));
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (body.Length == 0) return (null, PortalProblems.WrongField("$", "Kaldet har intet indhold. Send en effektkæde som JSON."));
        var read = ChainReader.Read(body.GetBuffer().AsMemory(0, (int)body.Length));
        if (read.Document is not null) return (read, null);
        var first = read.Problems[0];
        return (null, Results.Problem(PortalProblems.Of(
            StatusCodes.Status400BadRequest, "Ikke en effektkæde",
            $"{first.Field} (linje {first.Line}): {first.Message} Intet er gemt; ret det, og send det igen.",
            [.. read.Problems.Select(p => (p.Field, $"Linje {p.Line}: {p.Message}"))])));
    }
}
