using Portal.Ingestion.Domain;

namespace Portal.Platform.Ui;

/// <summary>
/// A text out of a message, whose length and line breaks its sender decides, as it is shown: shortened, person numbers masked, no two words
/// grown together. Pure.
/// </summary>
public static class SendersText
{
    /// <summary>On one line.</summary>
    /// <param name="text">As it was sent.</param>
    /// <param name="most">Characters; what is cut off is marked by an ellipsis.</param>
    public static string OneLine(string text, int most) => TextCut.At(CprNumber.MaskIn(TextLines.OneLine(text)), most, "…");

    /// <summary>With its lines, where lines are shown.</summary>
    /// <inheritdoc cref="OneLine" path="/param" />
    public static string Lines(string text, int most) => TextCut.At(CprNumber.MaskIn(TextLines.WithLineFeeds(text)), most, "…");
}
