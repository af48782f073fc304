using System.Globalization;
using Microsoft.JSInterop;

namespace Portal.Features.Chains.Editing;

/// <summary>
/// Refreshes a page when its chain notifies it: on another thread, so that whoever changed the chain does not wait for the page, and in the
/// culture of the page's reader, which is captured when this is created: create it with the page.
/// </summary>
internal sealed class PageCall
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture, _words = CultureInfo.CurrentUICulture;
    private int _failing;

    /// <summary>
    /// Starts a refresh without waiting for it; <paramref name="look"/> dispatches to the page's own thread (<c>InvokeAsync</c>). A refresh
    /// that fails is tried again a second later, and then reported; failures are logged once until one succeeds.
    /// </summary>
    /// <param name="look">Renders the page from the chain's current state; may run twice.</param>
    /// <param name="logger">Logs failures.</param>
    /// <param name="after">The delay before the first attempt.</param>
    /// <param name="failed">Shows the reader, on the page's own thread, that the page is not up to date; null: nothing is shown.</param>
    public void Make(Func<Task> look, ILogger logger, TimeSpan after = default, Func<Task>? failed = null) => _ = Task.Run(async () =>
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (_culture, _words);
        if (after > TimeSpan.Zero) await Task.Delay(after);
        if (await TryAsync(look, logger)) return;
        await Task.Delay(Again);
        if (!await TryAsync(look, logger) && failed is not null) await TryAsync(failed, logger);
    });

    private async Task<bool> TryAsync(Func<Task> look, ILogger logger)
    {
        try
        {
            await look();
            Volatile.Write(ref _failing, 0);
            return true;
        }
        catch (Exception gone) when (gone is ObjectDisposedException or JSDisconnectedException or OperationCanceledException)
        {
            // The page was closed meanwhile.
            return true;
        }
        catch (Exception problem)
        {
            if (Interlocked.Exchange(ref _failing, 1) == 0)
                logger.LogWarning(problem, "A page could not follow its chain; it is tried again");
            return false;
        }
    }
}
