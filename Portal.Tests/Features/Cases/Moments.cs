using System.Diagnostics;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Log;
using Portal.Tests.Features.Messages;

namespace Portal.Tests.Features.Cases;

/// <summary>Lets time pass on a live page.</summary>
internal static class Moments
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Says that the log changed, and moves the page's clock on until the page shows it. The page waits for a signal and then for its
    /// floor, on threads of its own, so the clock is moved as often as it takes.
    /// </summary>
    public static async Task ArriveAsync<T>(this PageFixture fixture, IRenderedComponent<T> page, Func<bool> shown) where T : IComponent
    {
        var began = Stopwatch.GetTimestamp();
        fixture.Services.GetRequiredService<LogSignal>().Raise();
        while (!await page.InvokeAsync(shown))
        {
            if (Stopwatch.GetElapsedTime(began) > Timeout)
                throw new TimeoutException("The page never showed it. It shows:\n" + page.Markup);
            fixture.Time.Advance(TimeSpan.FromMilliseconds(300));
            await Task.Yield();
        }
    }

    /// <summary>The address of the page.</summary>
    public static string Address(this PageFixture fixture) => fixture.Services.GetRequiredService<NavigationManager>().Uri;
}
