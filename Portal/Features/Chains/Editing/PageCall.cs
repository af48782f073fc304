using System.Globalization;
using Microsoft.JSInterop;

namespace Portal.Features.Chains.Editing;

/// <summary>
/// Lets a page look when its chain tells something: on a thread of its own, so that whoever changed the chain waits for nobody's page, and
/// in the language of the page's reader, not of whoever changed it. Make it with the page.
/// </summary>
internal sealed class PageCall
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture, _words = CultureInfo.CurrentUICulture;
    private int _failing;

    /// <summary>
    /// Calls without waiting, at once or after a while; <paramref name="look"/> goes to the page's own thread by itself
    /// (<c>InvokeAsync</c>). A refresh that fails is logged once, tried again a second later, and then reported; it never ends unobserved.
    /// </summary>
    /// <param name="look">Shows the page as the chain is now; safe to do twice.</param>
    /// <param name="logger">Where a failure is written.</param>
    /// <param name="after">How long to wait first.</param>
    /// <param name="failed">Tells the reader that the page could not follow, on the page's own thread; null: the page shows no sign of
    /// it.</param>
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
            // The page was closed meanwhile: there is nobody to show anything to.
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
