namespace Portal.Ingestion.Domain;

/// <summary>
/// A note or a reason that someone wrote, as it is kept: trimmed, every kind of line break a line feed, person numbers masked. Pure.
/// </summary>
internal static class NoteText
{
    /// <summary>The text; empty when nothing is said.</summary>
    public static string Of(string? text) => CprNumber.MaskIn(TextLines.WithLineFeeds(text ?? "").Trim());
}
