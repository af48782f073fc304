namespace Portal.Platform.Text.Numbers;

/// <summary>Names the texts of errors in numbers and dates that people type (<c>.resx</c> next to this file).</summary>
public sealed class NumberTexts
{
    private NumberTexts()
    {
    }

    /// <summary>An error text with its arguments.</summary>
    public static ProblemText Of(string key, params object[] places) => new(typeof(NumberTexts), key, places);
}
