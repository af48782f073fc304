using System.Globalization;

namespace Portal.Chains.Editing;

/// <summary>
/// Lets a page look when its chain tells something: on a thread of its own, so that whoever changed the chain waits for nobody's page, and in the
/// language of the page's reader, not of whoever changed it. Make it with the page.
/// </summary>
internal sealed class PageCall
{
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture, _words = CultureInfo.CurrentUICulture;

    /// <summary>Calls without waiting, at once or after a while; <paramref name="look"/> goes to the page's own thread by itself (<c>InvokeAsync</c>).</summary>
    public void Make(Func<Task> look, TimeSpan after = default) => _ = Task.Run(async () =>
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (_culture, _words);
        if (after > TimeSpan.Zero) await Task.Delay(after);
        await look();
    });
}
