namespace Portal.Ingestion.Letters;

/// <summary>
/// The pause between two reads of the log. Messages that arrive within it are matched together, since each read costs the same few queries.
/// While a full queue (dueslag) is being emptied, storing comes first: a message is safe only once it is stored, and storing shares the
/// disk and cores with matching. A stored message waits at most <see cref="Longest"/>.
/// </summary>
internal static class MatchThrottle
{
    /// <summary>Messages within <see cref="MinDelay"/> from which the pause is extended; day-to-day traffic is far below.</summary>
    public const int Flood = 500;

    /// <summary>The pause while few messages arrive.</summary>
    public static readonly TimeSpan MinDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    /// <summary>Waits <see cref="MinDelay"/>, longer while many messages arrive.</summary>
    /// <param name="last">Reads the log's last sequence number.</param>
    public static async Task WaitAsync(Func<CancellationToken, Task<long>> last, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(last);
        var (began, now) = (time.GetTimestamp(), await last(cancellationToken));
        while (true)
        {
            await Task.Delay(MinDelay, time, cancellationToken);
            var before = now;
            now = await last(cancellationToken);
            if (now - before < Flood || time.GetElapsedTime(began) >= Longest) return;
        }
    }
}
