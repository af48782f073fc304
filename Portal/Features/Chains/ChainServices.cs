using Portal.Features.Chains.Api;
using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Examples;
using Portal.Features.Chains.Gallery;
using Portal.Features.Chains.Hints;
using Portal.Features.Chains.Join;
using Portal.Features.Chains.Pictures;
using Portal.Features.Chains.Storage;
using Portal.Platform.Access;
using Portal.Platform.Shell;
using Portal.Platform.Ui.Fields;

namespace Portal.Features.Chains;

/// <summary>Registers the services of benefit chains.</summary>
public static class ChainServices
{
    /// <summary>Requires storage and localisation, and the benefits' <c>IMeasuredBoxes</c>: hints skip what is measured.</summary>
    public static IServiceCollection AddChains(this IServiceCollection services) => services
        .AddSingleton<IChainLog, ChainLog>()
        .AddSingleton<ChainStore>()
        .AddSingleton<IChainStore>(provider => provider.GetRequiredService<ChainStore>())
        .AddSingleton<WorkshopCodes>()
        .AddSingleton<ChainVersions>()
        .AddSingleton<HintDismissals>()
        .AddSingleton<GuestHints>()
        .AddSingleton<ChainSessions>()
        .AddSingleton<ChainIntake>()
        .AddSingleton<ChainExamples>()
        .AddSingleton<ChainSentence>()
        .AddSingleton<ChainPicture>()
        .AddSingleton<ChainPictures>()
        .AddSingleton<ChainCards>()
        .AddSingleton<ISearchSource, ChainSuggestions>()
        .AddScoped<INamesInUse, DepartmentsInUse>()
        .AddScoped<ChainGalleryServices>()
        .AddScoped<ChainBoardServices>()
        .AddSingleton<GuestPass>()
        .AddSingleton<ICircuitGuests>(provider => provider.GetRequiredService<GuestPass>())
        .AddSingleton<JoinRateLimiter>()
        .AddHostedService(provider => provider.GetRequiredService<ChainSessions>())
        .AddHostedService<ChainTrash>();

    /// <summary>Maps the endpoints of chains and of joining a workshop. Call after authentication and authorization.</summary>
    public static void MapChains(this IEndpointRouteBuilder routes)
    {
        ChainEndpoints.Map(routes);
        JoinEndpoints.Map(routes);
    }
}
