namespace Portal.Ingestion.Letters;

/// <summary>
/// The pause between two reads of the log. Messages that arrive within it are matched together, since each read costs the same few queries.
/// While a dueslag is being emptied, storing comes first: nothing is safe before it, and it has the same disk and cores. What is stored
/// waits for its place no longer than <see cref="Longest"/>.
/// </summary>
internal static class MatchThrottle
{
    /// <summary>Messages within <see cref="MinDelay"/> that make a flood; day-to-day traffic is far below.</summary>
    public const int Flood = 500;

    /// <summary>The pause while few messages arrive.</summary>
    public static readonly TimeSpan MinDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    /// <summary>Waits <see cref="MinDelay"/>, longer while many messages arrive.</summary>
    /// <param name="last">The log's last sequence number now.</param>
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
