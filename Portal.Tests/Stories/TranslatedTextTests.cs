using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>
/// A page that changes its texts as Blazor does, at every moment between a translator's steps: what is shown is the translation of what the
/// page has, nothing else, and no change fails. Without a portal, so that thousands of orders can be tried.
/// </summary>
public sealed class TranslatedTextTests
{
    private const int Orders = 2_000;

    [Fact]
    public async Task Whatever_changes_between_a_translators_steps_is_shown_as_it_is_now_and_alone()
    {
        await using var browser = await Browser.SignInAsync(new Uri("http://localhost"), null);
        var (page, cancelled) = (browser.Page, TestContext.Current.CancellationToken);
        await page.TranslateAsync();
        var guard = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "Portal", "wwwroot", "translated.js"), cancelled);
        await page.RouteAsync("**/*", route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = $"<!doctype html><head><script>{guard}</script></head><body><h1>Side</h1><main></main></body>",
        }));
        await page.GotoAsync("/");
        var random = await File.ReadAllTextAsync(
            Path.Combine(SourceTree.Root, "Portal.Tests", "Stories", "TranslatedText.js"), cancelled);
        Assert.Empty(await page.EvaluateAsync<string[]>(random, Orders));
        Assert.Empty(browser.Errors);
    }
}
