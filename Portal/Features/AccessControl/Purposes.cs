using Portal.Ingestion.Domain;

namespace Portal.Features.AccessControl;

/// <summary>The purpose that a person writes before personal data is shown.</summary>
internal static class Purposes
{
    /// <summary>Shorter says nothing.</summary>
    public const int Shortest = 3;

    /// <summary>Longer is not a reason.</summary>
    public const int Longest = 500;

    /// <summary>The purpose on one line, person numbers masked; null when it is missing, too short or too long.</summary>
    public static string? Of(string? text)
    {
        var line = CprNumber.MaskIn(TextLines.Printable(text ?? ""));
        return line.Length is >= Shortest and <= Longest ? line : null;
    }
}
