using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Portal.Platform.Http.Problems;

/// <summary>
/// Writes problem details (RFC 9457) in Danish: what happened, what is saved, what to do. Never the text of an exception.
/// </summary>
public static class PortalProblems
{
    /// <summary>The media type of problem details.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>401.</summary>
    public static Task NotSignedIn(HttpContext context) =>
        Write(context, StatusCodes.Status401Unauthorized, "Ikke logget ind",
            "Kaldet mangler en gyldig nøgle. Send en API-nøgle i headeren X-Api-Key, eller log ind.");

    /// <summary>403.</summary>
    public static Task NotAllowed(HttpContext context) =>
        Write(context, StatusCodes.Status403Forbidden, "Ingen adgang",
            "Nøglen eller brugeren har ikke ret til dette. Bed en administrator om adgang.");

    /// <summary>403 for an API key at a page.</summary>
    public static Task PagesAreForPeople(HttpContext context) =>
        Write(context, StatusCodes.Status403Forbidden, "Kun for personer",
            "En API-nøgle åbner ikke portalens sider; intet er vist eller ændret. Brug adresserne under /api med nøglen, "
                + "eller åbn siden i en browser, og log ind.");

    /// <summary>404: the resource does not exist, or the caller may not see it.</summary>
    public static Task NotFound(HttpContext context) =>
        Write(context, StatusCodes.Status404NotFound, "Findes ikke", "Der er intet her, som du kan se. Kontrollér adressen.");

    /// <summary>Writes a problem; <paramref name="field"/> names the wrong field of the request.</summary>
    public static Task Write(HttpContext context, int status, string title, string detail, string? field = null)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(Of(status, title, detail, field), options: null, ContentType, context.RequestAborted);
    }

    /// <summary>A problem; <paramref name="field"/> names the wrong field of the request.</summary>
    public static ProblemDetails Of(int status, string title, string detail, string? field = null) =>
        field is null ? Of(status, title, detail, []) : Of(status, title, detail, [(field, detail)]);

    /// <summary>A problem with several wrong fields: <c>errors</c> holds field → messages, and <c>field</c> the first.</summary>
    public static ProblemDetails Of(int status, string title, string detail, IReadOnlyList<(string Field, string Message)> fields)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail };
        if (fields.Count == 0) return problem;
        problem.Extensions["field"] = fields[0].Field;
        problem.Extensions["errors"] = fields.GroupBy(f => f.Field).ToDictionary(g => g.Key, g => g.Select(f => f.Message).ToArray());
        return problem;
    }

    /// <summary>400 for a wrong field of the request.</summary>
    public static IResult WrongField(string field, string detail) =>
        Results.Problem(Of(StatusCodes.Status400BadRequest, "Forkert værdi", detail, field));

    /// <summary>422 for a message whose stored bytes cannot be read, so the received bytes cannot be returned.</summary>
    public static IResult Unreadable(long sequence) => Results.Problem(Of(
        StatusCodes.Status422UnprocessableEntity, "Kan ikke læses",
        string.Create(
            CultureInfo.InvariantCulture, $"Det, der er gemt af beskeden med løbenummer {sequence}, er beskadiget, ændret eller skrevet af "
                + $"en nyere version. Løbenummer, tidspunkt og SHA-256 er bevaret. Kør verify, og hent beskeden fra en sikkerhedskopi.")));

    /// <summary>422 for stored bytes of quarantine that cannot be read.</summary>
    public static IResult UnreadableQuarantine() => Results.Problem(Of(
        StatusCodes.Status422UnprocessableEntity, "Kan ikke læses",
        "Rækkens bytes i karantænen er beskadiget eller skrevet af en nyere version. Årsag, tidspunkt og SHA-256 er bevaret. "
            + "Hent dem fra en sikkerhedskopi, eller bed afsenderen sende igen."));

    /// <summary>404 as a result.</summary>
    public static IResult Missing() =>
        Results.Problem(Of(StatusCodes.Status404NotFound, "Findes ikke", "Der er intet her, som du kan se. Kontrollér adressen."));
}
