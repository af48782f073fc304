namespace Portal.Ingestion.Domain;

/// <summary>
/// A note or a reason that a person typed, as it is stored: trimmed, every kind of line break a line feed, person numbers masked. Pure.
/// </summary>
internal static class NoteText
{
    /// <summary>The text to store; empty when the note is blank.</summary>
    public static string Of(string? text) => CprNumber.MaskIn(TextLines.WithLineFeeds(text ?? "").Trim());
}
