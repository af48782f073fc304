using Portal.Features.Benefits.Api;
using Portal.Features.Benefits.Arithmetic;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Import;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Requests;
using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Hints;
using Portal.Platform.Mail.Outbox;

namespace Portal.Features.Benefits;

/// <summary>Registers the services of benefits.</summary>
public static class BenefitServices
{
    /// <summary>Adds the services; requires those of the chains, the portal's storage and the message side's figures.</summary>
    public static IServiceCollection AddBenefits(this IServiceCollection services) => services
        .AddSingleton<IBenefitStore, BenefitStore>()
        .AddSingleton<IBenefitFigures, BenefitFigures>()
        .AddSingleton<IMeasuredBoxes, MeasuredBoxes>()
        .AddSingleton<MeasurementIntake>()
        .AddSingleton<MeasurementExport>()
        .AddSingleton<OverviewImport>()
        .AddSingleton<NumberRequestMails>()
        .AddSingleton<IMailWriter>(services => services.GetRequiredService<NumberRequestMails>())
        .AddSingleton(new BoxArithmeticView(typeof(ArithmeticPanel)))
        .AddScoped<BenefitPageServices>();

    /// <summary>Maps the endpoints of measurements. Call after authentication and authorization.</summary>
    public static void MapBenefits(this IEndpointRouteBuilder routes) => MeasurementEndpoints.Map(routes);
}

/// <summary>Texts of the benefits' page and its parts (<c>.resx</c> next to this file).</summary>
public sealed class BenefitsTexts;
