using Portal.Benefits.Figures;
using Portal.Benefits.Keeping;
using Portal.Chains.Hints;

namespace Portal.Benefits;

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
