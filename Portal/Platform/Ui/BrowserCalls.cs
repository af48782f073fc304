using Microsoft.JSInterop;

namespace Portal.Platform.Ui;

/// <summary>
/// Calls of the browser that a reader who leaves may cut off: an ordinary disconnect is no error, and what the page held in the browser
/// is gone with it. Everything else that goes wrong is thrown.
/// </summary>
public static class BrowserCalls
{
    /// <summary>Does the work; what a disconnect cuts off stays undone.</summary>
    public static async Task TryAsync(Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            await work();
        }
        catch (JSDisconnectedException)
        {
            // Nobody is there to see what was left undone.
        }
    }

    /// <summary>Lets go of an object or module in the browser; of null there is nothing to let go of.</summary>
    /// <param name="held">What the component holds.</param>
    /// <param name="stop">A function of it to call first, such as one that stops listening.</param>
    public static Task ReleaseAsync(this IJSObjectReference? held, string? stop = null) =>
        held is null ? Task.CompletedTask : TryAsync(async () =>
        {
            if (stop is not null) await held.InvokeVoidAsync(stop);
            await held.DisposeAsync();
        });
}
