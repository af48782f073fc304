using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Portal.Api.Problems;

namespace Portal.Api;

/// <summary>Reads a call's JSON body and says which field is wrong.</summary>
internal static class JsonBody
{
    /// <summary>The body as <typeparamref name="T"/>, or the answer to a body that is not.</summary>
    public static async Task<(T? Body, IResult? Problem)> ReadAsync<T>(HttpContext context)
        where T : class
    {
        var (document, problem) = await ReadAsync(context);
        if (document is null) return (null, problem);
        using (document)
        {
            try
            {
                return (document.RootElement.Deserialize<T>(PortalJson.Options), null);
            }
            catch (JsonException wrong)
            {
                return (null, PortalProblems.WrongField(FieldOf(wrong), WrongType));
            }
        }
    }

    /// <summary>The body as a document, or the answer to one that is not JSON.</summary>
    public static async Task<(JsonDocument? Document, IResult? Problem)> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } || context.Request.ContentLength == 0)
        {
            return (null, Bad("Kaldet har intet indhold. Send JSON."));
        }

        if (!context.Request.HasJsonContentType()) return (null, Results.StatusCode(StatusCodes.Status415UnsupportedMediaType));
        try
        {
            return (await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted), null);
        }
        catch (JsonException wrong)
        {
            // Line and place only: the exception's own text may repeat what was sent.
            return (null, Bad($"Indholdet er ikke gyldig JSON: linje {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}. Intet er gemt."));
        }
    }

    /// <summary>What is said of a value of the wrong kind.</summary>
    public const string WrongType = "Værdien har en forkert JSON-type.";

    /// <summary>The path of the field at fault: <c>recipient.name</c>.</summary>
    public static string FieldOf(JsonException wrong) => (wrong.Path ?? "$").TrimStart('$').TrimStart('.') is { Length: > 0 } path ? path : "$";

    private static IResult Bad(string detail) => PortalProblems.WrongField("$", detail);
}
