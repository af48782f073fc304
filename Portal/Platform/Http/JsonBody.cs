using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Portal.Platform.Http.Problems;

namespace Portal.Platform.Http;

/// <summary>Reads a call's JSON body, and names the field that is wrong.</summary>
internal static class JsonBody
{
    /// <summary>The body as <typeparamref name="T"/>, or the 400 or 415 to answer with.</summary>
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
                return (null, PortalProblems.WrongField(FieldOf(wrong), WhyWrong(document.RootElement, wrong)));
            }
        }
    }

    /// <summary>The body as a document, which the caller disposes, or the 400 or 415 to answer with.</summary>
    public static async Task<(JsonDocument? Document, IResult? Problem)> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } || context.Request.ContentLength == 0)
        {
            return (null, Bad("Kaldet har intet indhold. Send JSON."));
        }

        if (!context.Request.HasJsonContentType()) return (null, Results.StatusCode(StatusCodes.Status415UnsupportedMediaType));
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var (utf8, error) =
            JsonText.ToUtf8(body.GetBuffer().AsMemory(0, (int)body.Length), context.Request.GetTypedHeaders().ContentType?.Charset.Value);
        if (error is not null) return (null, Bad($"{error} Intet er gemt."));
        try
        {
            return (JsonDocument.Parse(utf8), null);
        }
        catch (JsonException wrong)
        {
            // Line and byte only: the exception's message may repeat what was sent.
            return (null,
                Bad($"Indholdet er ikke gyldig JSON: linje {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}. Intet er gemt."));
        }
    }

    /// <summary>Why a value cannot be read: it has another JSON type, or is a text with a lone surrogate.</summary>
    public static string WhyWrong(JsonElement root, JsonException wrong) => HasHalfCharacter(root, wrong.Path) ? HalfCharacter : WrongType;

    private const string HalfCharacter =
        "Teksten har et halvt tegn i sig (en enlig surrogat, fx \\ud800). Send hele tegnet, eller udelad det.";

    private static bool HasHalfCharacter(JsonElement root, string? path)
    {
        var value = root;
        foreach (var part in (path ?? "$").TrimStart('$').Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(part, out var property)) value = property;
            else if (value.ValueKind == JsonValueKind.Array
                && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n < value.GetArrayLength())
            {
                value = value[n];
            }
            else return false;
        }

        if (value.ValueKind != JsonValueKind.String) return false;
        try
        {
            value.GetString();
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    /// <summary>The Danish message for a value of the wrong JSON type.</summary>
    public const string WrongType = "Værdien har en forkert JSON-type.";

    /// <summary>The path of the field at fault: <c>recipient.name</c>.</summary>
    public static string FieldOf(JsonException wrong) =>
        (wrong.Path ?? "$").TrimStart('$').TrimStart('.') is { Length: > 0 } path ? path : "$";

    private static IResult Bad(string detail) => PortalProblems.WrongField("$", detail);
}
