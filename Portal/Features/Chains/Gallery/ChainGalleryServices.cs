using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Examples;
using Portal.Features.Chains.Storage;
using Portal.Platform.Access;

namespace Portal.Features.Chains.Gallery;

/// <summary>The services that the gallery's components share, injected as one.</summary>
public sealed record ChainGalleryServices(
    IChainStore Chains, IChainSessions Sessions, IChainVersions Versions, IHintDismissals Dismissals, IWorkshopCodes Codes,
    ChainCards Cards, ChainExamples Examples, ICurrentViewer Viewer, TimeProvider Time);
