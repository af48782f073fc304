namespace Portal.Platform.Live;

/// <summary>
/// Tells a read that an open page repeats by itself from one that a person asks for. It follows the refresh through its awaits and to the
/// page's dispatcher.
/// </summary>
public static class PageRefresh
{
    private static readonly AsyncLocal<bool> Running = new();

    /// <summary>True within the refresh of an open page.</summary>
    public static bool IsRunning => Running.Value;

    /// <summary>What follows in this flow is a refresh.</summary>
    internal static void Begin() => Running.Value = true;
}
