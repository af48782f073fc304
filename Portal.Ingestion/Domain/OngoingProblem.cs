using Microsoft.Extensions.Logging;

namespace Portal.Ingestion.Domain;

/// <summary>
/// Logs a problem that lasts: once when it begins, once for each new reason while it lasts, and once when it is over, however often it is
/// reported in between. In Danish, since the reasons are those that Drift shows. Thread-safe.
/// </summary>
/// <param name="log">Where the lines go.</param>
/// <param name="what">What has the problem, in Danish: <c>Køen</c>.</param>
/// <param name="time">Measures how long it lasted.</param>
public sealed class OngoingProblem(ILogger log, string what, TimeProvider time)
{
    // A reason may contain a number that changes each time: such a problem must not flood the log.
    private const int MaxReasons = 20;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _reasons = new(StringComparer.Ordinal);
    private long _began;

    /// <summary>True from the first report to <see cref="End"/>.</summary>
    public bool Lasts
    {
        get
        {
            lock (_lock) return _reasons.Count > 0;
        }
    }

    /// <summary>Reports the problem; true when this reason was logged for the first time since the problem began.</summary>
    /// <param name="reason">Why, in Danish, as a sentence that ends in a full stop, without a password and without content of a
    /// message.</param>
    /// <param name="level">The level of the log line.</param>
    /// <param name="details">Logged with its stack trace; null for a problem that needs none, such as a server that does not
    /// answer.</param>
    public bool Report(string reason, LogLevel level = LogLevel.Warning, Exception? details = null)
    {
        lock (_lock)
        {
            if (_reasons.Count >= MaxReasons) return false;
            if (_reasons.Count == 0) _began = time.GetTimestamp();
            if (!_reasons.Add(reason)) return false;
        }

        log.Log(level, details, "{What}: {Reason} Der prøves igen; samme årsag skrives ikke igen, så længe den varer", what, reason);
        return true;
    }

    /// <summary>Reports that it works again; true when there was a problem until now.</summary>
    public bool End()
    {
        TimeSpan lasted;
        lock (_lock)
        {
            if (_reasons.Count == 0) return false;
            _reasons.Clear();
            lasted = time.GetElapsedTime(_began);
        }

        log.LogInformation("{What}: virker igen efter {Seconds:0} s", what, lasted.TotalSeconds);
        return true;
    }
}
