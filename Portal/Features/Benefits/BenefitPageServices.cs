using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Keeping;
using Portal.Platform.Access;

namespace Portal.Features.Benefits;

/// <summary>What pages about benefits need of the house, as one.</summary>
public sealed record BenefitPageServices(IBenefitStore Store, IBenefitFigures Figures, ICurrentViewer Viewer, TimeProvider Time);
