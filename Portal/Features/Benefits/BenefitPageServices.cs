using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Requests;
using Portal.Platform.Access;

namespace Portal.Features.Benefits;

/// <summary>The services of the benefit pages.</summary>
public sealed record BenefitPageServices(
    IBenefitStore Store, IBenefitFigures Figures, NumberRequestMails Mails, ICurrentViewer Viewer, TimeProvider Time);
