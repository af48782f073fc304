using Microsoft.JSInterop;

namespace Portal.Platform.Ui;

/// <summary>
/// JavaScript calls that ignore a disconnected browser: a disconnect is not an error, and the page's objects in the browser are gone with
/// it. Every other exception is thrown.
/// </summary>
public static class BrowserCalls
{
    /// <summary>Runs the work; ignores <see cref="JSDisconnectedException"/>.</summary>
    public static async Task TryAsync(Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            await work();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, so the rest of the work is not needed.
        }
    }

    /// <summary>Disposes an object or module in the browser; does nothing for null.</summary>
    /// <param name="held">The component's reference, or null.</param>
    /// <param name="stop">A function of the object to call first, such as one that removes event listeners.</param>
    public static Task ReleaseAsync(this IJSObjectReference? held, string? stop = null) =>
        held is null ? Task.CompletedTask : TryAsync(async () =>
        {
            if (stop is not null) await held.InvokeVoidAsync(stop);
            await held.DisposeAsync();
        });
}
