using Portal.Features.Benefits.Figures;

namespace Portal.Features.Benefits.Page;

/// <summary>Names that are in use in a chain, which its forms suggest for owners and others who are responsible.</summary>
/// <param name="Names">Each once, in alphabetical order.</param>
public sealed record KnownPeople(IReadOnlyList<string> Names)
{
    /// <summary>The names of a chain's benefits and of its agreed numbers.</summary>
    public static KnownPeople Of(ChainBenefits benefits)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        var owners = benefits.All.SelectMany(f => new[] { f.Definition.Owner, f.Definition.Measurer, f.Definition.TimeUseOwner });
        return new KnownPeople([.. owners.Concat(benefits.Inputs.Facts.Select(f => f.Latest.Owner)).OfType<string>()
            .Where(n => n.Length > 0).Distinct(StringComparer.CurrentCultureIgnoreCase).Order(StringComparer.CurrentCulture)]);
    }
}
