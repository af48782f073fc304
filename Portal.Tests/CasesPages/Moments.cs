using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Messages;
using Portal.Tests.MessagePages;

namespace Portal.Tests.CasesPages;

/// <summary>Lets time pass on a live page.</summary>
internal static class Moments
{
    /// <summary>Says that the log changed, and moves time on until the page shows it: a page waits for a signal, then for its floor.</summary>
    public static void Arrive<T>(this PageHouse house, IRenderedComponent<T> page, Func<bool> shown) where T : IComponent
    {
        house.Services.GetRequiredService<LogSignal>().Raise();
        page.WaitForState(() =>
        {
            house.Time.Advance(TimeSpan.FromMilliseconds(300));
            return shown();
        }, TimeSpan.FromSeconds(20));
    }

    /// <summary>The address of the page.</summary>
    public static string Address(this PageHouse house) => house.Services.GetRequiredService<NavigationManager>().Uri;
}
