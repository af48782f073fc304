using Portal.Ingestion.Domain;

namespace Portal.Platform.Ui;

/// <summary>
/// Prepares a text from a message, of any length and with any line breaks, for display: shortened, CPR numbers masked, and line breaks
/// never removed without a space. Pure.
/// </summary>
public static class SendersText
{
    /// <summary>On one line.</summary>
    /// <param name="text">As it was sent.</param>
    /// <param name="most">The limit in characters; a cut is marked by an ellipsis.</param>
    public static string OneLine(string text, int most) => TextCut.At(CprNumber.MaskIn(TextLines.OneLine(text)), most, "…");

    /// <summary>With its line breaks, for elements that show them.</summary>
    /// <inheritdoc cref="OneLine" path="/param" />
    public static string Lines(string text, int most) => TextCut.At(CprNumber.MaskIn(TextLines.WithLineFeeds(text)), most, "…");
}
