using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Hints;

/// <summary>What the benefits' own page knows of a box.</summary>
/// <param name="IsMeasured">True when it has an indicator with numbers, not only described in words.</param>
public sealed record MeasuredBox(bool IsMeasured, bool HasOwner, bool HasBaseline, bool HasTarget, bool HasFollowUp)
{
    /// <summary>True when the benefit answers the hint's question, so that the box need not show it.</summary>
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

/// <summary>Reads what the benefits know of boxes. Implemented by the benefits, which the chains may not reference.</summary>
public interface IMeasuredBoxes
{
    /// <summary>By chain id and box id, in one read; chains that the viewer may not see, and those without any, are left out.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database cannot be read now.</exception>
    [Demands(ViewerRights.Chains, Or = ViewerRights.EditChains)]
    Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, MeasuredBox>>> ListAsync(
        Viewer viewer, IReadOnlyCollection<string> chainIds, CancellationToken cancellationToken);

    /// <summary>
    /// The numbers of a chain's boxes that are agreed for calculations; empty when there are none, or the viewer may not see the chain.
    /// </summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database cannot be read now.</exception>
    [Demands(ViewerRights.Chains, Or = ViewerRights.EditChains)]
    Task<IReadOnlyDictionary<BoxNumber, AgreedNumber>> AgreedAsync(Viewer viewer, string chainId, CancellationToken cancellationToken);

    /// <summary>
    /// Sets owner, unit, baseline, target and follow-up of every measured box to what its benefit says, so that canvas, pictures and
    /// exports say the same. Those who have the chain open see it live.
    /// </summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database is unavailable; the boxes stay as they
    /// were.</exception>
    [Demands(ViewerRights.SteerBenefits, Or = ViewerRights.EditChains)]
    Task UpdateBoxesAsync(Viewer viewer, string chainId, CancellationToken cancellationToken);

    /// <summary>Sets one value of a box to what was agreed for calculations; nothing happens when the box is gone.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database is unavailable; the box stays as it
    /// was.</exception>
    [Demands(ViewerRights.SteerBenefits)]
    Task SetValueAsync(
        Viewer viewer, string chainId, string elementId, string property, string? value, CancellationToken cancellationToken);
}
