using Portal.Platform.Http.Limits;

namespace Portal.Platform.Access.Limits;

/// <summary>Limits sign-ins that fail: forged or repeated answers of a provider, forms that are none.</summary>
/// <param name="allowed">Failed sign-ins per address and minute.</param>
public sealed class SignInAttempts(int allowed = SignInAttempts.Allowed) : AttemptLimiter(allowed)
{
    /// <summary>Failed sign-ins per address and minute, usually.</summary>
    public const int Allowed = 30;

    private static readonly PathString[] Guarded = ["/signin-oidc", "/login/persona"];

    /// <summary>Adds the middleware that refuses more. Call before authentication, which answers the provider's address itself.</summary>
    internal static void Use(WebApplication app)
    {
        var attempts = app.Services.GetRequiredService<SignInAttempts>();
        app.Use((context, next) =>
            Array.Exists(Guarded, p => context.Request.Path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase))
            && !attempts.MayTry(context)
                ? TooManyRequests.WriteAsync(context, Window)
                : next(context));
    }
}
