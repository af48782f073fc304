using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>A separate context of the shared Chromium, with one signed-in person; it shares no cookies or storage with others.</summary>
internal sealed class Browser : IAsyncDisposable
{
    // Only violations are described, since describing all results takes most of the time on a long page.
    private const string Violations =
        """
        async () => {
          // Whatever scrolls under the bar at the moment counts as a target that is too small.
          const top = window.scrollY;
          window.scrollTo({ top: 0, behavior: "instant" });
          const result = await axe.run(document, {
            resultTypes: ["violations"],
            runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
          });
          window.scrollTo({ top, behavior: "instant" });
          return result.violations.map(v => v.id + " " + v.nodes.slice(0, 3).map(n => n.html).join(" | "));
        }
        """;

    private static readonly string Axe = ReadAxe();
    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    private Browser(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") _errors.Add(message.Text);
        };
    }

    public IPage Page { get; }

    /// <summary>Errors in the browser's console.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Opens a browser context and signs in as a development persona; null: nobody.</summary>
    public static async Task<Browser> SignInAsync(
        Uri address, string? persona, int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var browser = await OneChromium.OpenAsync();
        var context = await browser.NewContextAsync(new() { BaseURL = address.ToString(), ViewportSize = new() { Width = width,
            Height = height }, Locale = "en-GB", ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout((float)TestTimeouts.ForPages.TotalMilliseconds);
        var opened = new Browser(context, await context.NewPageAsync());
        if (persona is null) return opened;
        await opened.Page.GotoAsync("/login");
        await opened.Page.GetByTestId($"login-{persona}").ClickAsync();
        await opened.Page.IsAtAsync(url => !url.Contains("/login", StringComparison.Ordinal));

        // A link that is replaced by its live self in the middle of a click would not be clicked.
        await Assertions.Expect(opened.Page.GetByTestId("until-live")).Not.ToHaveAttributeAsync("disabled", "");
        return opened;
    }

    /// <summary>Opens a browser context without signing in, which takes a test's own certificate.</summary>
    public static async Task<Browser> AnonymousAsync(Uri address)
    {
        var context = await (await OneChromium.OpenAsync()).NewContextAsync(new() { BaseURL = address.ToString(),
            ViewportSize = new() { Width = 1440, Height = 900 }, Locale = "da-DK", ReducedMotion = ReducedMotion.Reduce,
            IgnoreHTTPSErrors = true });
        context.SetDefaultTimeout((float)TestTimeouts.ForPages.TotalMilliseconds);
        return new Browser(context, await context.NewPageAsync());
    }

    /// <summary>Goes to a page and waits until it is live.</summary>
    public async Task OpenAsync(string path)
    {
        await Page.GotoAsync(path);
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Assertions.Expect(Page.Locator("main h1").First).ToBeVisibleAsync();

        await IsLiveAsync();
    }

    /// <summary>Waits until the page is live; before that its controls are disabled.</summary>
    public async Task IsLiveAsync()
    {
        var page = Page.GetByTestId("until-live");
        if (await page.CountAsync() > 0) await Assertions.Expect(page).Not.ToHaveAttributeAsync("disabled", "");
    }

    /// <summary>Fails if axe-core reports a violation of WCAG 2.2 A or AA.</summary>
    public async Task IsAccessibleAsync(string where)
    {
        var violations = await ViolationsAsync();
        Assert.True(violations.Length == 0, $"{where}: {string.Join("; ", violations)}");
    }

    /// <summary>What axe-core reports as violations of WCAG 2.2 A or AA.</summary>
    public async Task<string[]> ViolationsAsync()
    {
        // A page that is just becoming live briefly has no title.
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await IsLiveAsync();
        await Page.WaitForFunctionAsync("() => document.title !== ''");

        // Loaded once in each document: the library's own runner sends its half megabyte for every run, and to a second page that it opens.
        if (!await Page.EvaluateAsync<bool>("'axe' in window")) await Page.EvaluateAsync(Axe);
        return await Page.EvaluateAsync<string[]>(Violations);
    }

    /// <summary>Closes the context. Fails where the page tried what its Content-Security-Policy forbids, in any story.</summary>
    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.DoesNotContain(_errors, error => error.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    private static string ReadAxe()
    {
        using var script = typeof(AxeRunOptions).Assembly.GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!;
        using var reader = new StreamReader(script);
        return reader.ReadToEnd();
    }
}

/// <summary>Waits for a page's address.</summary>
internal static class PageAddress
{
    /// <summary>
    /// Waits until the page's address <paramref name="fits"/> and it is loaded. Not WaitForURL: it checks the address before it starts to
    /// listen, so a change in between is missed and the wait times out (3 of 2,000 waits on an overloaded machine; it looked like a lost
    /// choice).
    /// </summary>
    public static async Task IsAtAsync(this IPage page, Func<string, bool> fits)
    {
        var there = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, IFrame frame)
        {
            if (fits(page.Url)) there.TrySetResult();
        }

        page.FrameNavigated += Look;
        try
        {
            Look(null, page.MainFrame);
            await there.Task.WaitAsync(TestTimeouts.ForPages);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The page never came to the address that was expected. It is at {page.Url}");
        }
        finally
        {
            page.FrameNavigated -= Look;
        }

        await page.WaitForFunctionAsync("() => document.readyState === 'complete'");
    }
}
