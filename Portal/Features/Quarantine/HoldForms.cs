using Portal.Ingestion.Quarantine;

namespace Portal.Features.Quarantine;

/// <summary>The form that holds a cause: open or not, and what is typed. It lives as long as the page.</summary>
public sealed class HoldForm
{
    /// <summary>The form is open.</summary>
    public bool Open { get; set; }

    public string? Why { get; set; }
    public string? Owner { get; set; }
    public string? Link { get; set; }

    /// <summary>The Copenhagen day of review, without time.</summary>
    public DateTime? Until { get; set; }

    /// <summary>Someone has tried to store it: its problems are shown.</summary>
    public bool IsAsked { get; set; }

    /// <summary>The form has something typed.</summary>
    public bool IsWritten => !string.IsNullOrWhiteSpace(Why) || !string.IsNullOrWhiteSpace(Link);

    /// <summary>What is to be stored; a day that is missing is one that is refused.</summary>
    public HoldDraft ToDraft() =>
        new(Why ?? "", Owner ?? "", Until is { } day ? DateOnly.FromDateTime(day) : DateOnly.MinValue, Link);
}

/// <summary>The forms of a page, by cause.</summary>
public sealed class HoldForms
{
    private readonly Dictionary<string, HoldForm> _forms = new(StringComparer.Ordinal);

    /// <summary>The form of a cause; created when it does not exist.</summary>
    public HoldForm Of(string key) => _forms.TryGetValue(key, out var form) ? form : _forms[key] = new HoldForm();

    /// <summary>True when the user is working on the cause.</summary>
    public bool Holds(string key) => _forms.TryGetValue(key, out var form) && (form.Open || form.IsWritten);

    /// <summary>Deletes a form.</summary>
    public void Forget(string key) => _forms.Remove(key);
}
