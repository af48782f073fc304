using System.Diagnostics;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Portal.Ingestion.Log;
using Portal.Tests.Features.Messages;

namespace Portal.Tests.Features.Cases;

/// <summary>Advances the clock of a live page.</summary>
internal static class Moments
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Signals a change of the log and advances the page's clock until <paramref name="shown"/>. The page waits on other threads for the
    /// signal and then for its shortest refresh interval, so the clock is advanced repeatedly.
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

    /// <summary>
    /// Advances the clock until <paramref name="task"/> has ended. What waits for the clock may begin to wait on another thread only after
    /// the first advance; one advance alone would then leave it waiting without end.
    /// </summary>
    /// <exception cref="TimeoutException">It has not ended after 20 seconds.</exception>
    public static async Task AdvanceUntilAsync(this FakeTimeProvider time, Task task)
    {
        var began = Stopwatch.GetTimestamp();
        while (!task.IsCompleted)
        {
            if (Stopwatch.GetElapsedTime(began) > Timeout) throw new TimeoutException("What waits for the clock never ended.");
            time.Advance(TimeSpan.FromMilliseconds(300));
            await Task.Yield();
        }

        await task;
    }

    /// <summary>The page's address.</summary>
    public static string Address(this PageFixture fixture) => fixture.Services.GetRequiredService<NavigationManager>().Uri;
}
