using Microsoft.Extensions.DependencyInjection;

namespace Portal.Ingestion.Figures;

/// <summary>Registers the counts of letters and messages by month.</summary>
public static class FiguresServices
{
    /// <summary>Adds the counting service and the reader. Needs the message side's storage.</summary>
    public static IServiceCollection AddFigures(this IServiceCollection services) => services
        .AddSingleton<LetterCountingService>()
        .AddSingleton<IFigureReader, FigureReader>();

    /// <summary>Runs the counting service in this process. Only for processes that host ingestion.</summary>
    public static IServiceCollection AddLetterCounting(this IServiceCollection services) =>
        services.AddHostedService(provider => provider.GetRequiredService<LetterCountingService>());
}
