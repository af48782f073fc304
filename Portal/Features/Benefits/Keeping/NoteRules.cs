using Portal.Features.Benefits.Problems;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Keeping;

/// <summary>The rules of notes on benefits. Pure.</summary>
public static class NoteRules
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxText = 4_000;

    /// <summary>What is wrong with a note; null when nothing is.</summary>
    /// <param name="text">Cleaned: see <see cref="Clean"/>.</param>
    /// <param name="isAnswered">True when the note has an answer (yes, partly or no), and may then have no text.</param>
    public static ProblemText? Check(string text, string? evidence, bool isAnswered)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0 && !isAnswered) return ProblemTexts.Of("NoteEmpty");
        if (text.Length > MaxText || evidence?.Length > MaxText) return ProblemTexts.Of("NoteTextTooLong", MaxText);
        return CprNumber.IsIn(text) || (evidence is not null && CprNumber.IsIn(evidence)) ? ProblemTexts.Of("TextHasCpr") : null;
    }

    /// <summary>A text without control characters, trimmed; null when nothing is left.</summary>
    public static string? Clean(string? text) => ChainRules.Clean(text ?? "").Trim() is { Length: > 0 } clean ? clean : null;
}
