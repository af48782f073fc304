namespace Portal.Platform.Access.OpenId;

/// <summary>
/// Compares levels of assurance. Levels of one scale (NSIS, eIDAS, the older numbers 1–4) are ordered; a level of no known scale is only as
/// good as itself.
/// </summary>
internal static class AssuranceLevel
{
    private const string Nsis = "https://data.gov.dk/concept/core/nsis/loa/";
    private const string Eidas = "http://eidas.europa.eu/LoA/";

    private static readonly string[][] Scales =
    [
        [$"{Nsis}Low", $"{Nsis}Substantial", $"{Nsis}High"],
        [$"{Eidas}low", $"{Eidas}substantial", $"{Eidas}high"],
        ["low", "substantial", "high"],
        ["1", "2", "3", "4"],
    ];

    /// <summary>True when every one of the levels is the minimum or above it, and there is one.</summary>
    public static bool Suffices(IReadOnlyList<string> levels, string minimum) => levels.Count > 0 && levels.All(l => Reaches(l, minimum));

    private static bool Reaches(string level, string minimum)
    {
        if (level.Equals(minimum, StringComparison.OrdinalIgnoreCase)) return true;
        foreach (var scale in Scales)
        {
            var (reached, wanted) = (Place(scale, level), Place(scale, minimum));
            if (reached >= 0 && wanted >= 0) return reached >= wanted;
        }

        return false;
    }

    private static int Place(string[] scale, string level) =>
        Array.FindIndex(scale, l => l.Equals(level, StringComparison.OrdinalIgnoreCase));
}
