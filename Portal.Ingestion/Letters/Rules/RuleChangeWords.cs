namespace Portal.Ingestion.Letters.Rules;

/// <summary>Says in words what a change of rules consisted of.</summary>
internal static class RuleChangeWords
{
    /// <summary>The words; general ones for a cause that only a later version knows.</summary>
    public static LocalizedText Of(string cause, string? detail) =>
        cause == nameof(RuleChangeCause.EventCodes) && detail is { Length: > 0 } codes
            ? LocalizedText.Of("RuleCodes", codes)
            : LocalizedText.Of("RuleProgram");
}
