using Portal.Ingestion.Domain;

namespace Portal.Features.AccessControl.Looks;

/// <summary>Remembers looks, so that one look is one line. Not thread-safe.</summary>
internal sealed class RecentLooks(TimeProvider time)
{
    /// <summary>The same look again within this time of its line is part of it.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>A page that stays open and reads again by itself is one look for a working day.</summary>
    public static readonly TimeSpan Open = TimeSpan.FromHours(12);

    private const int Most = 100_000;
    private readonly Dictionary<Key, long> _seen = [];
    private long _swept = time.GetTimestamp();

    /// <summary>True when the look needs a line of its own; it is remembered from now.</summary>
    /// <param name="refresh">An open page reads again by itself.</param>
    public bool IsNew(Viewer viewer, AccessNote note, bool refresh)
    {
        Sweep();
        var key = KeyOf(viewer, note);
        if (_seen.TryGetValue(key, out var at) && time.GetElapsedTime(at) < (refresh ? Open : Window)) return false;
        _seen[key] = time.GetTimestamp();
        return true;
    }

    /// <summary>The look has no line after all.</summary>
    public void Forget(Viewer viewer, AccessNote note) => _seen.Remove(KeyOf(viewer, note));

    /// <summary>No look has a line.</summary>
    public void ForgetAll() => _seen.Clear();

    // Beyond the bound only the last minute is remembered: at worst an open page has a second line.
    private void Sweep()
    {
        if (time.GetElapsedTime(_swept) < Window && _seen.Count < Most) return;
        var age = _seen.Count < Most ? Open : Window;
        foreach (var (key, at) in _seen)
        {
            if (time.GetElapsedTime(at) >= age) _seen.Remove(key);
        }

        if (_seen.Count >= Most) _seen.Clear();
        _swept = time.GetTimestamp();
    }

    private static Key KeyOf(Viewer viewer, AccessNote note) => new(
        viewer.Id, viewer.Session, note.Kind, IdentifierKey.Of(note.CaseNumber), note.LetterId, note.BeskedId, note.Text, note.Refused);

    private sealed record Key(
        string Viewer, string? Session, AccessKind Kind, string CaseNumber, string? LetterId, string? BeskedId, string? Text, bool Refused);
}
