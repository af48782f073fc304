using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Platform.Http;

namespace Portal.Features.AccessControl.Looks;

/// <summary>
/// Notes requests about a case, a message or a row in quarantine that were answered 403: the viewer lacks the right. What is answered 404
/// is noted by the readers. The endpoint is known by the names of its route's values, so that a new one is noted by itself.
/// </summary>
internal static class RefusedRequests
{
    private const string Case = "caseNumber";
    private const string Message = "beskedId";

    /// <summary>
    /// Adds the middleware. Call before authentication and authorization, whose caller and refusals it sees on the way back.
    /// </summary>
    public static WebApplication UseRefusedRequests(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            // Read before: the status page of a refusal has an endpoint of its own.
            var note = NoteOf(context);
            await next(context);
            if (note is null || context.Response.StatusCode != StatusCodes.Status403Forbidden) return;
            var viewer = context.GetViewer();
            if (viewer != Viewer.Nobody) context.RequestServices.GetRequiredService<IAccessLooks>().Add(viewer, note);
        });
        return app;
    }

    /// <summary>The refusal of what an address is about; null when it is about nothing of a person.</summary>
    internal static AccessNote? NoteOf(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint) return null;
        var (path, values) = (context.Request.Path, context.Request.RouteValues);
        if (values.ContainsKey(Case))
        {
            return new AccessNote(KindOfCase(path)) { CaseNumber = PathValue.Of(context, NameIn(values, Case)), Refused = true };
        }

        if (values.ContainsKey(Message))
        {
            return new AccessNote(Ends(path, "/raw") ? AccessKind.ExactBytes : AccessKind.MessageOpened)
            {
                BeskedId = PathValue.Of(context, NameIn(values, Message)), Refused = true,
            };
        }

        return path.StartsWithSegments("/api/karantaene") && values["id"] is string row && endpoint.RoutePattern.RawText is not null
            ? new AccessNote(AccessKind.QuarantineBytes) { Reference = row, Refused = true }
            : null;
    }

    /// <summary>The refusal of a page with these route values; null when it is about nothing of a person.</summary>
    internal static AccessNote? NoteOf(IReadOnlyDictionary<string, object?> values)
    {
        string? Of(string name) =>
            values.FirstOrDefault(v => v.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value as string;
        return Of(Case) is { } number ? new AccessNote(AccessKind.CaseOpened) { CaseNumber = number, Refused = true }
            : Of(Message) is { } besked ? new AccessNote(AccessKind.MessageOpened) { BeskedId = besked, Refused = true }
            : null;
    }

    private static AccessKind KindOfCase(PathString path) =>
        Ends(path, "/bevis.zip") ? AccessKind.EvidencePackage
        : Ends(path, "/bevis") || Ends(path, "/bevis.pdf") ? AccessKind.EvidenceDocument
        : AccessKind.CaseOpened;

    // Pages write their parameters with a capital.
    private static string NameIn(RouteValueDictionary values, string name) =>
        values.Keys.First(k => k.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool Ends(PathString path, string end) => path.Value?.EndsWith(end, StringComparison.OrdinalIgnoreCase) == true;
}
