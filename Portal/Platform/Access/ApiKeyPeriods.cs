namespace Portal.Platform.Access;

/// <summary>Ends streams and hub connections of an API key when its period ends.</summary>
internal static class ApiKeyPeriods
{
    // A timer takes no longer time; such a stream ends by itself long before.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(45);

    /// <summary>Adds the middleware. Call after authentication.</summary>
    public static void UseKeyPeriods(this WebApplication app)
    {
        var time = app.Services.GetRequiredService<TimeProvider>();
        app.Use(async (context, next) =>
        {
            if (ApiKeyHandler.KeyOf(context)?.ValidTo is not { } end || end - time.GetUtcNow() > Longest)
            {
                await next(context);
                return;
            }

            await using var timer = time.CreateTimer(
                _ => context.Abort(), null, TimeSpan.FromTicks(Math.Max(0, (end - time.GetUtcNow()).Ticks)), Timeout.InfiniteTimeSpan);
            await next(context);
        });
    }
}
