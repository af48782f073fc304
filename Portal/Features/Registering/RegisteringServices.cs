using Portal.Features.Registering.Api;

namespace Portal.Features.Registering;

/// <summary>Registers the services of letter registration.</summary>
public static class RegisteringServices
{
    /// <summary>Needs the message side's letters.</summary>
    public static IServiceCollection AddRegistering(this IServiceCollection services) => services.AddSingleton<LetterIntake>();

    /// <summary>Maps the HTTP calls. Call after authentication and authorization.</summary>
    public static void MapRegistering(this IEndpointRouteBuilder routes)
    {
        LetterEndpoints.Map(routes);
        RegisterEndpoints.Map(routes);
    }
}

/// <summary>
/// Names the texts of registering letters by form and by file (<c>RegisterTexts.resx</c>, Danish; <c>.en.resx</c>, English).
/// </summary>
public sealed class RegisterTexts;
