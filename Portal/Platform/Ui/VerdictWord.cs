using Portal.Ingestion.Letters;
using Portal.Platform.Text;

namespace Portal.Platform.Ui;

/// <summary>A verdict's one name, in Danish: in files and documents as <see cref="VerdictChip"/> shows it on pages. Pure.</summary>
public static class VerdictWord
{
    /// <summary>»Afleveret«; »Afleveret, i tvivl« when some evidence contradicts it.</summary>
    public static string Danish(Verdict verdict, bool inDoubt = false)
    {
        var word = TextResources.Danish<UiTexts>($"Verdict{verdict}");
        return inDoubt ? TextResources.Danish<UiTexts>("VerdictInDoubt").Replace("{0}", word, StringComparison.Ordinal) : word;
    }
}
