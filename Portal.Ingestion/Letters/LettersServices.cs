using Microsoft.Extensions.DependencyInjection;

namespace Portal.Ingestion.Letters;

/// <summary>Registers what reads and writes letters.</summary>
public static class LettersServices
{
    /// <summary>Registry, reader and matcher. Needs PortalSettings, TimeProvider, WriteGate, LogSignal and the context factory.</summary>
    public static IServiceCollection AddLetters(this IServiceCollection services) => services
        .AddSingleton<CprHash>()
        .AddSingleton<LetterMatcher>()
        .AddSingleton<ILetterRegistry, LetterRegistry>()
        .AddSingleton<ICaseReader, CaseReader>()
        .AddSingleton<IEvidenceSource, EvidenceSource>();

    /// <summary>Runs the matcher in this process: in the one role that hosts ingestion.</summary>
    public static IServiceCollection AddLetterMatching(this IServiceCollection services) =>
        services.AddHostedService(provider => provider.GetRequiredService<LetterMatcher>());
}
