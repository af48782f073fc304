using Portal.Access;
using Portal.Chains.Editing;
using Portal.Chains.Examples;
using Portal.Chains.Keeping;

namespace Portal.Chains.Wall;

/// <summary>What pages about chains as wholes need of the house, as one.</summary>
public sealed record ChainDesk(
    IChainStore Chains, IChainSessions Sessions, IChainVersions Versions, IHintDismissals Dismissals, IWorkshopCodes Codes, ChainCards Cards, ChainExamples Examples, ICurrentViewer Viewer, TimeProvider Time);
