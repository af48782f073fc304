using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;

namespace Portal.Features.AccessControl.Looks;

/// <summary>
/// Puts the access log in front of the readers that show persons: every page and call that reads a case, a message, a list of letters or
/// the worklist is noted, also one that is written later, since no other reader is registered under their names.
/// </summary>
public static class NotedReaders
{
    /// <summary>
    /// The key of a reader that notes nothing, for code that notes what it gives out itself, more exactly (evidence, exact bytes, files,
    /// subject access), and for the demo. <c>AccessRowTests</c> has the list of those that may.
    /// </summary>
    public const string Unnoted = "unnoted";

    /// <summary>Replaces the readers that are registered so far.</summary>
    internal static IServiceCollection AddNotedReaders(this IServiceCollection services)
    {
        Note<ICaseReader, NotedCases>(services);
        Note<ILetterList, NotedLetters>(services);
        Note<IWorklistService, NotedWorklist>(services);
        Note<IHandMatching, NotedHands>(services);
        Note<IResendSource, NotedResends>(services);
        Note<IMessageReader, NotedMessages>(services);
        return services;
    }

    private static void Note<TReader, TNoted>(IServiceCollection services)
        where TReader : class
        where TNoted : class, TReader
    {
        if (services.LastOrDefault(s => s.ServiceType == typeof(TReader) && !s.IsKeyedService) is not { } inner) return;
        services.Remove(inner);
        services.Add(inner switch
        {
            { ImplementationInstance: { } instance } => ServiceDescriptor.KeyedSingleton(typeof(TReader), Unnoted, instance),
            { ImplementationFactory: { } make } => ServiceDescriptor.KeyedSingleton(typeof(TReader), Unnoted, (p, _) => make(p)),
            _ => ServiceDescriptor.KeyedSingleton(typeof(TReader), Unnoted, inner.ImplementationType!),
        });
        services.AddSingleton<TReader>(p =>
            ActivatorUtilities.CreateInstance<TNoted>(p, p.GetRequiredKeyedService<TReader>(Unnoted)));
    }
}
