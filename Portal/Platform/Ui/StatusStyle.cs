using Portal.Ingestion.Letters;

namespace Portal.Platform.Ui;

/// <summary>The icon and the colour of a status kind; the word is always shown with them.</summary>
public static class StatusStyle
{
    /// <summary>The icon, and the class that colours a chip.</summary>
    public static (string Icon, string Class) Of(StatusKind kind) => kind switch
    {
        StatusKind.Delivered => ("✓", "ok"),
        StatusKind.Posted => ("✉", "info"),
        StatusKind.Failed => ("✕", "bad"),
        StatusKind.Returned => ("↩", "vio"),
        StatusKind.Recalled => ("⊘", "grey"),
        StatusKind.Unknown => ("•", "grey"),
        _ => ("→", "grey"),
    };
}
