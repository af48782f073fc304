namespace Portal.Platform.Text.Numbers;

/// <summary>Names what can be wrong with numbers and days that people write (<c>.resx</c> next to this file).</summary>
public sealed class NumberTexts
{
    private NumberTexts()
    {
    }

    /// <summary>Something about a number or a day.</summary>
    public static ProblemText Of(string key, params object[] places) => new(typeof(NumberTexts), key, places);
}
