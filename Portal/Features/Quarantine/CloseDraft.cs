namespace Portal.Features.Quarantine;

/// <summary>What someone has open and has written where rows are closed. It lives as long as the page: it outlives the row.</summary>
public sealed class CloseDraft
{
    /// <summary>The form is open.</summary>
    public bool Open { get; set; }

    public string Why { get; set; } = "";

    /// <summary>Something is written.</summary>
    public bool IsWritten => !string.IsNullOrWhiteSpace(Why);

    /// <summary>Someone works at it: what it belongs to stays where it is.</summary>
    public bool Holds => Open || IsWritten;
}

/// <summary>The drafts of a page, each by what it belongs to.</summary>
public sealed class CloseDrafts
{
    private readonly Dictionary<string, CloseDraft> _drafts = new(StringComparer.Ordinal);

    /// <summary>The draft of a row or a cause; an empty one the first time.</summary>
    public CloseDraft Of(string key) => _drafts.TryGetValue(key, out var draft) ? draft : _drafts[key] = new CloseDraft();

    /// <summary>Someone works at it.</summary>
    public bool Holds(string key) => _drafts.TryGetValue(key, out var draft) && draft.Holds;

    /// <summary>What was written is wanted no longer.</summary>
    public void Forget(string key) => _drafts.Remove(key);
}
