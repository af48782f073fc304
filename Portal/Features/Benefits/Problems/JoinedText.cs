using System.Globalization;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Problems;

/// <summary>Several texts joined by semicolons.</summary>
public sealed record JoinedText(IReadOnlyList<ILocalizedText> Parts) : ILocalizedText
{
    /// <inheritdoc />
    public string In(CultureInfo language) => string.Join("; ", Parts.Select(p => p.In(language)));
}
