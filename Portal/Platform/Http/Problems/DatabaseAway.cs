using System.Text.Encodings.Web;
using Portal.Ingestion.Access;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;

namespace Portal.Platform.Http.Problems;

/// <summary>
/// Logs an outage of the database: one line when a call or a page first meets it and one when it is over, however many meet it in between.
/// </summary>
internal sealed class DatabaseAway(TimeProvider time, ILogger<DatabaseAway> log)
{
    /// <summary><c>Retry-After</c> of a 503, in seconds: outages that end without help end within about this time.</summary>
    public const string RetryAfterSeconds = "10";

    // Calls that need no database succeed during an outage, so it is over only when no call has met it for this long.
    private static readonly TimeSpan Over = TimeSpan.FromSeconds(10);

    private readonly OngoingProblem _problem = new(log, "Databasen", time);
    private long _metAt;

    /// <summary>The database failed a call or a page.</summary>
    public void Report(Exception problem)
    {
        Volatile.Write(ref _metAt, time.GetTimestamp());
        _problem.Report(StorageErrors.Explain(problem));
    }

    /// <summary>A call or a page succeeded.</summary>
    public void EndIfOver()
    {
        if (_problem.Lasts && time.GetElapsedTime(Volatile.Read(ref _metAt)) > Over) _problem.End();
    }
}

/// <summary>
/// Answers a page request during an outage of the database with 503 and a page that says why, and that reloads the same address until the
/// database answers.
/// </summary>
internal sealed class DatabaseAwayPage(RequestDelegate next, DatabaseAway away)
{
    private const string Style =
        "body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:12vh auto;padding:0 1rem;color:#1c2733}a{color:#00508c}";

    public async Task InvokeAsync(HttpContext context)
    {
        if (InterfacePaths.Includes(context.Request.Path))
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
            if (context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true) away.EndIfOver();
        }
        catch (Exception problem)
            when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested
                && (problem is AccessLogUnavailableException || StorageErrors.IsOutage(problem)))
        {
            if (StorageErrors.IsOutage(problem)) away.Report(problem);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.RetryAfter = DatabaseAway.RetryAfterSeconds;
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.WriteAsync(
                Page(problem is AccessLogUnavailableException ? problem.Message : StorageErrors.Explain(problem),
                    HttpMethods.IsGet(context.Request.Method)), context.RequestAborted);
        }
    }

    // Without the portal's script and styles, so that it needs no other request. Only a GET is repeated: a form is not sent twice.
    private static string Page(string why, bool again) =>
        "<!DOCTYPE html><html lang=\"da\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
        + (again ? $"<meta http-equiv=\"refresh\" content=\"{DatabaseAway.RetryAfterSeconds}\">" : "")
        + $"<title>Databasen svarer ikke</title><style>{Style}</style></head><body><main><h1>Siden kan ikke vises lige nu</h1>"
        + $"<p data-testid=\"database-away\">{HtmlEncoder.Default.Encode(why)}</p>"
        + "<p>Det, der allerede er gemt, er uændret. Beskeder, der ikke kan gemmes nu, beholder afsenderen og sender igen.</p>"
        + (again
            ? $"<p>Siden prøver igen af sig selv hvert {DatabaseAway.RetryAfterSeconds}. sekund. Bliver det ved, så giv driften besked.</p>"
            : "<p>Det, der blev sendt fra siden, er ikke gemt. Gå tilbage, og send det igen om lidt. "
                + "Bliver det ved, så giv driften besked.</p>")
        + "<p lang=\"en\">The database does not answer right now. Nothing that was saved is lost; "
        + "this page tries again by itself.</p></main></body></html>";
}
