namespace Portal.Platform.Access;

/// <summary>
/// Logs calls with an unknown API key: the caller's address and the route, never the key. At most one line a minute for each address, with
/// the number of calls in between, since a caller with a withdrawn key keeps trying.
/// </summary>
internal sealed partial class RefusedKeys(TimeProvider time, ILogger<RefusedKeys> log)
{
    private const int MostAddresses = 200;
    private const string Others = "other addresses";
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long LoggedAt, int Suppressed)> _callers = new(StringComparer.Ordinal);

    /// <summary>A call was made with an unknown key.</summary>
    public void Report(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "an unknown address";
        if (Count(ref address) is not { } unsaid) return;

        // The route's pattern and not the path, which may hold a case number.
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "no known route";
        if (unsaid == 0) Refused(log, address, route);
        else RefusedAgain(log, address, route, unsaid);
    }

    // Calls not logged since the last line; null when the last line is less than a minute old.
    private int? Count(ref string address)
    {
        lock (_lock)
        {
            if (_callers.Count >= MostAddresses && !_callers.ContainsKey(address))
            {
                foreach (var (gone, entry) in _callers.ToList())
                {
                    if (entry.Suppressed == 0 && time.GetElapsedTime(entry.LoggedAt) > Quiet) _callers.Remove(gone);
                }

                if (_callers.Count >= MostAddresses) address = Others;
            }

            var known = _callers.TryGetValue(address, out var caller);
            if (known && time.GetElapsedTime(caller.LoggedAt) < Quiet)
            {
                _callers[address] = caller with { Suppressed = caller.Suppressed + 1 };
                return null;
            }

            _callers[address] = (time.GetTimestamp(), 0);
            return caller.Suppressed;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A call with an unknown API key was refused: from {Address}, route {Route}")]
    private static partial void Refused(ILogger logger, string address, string route);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A call with an unknown API key was refused: from {Address}, route {Route}; {Count} more since the last line")]
    private static partial void RefusedAgain(ILogger logger, string address, string route, int count);
}
