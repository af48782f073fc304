namespace Portal.Features.Quarantine;

/// <summary>
/// The form that closes rows: open or not, and its typed text. It lives as long as the page, so that it outlives the row's component.
/// </summary>
public sealed class CloseDraft
{
    /// <summary>The form is open.</summary>
    public bool Open { get; set; }

    public string? Why { get; set; } = "";

    /// <summary>The form has typed text.</summary>
    public bool IsWritten => !string.IsNullOrWhiteSpace(Why);

    /// <summary>The user is working on it: its row or cause keeps its place.</summary>
    public bool Holds => Open || IsWritten;
}

/// <summary>The drafts of a page, by row or cause.</summary>
public sealed class CloseDrafts
{
    private readonly Dictionary<string, CloseDraft> _drafts = new(StringComparer.Ordinal);

    /// <summary>The draft of a row or a cause; created when it does not exist.</summary>
    public CloseDraft Of(string key) => _drafts.TryGetValue(key, out var draft) ? draft : _drafts[key] = new CloseDraft();

    /// <summary>True when the user is working on the row or cause.</summary>
    public bool Holds(string key) => _drafts.TryGetValue(key, out var draft) && draft.Holds;

    /// <summary>Deletes a draft.</summary>
    public void Forget(string key) => _drafts.Remove(key);
}
