using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Letters.Actions;
using Portal.Ingestion.Letters.Delays;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Rules;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Letters.Work;

namespace Portal.Ingestion.Letters;

/// <summary>Registers the services of letters.</summary>
public static class LettersServices
{
    /// <summary>
    /// Registry, reader, matcher, worklist, mutes, notes, evidence and the meanings of statuses. Needs PortalSettings,
    /// TimeProvider, WriteGate, LogSignal, MessageKindCache, ContentReader and the context factory.
    /// </summary>
    public static IServiceCollection AddLetters(this IServiceCollection services) => services
        .AddSingleton<CprHash>()
        .AddSingleton<SearchKeyStart>()
        .AddSingleton<ActionLog>()
        .AddSingleton<ActionStart>()
        .AddSingleton<IActionProofs, ActionProofs>()
        .AddSingleton<LetterMatcher>()
        .AddSingleton<LetterRegistry>()
        .AddSingleton<ILetterRegistry>(provider => provider.GetRequiredService<LetterRegistry>())
        .AddSingleton<ILetterPreview>(provider => provider.GetRequiredService<LetterRegistry>())
        .AddSingleton<ICaseReader, CaseReader>()
        .AddSingleton<ILetterList, LetterList>()
        .AddSingleton<IWorklistService, WorklistService>()
        .AddSingleton<IHandMatching, HandMatching>()
        .AddSingleton<SenderMutes>()
        .AddSingleton<ISenderMutes>(provider => provider.GetRequiredService<SenderMutes>())
        .AddSingleton<MeaningCache>()
        .AddSingleton<IMeaningCatalogue, MeaningCatalogue>()
        .AddHostedService<MeaningCacheService>()
        .AddSingleton<ICaseNotes, CaseNotes>()
        .AddSingleton<IResendSource, ResendSource>()
        .AddSingleton<IReceiptDelays, ReceiptDelays>()
        .AddSingleton<IEvidenceSource, EvidenceSource>();

    /// <summary>
    /// Runs the matcher, the sender mutes, the backfill of search words, the application of new rules, the taking in of earlier actions and
    /// the watch of delays in this process. Only for processes that host ingestion.
    /// </summary>
    public static IServiceCollection AddLetterMatching(this IServiceCollection services) =>
        services.AddHostedService(provider => provider.GetRequiredService<LetterMatcher>()).AddHostedService<SenderMuteService>()
            .AddHostedService<LetterWordsBackfill>().AddHostedService<RuleRefoldService>().AddHostedService<ActionTakeIn>()
            .AddHostedService<DelayMeasuringService>();
}
