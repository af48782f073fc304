using Portal.Ingestion.Settings;

namespace Portal.Features.Demo;

/// <summary>Demo cases and a slow stream of messages, so that a first start has realistic content.</summary>
public static class DemoServices
{
    /// <summary>Starts the demo when <c>Demo:Enabled</c> is true (the default only in Development).</summary>
    /// <exception cref="ConfigurationProblemException">A key of <c>Demo:*</c> is invalid.</exception>
    public static IServiceCollection AddDemo(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        // Read first, so that an invalid number stops the start also while the demo is off.
        var rate = ConfigurationValues.ReadDouble(configuration, "Demo:MessagesPerSecond", 2, 0, 1000);
        if (!ConfigurationValues.ReadBool(configuration, "Demo:Enabled", environment.IsDevelopment())) return services;
        return services
            .AddSingleton(new DemoSettings(rate))
            .AddSingleton<DemoQuarantine>()
            .AddHostedService<DemoService>();
    }
}

/// <summary>The demo's settings. <paramref name="MessagesPerSecond"/> 0: the cases only.</summary>
internal sealed record DemoSettings(double MessagesPerSecond);
