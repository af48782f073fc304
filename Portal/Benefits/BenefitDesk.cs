using Portal.Access;
using Portal.Benefits.Figures;
using Portal.Benefits.Keeping;

namespace Portal.Benefits;

/// <summary>What pages about benefits need of the house, as one.</summary>
public sealed record BenefitDesk(IBenefitStore Store, IBenefitFigures Figures, ICurrentViewer Viewer, TimeProvider Time);
