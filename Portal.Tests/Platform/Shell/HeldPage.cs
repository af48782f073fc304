using System.Diagnostics;
using Bunit;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using MudBlazor.Extensions;
using Xunit;

namespace Portal.Tests.Platform.Shell;

/// <summary>A page whose reads are held, and answered in any order.</summary>
public abstract class HeldPage
{
    /// <summary>Holds the reads of a page until a test answers them.</summary>
    internal ReadGate Gate { get; } = new();

    /// <summary>The orders in which held answers can come.</summary>
    public static TheoryData<bool> Orders => [false, true];

    protected static string[] All(IRenderedComponent<IComponent> page, string testId, string attribute) =>
        [.. page.FindAll($"[data-testid={testId}]").Select(r => r.GetAttribute(attribute) ?? "")];

    protected static string Value(IRenderedComponent<IComponent> page, string testId) =>
        page.Find($"[data-testid={testId}]").GetAttribute("value") ?? "";

    protected static string? Chosen(IRenderedComponent<IComponent> page, string testId) => page
        .FindComponents<MudSelect<string>>()
        .Single(s => s.Instance.UserAttributes.GetValueOrDefault("data-testid") as string == testId).Instance.GetState(x => x.Value);

    // Answers all held calls, and those that follow from them, until none is held.
    protected async Task AnswerAsync(IRenderedComponent<IComponent> page, bool newestFirst = false)
    {
        Gate.IsClosed = false;
        while (Gate.Held > 0) await page.InvokeAsync(() => Gate.Answer(newestFirst));
        await page.InvokeAsync(() => { });
    }

    // Waits until this many calls are held. The database is real, so they take a moment.
    protected async Task HoldsAsync(int calls, Action pass)
    {
        var began = Stopwatch.GetTimestamp();
        while (Gate.Held < calls)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TestTimeouts.ForPages, "The page never read.");
            pass();
            await Task.Yield();
        }
    }
}
