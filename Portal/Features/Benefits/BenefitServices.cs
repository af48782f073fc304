using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Hints;

namespace Portal.Features.Benefits;

/// <summary>Registers the benefits.</summary>
public static class BenefitServices
{
    /// <summary>Needs the chains, the portal side's storage and the message side's figures.</summary>
    public static IServiceCollection AddBenefits(this IServiceCollection services) => services
        .AddSingleton<IBenefitStore, BenefitStore>()
        .AddSingleton<IBenefitFigures, BenefitFigures>()
        .AddSingleton<IMeasuredBoxes, MeasuredBoxes>()
        .AddScoped<BenefitDesk>();
}
