using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Examples;
using Portal.Features.Chains.Storage;
using Portal.Platform.Access;

namespace Portal.Features.Chains.Gallery;

/// <summary>What pages about whole chains need, as one.</summary>
public sealed record ChainGalleryServices(
    IChainStore Chains, IChainSessions Sessions, IChainVersions Versions, IHintDismissals Dismissals, IWorkshopCodes Codes,
    ChainCards Cards, ChainExamples Examples, ICurrentViewer Viewer, TimeProvider Time);
