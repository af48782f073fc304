using Microsoft.Playwright;
using Portal.Tests.Stories;
using Xunit;

[assembly: AssemblyFixture(typeof(OneChromium))]

namespace Portal.Tests.Stories;

/// <summary>The Chromium that a test run shares: started when first needed, started again if it dies, closed with the run.</summary>
public sealed class OneChromium : IAsyncDisposable
{
    // The first is the same engine without windows, which take half of the browser's processor time here.
    private static readonly string[] Paths =
        ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly SemaphoreSlim Lock = new(1);
    private static IPlaywright? _playwright;
    private static IBrowser? _browser;

    /// <summary>The running browser; close contexts, not the browser.</summary>
    internal static async Task<IBrowser> OpenAsync()
    {
        await Lock.WaitAsync();
        try
        {
            if (_browser is { IsConnected: true } running) return running;
            _playwright ??= await Playwright.CreateAsync();
            return _browser = await _playwright.Chromium.LaunchAsync(
                new() { ExecutablePath = Paths.First(File.Exists), Args = ["--no-sandbox", "--disable-gpu"] });
        }
        finally
        {
            Lock.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
