using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Letters;

/// <summary>
/// Plain words for the sender's error codes. The national list is not public; for an unknown code the text says that it is unknown.
/// </summary>
public static class FailureExplanation
{
    /// <summary>What the code means and what to do.</summary>
    public static ExplainedLetter Of(string? code)
    {
        if (string.IsNullOrWhiteSpace(code)) return ExplainedLetter.Of("NoCode");
        var known = code.Trim().ToLowerInvariant();
        bool Says(params string[] words) => words.Any(w => known.Contains(w, StringComparison.Ordinal));
        if (known == "memo.invalid") return ExplainedLetter.Of("MemoInvalid");
        if (Says("exempt", "fritaget")) return ExplainedLetter.Of("Exempt");
        if (Says("deceased", "afdoed", "afdød", "doed", "død")) return ExplainedLetter.Of("Deceased");
        if (Says("closed", "lukket")) return ExplainedLetter.Of("Closed");
        if (Says("notfound", "not.found", "not_found", "not-found", "findesikke", "ukendtmodtager")) return ExplainedLetter.Of("NotFound");
        return ExplainedLetter.Of("UnknownCode", TextCut.At(CprNumber.MaskIn(TextLines.OneLine(code)), 80, "…"));
    }
}
