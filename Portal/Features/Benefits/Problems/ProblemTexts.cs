using System.Globalization;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Problems;

/// <summary>Names the problems of indicators, formulas, units, measurements and notes (<c>.resx</c> next to this file).</summary>
public sealed class ProblemTexts
{
    private ProblemTexts()
    {
    }

    /// <summary>A problem of the benefits.</summary>
    public static ProblemText Of(string key, params object[] places) => new(typeof(ProblemTexts), key, places);
}

/// <summary>Several texts joined by semicolons.</summary>
public sealed record JoinedText(IReadOnlyList<ILocalizedText> Parts) : ILocalizedText
{
    /// <inheritdoc />
    public string In(CultureInfo language) => string.Join("; ", Parts.Select(p => p.In(language)));
}
