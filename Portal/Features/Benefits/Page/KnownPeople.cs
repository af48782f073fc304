using Portal.Features.Benefits.Figures;

namespace Portal.Features.Benefits.Page;

/// <summary>Names that are in use in a chain, which its forms suggest for owners and others who are responsible.</summary>
/// <param name="Names">Each once, in alphabetical order.</param>
public sealed record KnownPeople(IReadOnlyList<string> Names)
{
    private const int Most = 8;

    /// <summary>The names of a chain's benefits and of its agreed numbers.</summary>
    public static KnownPeople Of(ChainBenefits benefits)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        var owners = benefits.All.SelectMany(f => new[] { f.Definition.Owner, f.Definition.Measurer, f.Definition.TimeUseOwner });
        return new KnownPeople([.. owners.Concat(benefits.Inputs.Facts.Select(f => f.Latest.Owner)).OfType<string>()
            .Where(n => n.Length > 0).Distinct(StringComparer.CurrentCultureIgnoreCase).Order(StringComparer.CurrentCulture)]);
    }

    /// <summary>The names that contain what is typed.</summary>
    public IEnumerable<string> Matching(string? typed) => Names
        .Where(n => string.IsNullOrWhiteSpace(typed) || n.Contains(typed.Trim(), StringComparison.CurrentCultureIgnoreCase)).Take(Most);
}
