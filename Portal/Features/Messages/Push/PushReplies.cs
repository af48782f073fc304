using Portal.Ingestion.Domain;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Settings;

namespace Portal.Features.Messages.Push;

/// <summary>
/// Answers pushes, with StatusKode 20 or 40 only: the distributor removes a message after 20, pauses and sends again after 40, and stops
/// the mailbox after any other code. Each answer is counted for Drift.
/// </summary>
internal sealed class PushReplies(PortalSettings settings, PushAnswers answers, TimeProvider time, ILogger<PushReplies> logger)
{
    private const string NotNow = "Beskeden kunne ikke gemmes nu. Send den igen.";

    private readonly OngoingProblem _refusals = new(logger, "Push", time);

    /// <summary>The message is durably stored: 20.</summary>
    public Task StoredAsync(HttpContext context, PushCaller caller)
    {
        answers.Stored(caller.Name);
        _refusals.End();
        return WriteAsync(context, StatusCodes.Status200OK, StandardRetur.Received, null);
    }

    /// <summary>
    /// The message cannot be stored now: 40, with HTTP 200 to a caller known by certificate and 503 to others, unless
    /// <c>Ingestion:Push:RefusalHttpStatus</c> is set.
    /// </summary>
    /// <param name="detail">The database's trouble in one Danish sentence; else null.</param>
    public Task LaterAsync(HttpContext context, PushCaller caller, PushRefusal why, string? detail = null)
    {
        var status = settings.PushRefusalHttpStatus
            ?? (caller.ByCertificate ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        answers.Refused(caller.Name, why, status, detail);
        if (LogText(why) is { } text) _refusals.Report(text);
        return WriteAsync(context, status, StandardRetur.SendAgain, NotNow);
    }

    /// <summary>The request is wrong or its sender may not push: the HTTP status says so, the StatusKode is 40.</summary>
    public Task RefusedAsync(HttpContext context, PushCaller caller, PushProblem problem)
    {
        answers.Refused(caller.Name, problem.Why, problem.HttpStatus, limit: problem.Limit);
        return WriteAsync(context, problem.HttpStatus, StandardRetur.SendAgain, problem.Text);
    }

    /// <summary>405: the address takes POST only. Not counted, since no message was offered.</summary>
    public static Task WrongMethodAsync(HttpContext context)
    {
        context.Response.Headers.Allow = HttpMethods.Post;
        return WriteAsync(context, StatusCodes.Status405MethodNotAllowed, StandardRetur.SendAgain, "Beskeder afleveres med POST.");
    }

    /// <summary>404: push is switched off.</summary>
    public static Task ClosedAsync(HttpContext context) =>
        WriteAsync(context, StatusCodes.Status404NotFound, StandardRetur.SendAgain, "Her modtages ikke beskeder.");

    // The receiver logs trouble with the database, and each unexpected error has its own line.
    private static string? LogText(PushRefusal why) => why switch
    {
        PushRefusal.Busy => "Der kommer flere beskeder på én gang, end der er plads til; resten får StatusKode 40.",
        PushRefusal.Late => "Beskeder blev ikke læst og gemt i tide og fik StatusKode 40.",
        _ => null,
    };

    private static Task WriteAsync(HttpContext context, int status, int code, string? text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.WriteAsync(StandardRetur.ToXml(code, text), context.RequestAborted);
    }
}
