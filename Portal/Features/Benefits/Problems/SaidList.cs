using System.Globalization;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Problems;

/// <summary>Several things said after each other, with semicolons.</summary>
public sealed record SaidList(IReadOnlyList<ISaid> Parts) : ISaid
{
    /// <inheritdoc />
    public string In(CultureInfo language) => string.Join("; ", Parts.Select(p => p.In(language)));
}
