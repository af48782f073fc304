using Portal.Platform.Text;

namespace Portal.Features.Benefits.Figures;

/// <summary>Names the questions that follow from a chain's figures (<c>.resx</c> next to this file).</summary>
public sealed class DecisionTexts
{
    private DecisionTexts()
    {
    }

    /// <summary>A question.</summary>
    public static ProblemText Of(string key, params object[] places) => new(typeof(DecisionTexts), key, places);
}
