using Portal.Ingestion.Domain;

namespace Portal.Platform.Ui;

/// <summary>
/// What looks like a CPR number where not even its date may be: in the browser's storage and in names of files. The rule is
/// <see cref="CprNumber.IsIn"/>; <c>wwwroot/cprLike.js</c> is the same rule where the server takes no part, and a test holds the two equal.
/// </summary>
public static class CprLike
{
    /// <summary>Put in the place of each number.</summary>
    public const string Mask = "[CPR-nummer]";

    /// <summary>True when the text holds something like a CPR number.</summary>
    public static bool IsIn(string text) => CprNumber.IsIn(text);

    /// <summary>The text with <see cref="Mask"/> for each number; itself when it holds none.</summary>
    public static string MaskIn(string text) => CprNumber.MaskIn(text, Mask);
}
