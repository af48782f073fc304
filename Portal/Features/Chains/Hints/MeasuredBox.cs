using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Hints;

/// <summary>What is said of a benefit where it is measured, beyond what its own box says.</summary>
/// <param name="IsMeasured">It is said how one sees it.</param>
public sealed record MeasuredBox(bool IsMeasured, bool HasOwner, bool HasBaseline, bool HasTarget, bool HasFollowUp)
{
    /// <summary>True when the hint's question is answered there, so that it need not be asked at the box.</summary>
    public bool Answers(HintKind kind) => kind switch
    {
        HintKind.BenefitWithoutIndicator => IsMeasured,
        HintKind.BenefitWithoutOwner => HasOwner,
        HintKind.BenefitWithoutBaseline => HasBaseline,
        HintKind.BenefitWithoutTarget => HasTarget,
        HintKind.BenefitWithoutFollowUp => HasFollowUp,
        _ => false,
    };
}

/// <summary>Reads what is said where benefits are measured.</summary>
public interface IMeasuredBoxes
{
    /// <summary>By chain and box, in one read; chains that the viewer may not see, and those without anything, are left out.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database cannot be read now.</exception>
    Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, MeasuredBox>>> ListAsync(
        Viewer viewer, IReadOnlyCollection<string> chainIds, CancellationToken cancellationToken);
}
