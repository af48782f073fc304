using Portal.Ingestion.Settings;

namespace Portal.Features.Demo;

/// <summary>Demo cases and a gentle stream of messages, so that a first start shows something true to life.</summary>
public static class DemoServices
{
    /// <summary>Starts the demo where <c>Demo:Enabled</c> says so (by default in Development only).</summary>
    /// <exception cref="ConfigurationProblemException">A key is wrong.</exception>
    public static IServiceCollection AddDemo(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        // Read before it is needed: a wrong number is wrong also while the demo is off.
        var rate = ConfigurationValues.ReadDouble(configuration, "Demo:MessagesPerSecond", 2, 0, 1000);
        if (!ConfigurationValues.ReadBool(configuration, "Demo:Enabled", environment.IsDevelopment())) return services;
        return services
            .AddSingleton(new DemoSettings(rate))
            .AddHostedService<DemoService>();
    }
}

/// <summary>The demo's settings. <paramref name="MessagesPerSecond"/> 0: the cases only.</summary>
internal sealed record DemoSettings(double MessagesPerSecond);
