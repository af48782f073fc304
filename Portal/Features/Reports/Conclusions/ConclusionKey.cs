using Portal.Features.Benefits.Figures;

namespace Portal.Features.Reports.Conclusions;

/// <summary>What a period is called where a conclusion of it is kept.</summary>
public static class ConclusionKey
{
    /// <summary><c>2026-01/2026-12</c></summary>
    public static string Of(Period period) => BenefitFigures.KeyOf(period);
}
