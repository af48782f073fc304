using Portal.Features.Chains.Hints;
using Portal.Features.Chains.Storage;
using Portal.Platform.Access;

namespace Portal.Features.Chains.Canvas;

/// <summary>
/// What the board reads besides its chain: who looks, which hints are put aside, and what the benefits know of its boxes.
/// </summary>
public sealed record ChainBoardServices(
    ICurrentViewer Viewer, HintDismissals Dismissals, GuestHints GuestHints, IMeasuredBoxes Measured);
