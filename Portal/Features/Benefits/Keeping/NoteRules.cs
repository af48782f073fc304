using Portal.Features.Benefits.Problems;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Keeping;

/// <summary>What a text that people write about benefits must keep to. Pure.</summary>
public static class NoteRules
{
    /// <summary>Longest text, in characters.</summary>
    public const int MaxText = 4_000;

    /// <summary>What is wrong with a note; null when nothing is.</summary>
    /// <param name="text">Cleaned: see <see cref="Clean"/>.</param>
    /// <param name="isAnswered">It says yes, partly or no, and so may go without words.</param>
    public static ProblemText? Check(string text, string? evidence, bool isAnswered)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0 && !isAnswered) return ProblemTexts.Of("NoteEmpty");
        if (text.Length > MaxText || evidence?.Length > MaxText) return ProblemTexts.Of("NoteTextTooLong", MaxText);
        return CprNumber.IsIn(text) || (evidence is not null && CprNumber.IsIn(evidence)) ? ProblemTexts.Of("TextHasCpr") : null;
    }

    /// <summary>A text without what no text should hold; null when nothing is left.</summary>
    public static string? Clean(string? text) => ChainRules.Clean(text ?? "").Trim() is { Length: > 0 } clean ? clean : null;
}
