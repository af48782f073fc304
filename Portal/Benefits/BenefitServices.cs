using Portal.Benefits.Figures;
using Portal.Benefits.Keeping;

namespace Portal.Benefits;

/// <summary>Registers the benefits.</summary>
public static class BenefitServices
{
    /// <summary>Needs the chains, the portal side's storage and the message side's figures.</summary>
    public static IServiceCollection AddBenefits(this IServiceCollection services) => services
        .AddSingleton<IBenefitStore, BenefitStore>()
        .AddSingleton<IBenefitFigures, BenefitFigures>()
        .AddScoped<BenefitDesk>();
}
