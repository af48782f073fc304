using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Examples;
using Portal.Features.Chains.Storage;
using Portal.Platform.Access;

namespace Portal.Features.Chains.Gallery;

/// <summary>The services that the gallery's components share, injected as one.</summary>
public sealed record ChainGalleryServices(
    IChainStore Chains, ChainSessions Sessions, ChainVersions Versions, HintDismissals Dismissals, WorkshopCodes Codes,
    ChainCards Cards, ChainExamples Examples, ICurrentViewer Viewer, TimeProvider Time);
