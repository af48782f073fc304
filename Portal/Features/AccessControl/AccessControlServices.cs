using Portal.Features.AccessControl.Api;
using Portal.Features.AccessControl.Looks;

namespace Portal.Features.AccessControl;

/// <summary>Registers the access log.</summary>
public static class AccessControlServices
{
    /// <summary>
    /// The log, and notes of what the readers show. Call after the message side's readers are registered. Needs its access journal and the
    /// portal's storage.
    /// </summary>
    public static IServiceCollection AddAccessControl(this IServiceCollection services) => services
        .AddSingleton<AccessRecords>()
        .AddSingleton<AccessLooks>()
        .AddSingleton<IAccessLooks>(p => p.GetRequiredService<AccessLooks>())
        .AddSingleton<AccessLookService>()
        .AddHostedService(p => p.GetRequiredService<AccessLookService>())
        .AddSingleton<IAccessLog, AccessLog>()
        .AddScoped<AccessPageServices>()
        .AddSingleton<AccessExport>()
        .AddSingleton<AccessTakeIn>()
        .AddHostedService(p => p.GetRequiredService<AccessTakeIn>())
        .AddNotedReaders();

    /// <summary>Maps the access log's addresses. Call after authentication and authorization.</summary>
    internal static void MapAccessControl(this IEndpointRouteBuilder routes) => AccessEndpoints.Map(routes);
}

/// <summary>
/// Names the texts of the access log and of the questions about a purpose (<c>AccessTexts.resx</c>, Danish; <c>.en.resx</c>, English).
/// </summary>
public sealed class AccessTexts;
