using Portal.Ingestion.Letters.Meanings;

namespace Portal.Ingestion.Letters.Rules;

/// <summary>Says in words what a change of rules consisted of.</summary>
internal static class RuleChangeWords
{
    // No name of the wire has one, and a form's field of one line neither.
    private const char Between = '\t';

    /// <summary>An edit of one meaning, as the rules store it.</summary>
    /// <param name="name">The name of the action, or the event code.</param>
    public static string Edit(string name, string before, string after) => string.Join(Between, name, before, after);

    /// <summary>The words; general ones for a cause that only a later version knows.</summary>
    public static LocalizedText Of(string cause, string? detail)
    {
        if (cause != nameof(RuleChangeCause.EventCodes) || string.IsNullOrEmpty(detail)) return LocalizedText.Of("RuleProgram");
        return detail.Split(Between) is [var name, var before, var after]
            ? LocalizedText.Of("RuleMeaning", name, MeaningNames.Words(before), MeaningNames.Words(after))
            : LocalizedText.Of("RuleCodes", detail);
    }
}
