using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>A real Chromium with one signed-in person.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly List<string> _errors = [];

    private Browser(IPlaywright playwright, IBrowser browser, IPage page)
    {
        (_playwright, _browser, Page) = (playwright, browser, page);
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") _errors.Add(message.Text);
        };
    }

    public IPage Page { get; }

    /// <summary>Errors that the browser's console showed.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Opens a browser and signs in by the development personas.</summary>
    public static async Task<Browser> SignInAsync(Uri address, string? persona, int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Paths.First(File.Exists), Args = ["--no-sandbox"] });
        var context = await browser.NewContextAsync(new() { BaseURL = address.ToString(), ViewportSize = new() { Width = width, Height = height }, Locale = "en-GB", ColorScheme = scheme });
        var opened = new Browser(playwright, browser, await context.NewPageAsync());
        if (persona is null) return opened;
        await opened.Page.GotoAsync("/login");
        await opened.Page.GetByTestId($"login-{persona}").ClickAsync();
        await opened.Page.WaitForURLAsync(url => !url.Contains("/login", StringComparison.Ordinal));
        return opened;
    }

    /// <summary>Goes to a page and waits until it is live.</summary>
    public async Task OpenAsync(string path)
    {
        await Page.GotoAsync(path);
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Assertions.Expect(Page.Locator("main h1").First).ToBeVisibleAsync();
    }

    /// <summary>Nothing that axe-core reports at WCAG 2.2 A and AA.</summary>
    public async Task IsAccessibleAsync(string where)
    {
        var result = await Page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } });
        Assert.True(result.Violations.Length == 0, where + ": " + string.Join("; ", result.Violations.Select(v => $"{v.Id} {string.Join(" | ", v.Nodes.Select(n => n.Html).Take(3))}")));
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
