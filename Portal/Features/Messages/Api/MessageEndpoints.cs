using System.Globalization;
using Microsoft.OpenApi;
using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;
using Portal.Platform.Access;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;

namespace Portal.Features.Messages.Api;

/// <summary>HTTP reads of messages.</summary>
internal static class MessageEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var messages = routes.MapGroup("/api/beskeder").WithTags("Beskeder");
        messages.MapGet("", ListAsync).Produces<ListJson<MessageJson>>().ProducesProblem(400).WithSummary("Beskeder, nyeste først")
            .WithMetadata([.. QueryField.OfMessages, .. QueryField.OfLists]);
        messages.MapGet("/stream", MessageStream.SendAsync).Produces<string>(200, "text/event-stream").ProducesProblem(400)
            .WithSummary("Beskeder, mens de kommer")
            .WithDescription("Server-sent events: id er løbenummeret, data er beskeden. after = 0: fra begyndelsen; "
                + "uden after: fra nu. Last-Event-ID vinder.")
            .WithMetadata([.. QueryField.OfMessages, new QueryField("after", "Løbenummer at fortsætte efter."),
                new QueryField("Last-Event-ID", "Løbenummer på den sidst sete besked.", ParameterLocation.Header)]);
        messages.MapGet("/{beskedId}", FindAsync).Produces<MessageJson>().ProducesProblem(404).WithSummary("Én besked");
        messages.MapGet("/{beskedId}/raw", RawAsync)
            .Produces<byte[]>(200, "application/xml").ProducesProblem(403).ProducesProblem(404).ProducesProblem(422)
            .WithSummary("Beskedens bytes, nøjagtigt som modtaget");
        routes.MapHub<MessageHub>(MessageHub.Path);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IMessageReader reader)
    {
        var query = new QueryValues(context.Request.Query);
        var (filter, limit, cursor) = (query.Filter(), query.Limit(), query.Text("cursor"));
        if (query.Problem is { } problem) return problem;
        return await Lists.ReadAsync(
            () => reader.ListAsync(context.GetViewer(), filter, cursor, limit, context.RequestAborted), MessageJson.Of);
    }

    private static async Task<IResult> FindAsync(HttpContext context, IMessageReader reader) =>
        await reader.FindAsync(context.GetViewer(), PathValue.Of(context, "beskedId"), context.RequestAborted) is { } message
            ? Results.Json(MessageJson.Of(message), PortalJson.Options)
            : PortalProblems.Missing();

    private static async Task<IResult> RawAsync(
        HttpContext context, [FromKeyedServices(NotedReaders.Unnoted)] IMessageReader reader, IAccessLog log, IAccessLooks looks)
    {
        var viewer = context.GetViewer();
        var beskedId = PathValue.Of(context, "beskedId");
        var message = await reader.FindAsync(viewer, beskedId, context.RequestAborted);
        byte[]? bytes;
        try
        {
            bytes = message is null ? null : await reader.ReadBytesAsync(viewer, beskedId, context.RequestAborted);
        }
        catch (UnreadableContentException)
        {
            return PortalProblems.Unreadable(message!.Sequence);
        }

        if (bytes is null)
        {
            looks.Add(viewer, new AccessNote(AccessKind.ExactBytes) { BeskedId = beskedId, Refused = true });
            return PortalProblems.Missing();
        }

        await log.NoteAsync(viewer, new AccessNote(AccessKind.ExactBytes) { BeskedId = message!.BeskedId, CaseNumber = message.Case,
            LetterId = message.LetterId }, context.RequestAborted);

        // The file name holds the sequence number, since a BeskedId may hold any characters.
        return Results.File(bytes, "application/xml", string.Create(CultureInfo.InvariantCulture, $"besked-{message.Sequence}.xml"));
    }
}
