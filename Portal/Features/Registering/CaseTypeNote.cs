using Portal.Ingestion.Letters;

namespace Portal.Features.Registering;

/// <summary>What a registrar is told about a decision whose case type gives no period of appeal; file and API say the same.</summary>
internal static class CaseTypeNote
{
    /// <summary>The note, in Danish; null when the letter has a period or is not a decision.</summary>
    /// <param name="caseTypes">The case types that have a period.</param>
    public static LetterProblem? Of(LetterRegistration letter, IReadOnlyCollection<string> caseTypes) =>
        CaseTypeCode.DoubtOf(letter, caseTypes) switch
        {
            CaseTypeDoubt.Missing => new("caseType", "Er tom: der er ingen klagefrist."),
            CaseTypeDoubt.Unknown => new("caseType", $"Har ingen klagefrist i portalen. Det har: {string.Join(", ", caseTypes)}."),
            _ => null,
        };
}
