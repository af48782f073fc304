using Portal.Platform.Text;

namespace Portal.Features.Benefits.Indicators;

/// <summary>
/// Names the fields of a definition in words, the same wherever a change of one is told (<c>.resx</c> next to this file).
/// </summary>
public sealed class FieldTexts
{
    private FieldTexts()
    {
    }

    /// <summary>A text about a field.</summary>
    public static ProblemText Of(string key, params object[] places) => new(typeof(FieldTexts), key, places);
}
