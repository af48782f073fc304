namespace Portal.Ingestion.Log;

/// <summary>Counts how often a message could not be stored while a harmless one could. Bounded; not thread-safe.</summary>
internal sealed class FailureCounts
{
    // More than can wait at once. Beyond it counting starts again, which costs a few more tries.
    private const int Most = 20_000;

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts one more failure of each; returns the highest count among them.</summary>
    public int Note(IEnumerable<string> keys)
    {
        if (_counts.Count > Most) _counts.Clear();
        var most = 0;
        foreach (var key in keys)
        {
            var count = _counts.GetValueOrDefault(key) + 1;
            _counts[key] = count;
            most = Math.Max(most, count);
        }

        return most;
    }

    /// <summary>Removes messages that are stored or in quarantine.</summary>
    public void Acquit(IEnumerable<string> keys)
    {
        if (_counts.Count == 0) return;
        foreach (var key in keys) _counts.Remove(key);
    }
}
