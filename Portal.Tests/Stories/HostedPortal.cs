using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Portal.Hosting;

namespace Portal.Tests.Stories;

/// <summary>
/// The whole portal, put together and started as its program does, hosted by the process of the tests: warm, and as fast to end as to
/// start.
/// </summary>
internal sealed class HostedPortal : RunningPortal
{
    private readonly WebApplication _app;
    private readonly LogLines _lines;

    private HostedPortal(string folder, WebApplication app, LogLines lines)
        : base(folder)
    {
        (_app, _lines) = (app, lines);
        Meet(new Uri(app.Urls.First()));
    }

    /// <summary>What it wrote to its log, as the console would show it.</summary>
    public override string Output => string.Join('\n', _lines.Written);

    /// <summary>Starts the portal: in a folder where it finds or makes its database, or in a new one with an empty database.</summary>
    public static async Task<HostedPortal> StartAsync(
        string? folder = null, bool demo = false, string environment = "Development", string[]? settings = null)
    {
        folder ??= await NewFolderAsync();
        var lines = new LogLines();
        string[] args = ["--environment", environment, "--urls", AnyPort, .. SettingsOf(folder, demo), .. settings ?? []];
        return new HostedPortal(
            folder, await PortalHost.StartAsync(args, builder => builder.Logging.ClearProviders().AddProvider(lines)), lines);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
