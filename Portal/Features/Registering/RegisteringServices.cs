using Portal.Features.Registering.Api;

namespace Portal.Features.Registering;

/// <summary>Registers the letters that case systems and people register.</summary>
public static class RegisteringServices
{
    /// <summary>Needs the message side's letters.</summary>
    public static IServiceCollection AddRegistering(this IServiceCollection services) => services.AddSingleton<LetterIntake>();

    /// <summary>Its addresses. Call after authentication and authorization.</summary>
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
