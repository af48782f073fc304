namespace Portal.Platform.Http.Limits;

/// <summary>Logs callers who are refused because they ask or try too often: from where, for which route, once a minute for each.</summary>
internal sealed partial class RefusedBursts(TimeProvider time, ILogger<RefusedBursts> log)
{
    private readonly QuietCallers _callers = new(time);

    /// <summary>A request was answered with 429.</summary>
    public void Report(HttpContext context)
    {
        if (_callers.Count(context) is not var (address, unsaid)) return;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "no known route";
        Refused(log, address, route, unsaid);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Too many requests were refused: from {Address}, route {Route}; {Count} more since the last line")]
    private static partial void Refused(ILogger logger, string address, string route, int count);
}
