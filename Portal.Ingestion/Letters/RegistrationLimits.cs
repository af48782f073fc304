using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;

namespace Portal.Ingestion.Letters;

/// <summary>Which letters a viewer may register at an authority: those that it can read afterwards. Pure.</summary>
internal sealed class RegistrationLimits
{
    private readonly List<AccessLimits> _limits;

    private RegistrationLimits(List<AccessLimits> limits) => _limits = limits;

    /// <summary>Those of a viewer.</summary>
    public static RegistrationLimits Of(Viewer viewer, string authority) => new(
        [.. viewer.GrantsOf(ViewerRights.RegisterLetters).Where(g => g.Authority == authority).Select(g => g.Limits)
            .Where(Sensitivity.AdmitsLetters)]);

    /// <summary>True when the letter may be registered.</summary>
    public bool Admit(LetterRegistration letter) => _limits.Exists(l => l.Admit(letter.Kle, letter.OrganisationUnit));

    /// <summary>True when the stored letter may be corrected.</summary>
    public bool Admit(StoredLetter letter) =>
        _limits.Exists(l => l.Admit(letter.Kle is { } code ? Kle.OfCode(code) : null, letter.OrganisationUnit));
}
