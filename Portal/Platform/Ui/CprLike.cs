using Portal.Ingestion.Domain;

namespace Portal.Platform.Ui;

/// <summary>
/// Masks a CPR number completely, its date included, for browser storage and file names. The rule is <see cref="CprNumber.IsIn"/>;
/// <c>wwwroot/cprLike.js</c> is the same rule in the browser, and a test compares the two.
/// </summary>
public static class CprLike
{
    /// <summary>Replaces each number.</summary>
    public const string Mask = "[CPR-nummer]";

    /// <summary>True when the text holds something like a CPR number.</summary>
    public static bool IsIn(string text) => CprNumber.IsIn(text);

    /// <summary>The text with <see cref="Mask"/> for each number; itself when it holds none.</summary>
    public static string MaskIn(string text) => CprNumber.MaskIn(text, Mask);
}
