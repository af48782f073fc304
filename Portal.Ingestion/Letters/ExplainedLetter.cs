namespace Portal.Ingestion.Letters;

/// <summary>What happened to a letter, and what a caseworker should do about it.</summary>
/// <param name="Account">What happened: all that a document for a court or for the citizen says.</param>
/// <param name="Advice">What to do; empty when there is nothing to do.</param>
public sealed record ExplainedLetter(LocalizedText Account, LocalizedText Advice)
{
    /// <summary>Both, as pages and the worklist show it.</summary>
    public LocalizedText Whole => Advice == LocalizedText.Empty ? Account : LocalizedText.Join([Account, Advice]);

    /// <summary>The two texts of a name in <c>LetterTexts.resx</c>: its own, and that of <c>Do</c> and the name.</summary>
    public static ExplainedLetter Of(string key, params object[] places) =>
        new(LocalizedText.Of(key, places), LocalizedText.Of($"Do{key}"));

    /// <summary>With more said of what happened.</summary>
    public ExplainedLetter With(LocalizedText more) => this with { Account = Account + more };
}
