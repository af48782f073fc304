using Portal.Platform.Http.Limits;

namespace Portal.Platform.Access;

/// <summary>
/// Logs calls with an unknown API key: the caller's address and the route, never the key. At most one line a minute for each address, with
/// the number of calls in between, since a caller with a withdrawn key keeps trying.
/// </summary>
internal sealed partial class RefusedKeys(TimeProvider time, ILogger<RefusedKeys> log)
{
    private readonly QuietCallers _callers = new(time);

    /// <summary>A call was made with an unknown key.</summary>
    public void Report(HttpContext context)
    {
        if (_callers.Count(context) is not var (address, unsaid)) return;

        // The route's pattern and not the path, which may hold a case number.
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "no known route";
        if (unsaid == 0) Refused(log, address, route);
        else RefusedAgain(log, address, route, unsaid);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A call with an unknown API key was refused: from {Address}, route {Route}")]
    private static partial void Refused(ILogger logger, string address, string route);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A call with an unknown API key was refused: from {Address}, route {Route}; {Count} more since the last line")]
    private static partial void RefusedAgain(ILogger logger, string address, string route, int count);
}
