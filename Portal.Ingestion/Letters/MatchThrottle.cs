namespace Portal.Ingestion.Letters;

/// <summary>
/// The pause between two looks at the log. What gathers in a moment is placed together, for each look costs the same few queries. While a dueslag is being
/// emptied, storing comes first: nothing is safe before it, and it has the same disk and cores. What is stored waits for its place no longer than <see cref="Longest"/>.
/// </summary>
internal static class MatchThrottle
{
    /// <summary>Messages within <see cref="MinDelay"/> that make a flood; day-to-day traffic is far below.</summary>
    public const int Flood = 500;

    /// <summary>The pause in quiet times.</summary>
    public static readonly TimeSpan MinDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    /// <summary>Waits a breath, and on while messages flood in.</summary>
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
