namespace Portal.Platform.Http.Limits;

/// <summary>
/// Says when something that callers repeat is to be logged: at most once a minute for each address, with the number of times in between,
/// and for a bounded number of addresses.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class QuietCallers(TimeProvider time)
{
    private const int MostAddresses = 200;
    private const string Others = "other addresses";
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long LoggedAt, int Suppressed)> _callers = new(StringComparer.Ordinal);

    /// <summary>
    /// The caller's address (or <c>other addresses</c>) and how often it happened since the last line; null when the last line is less than
    /// a minute old.
    /// </summary>
    public (string Address, int Unsaid)? Count(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "an unknown address";
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
            return (address, caller.Suppressed);
        }
    }
}
