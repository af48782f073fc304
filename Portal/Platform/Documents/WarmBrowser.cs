using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Playwright;

namespace Portal.Platform.Documents;

/// <summary>
/// One running browser, with scripts and network disabled and a temporary profile. Playwright's driver talks to it through pipes, not a
/// port, and ends it when this process ends, also when it is killed.
/// </summary>
internal sealed class WarmBrowser : IAsyncDisposable
{
    private const int StartMilliseconds = 30_000;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    // Playwright's EvaluateAsync works although the page's scripts are disabled. Elements that could load or navigate are removed before
    // the body is inserted.
    private const string Fill = $$"""
        async ([title, style, body]) => {
          const inert = document.createElement("template");
          inert.innerHTML = body;
          for (const element of inert.content.querySelectorAll("meta, base, link, script, iframe, object, embed")) element.remove();
          document.title = title;
          document.getElementById("{{PrintDocument.OwnStyleId}}").textContent = style;
          document.body.replaceChildren(inert.content);
          await Promise.allSettled([...document.images].map(image => image.decode()));
        }
        """;

    private const string LoadFonts = "async () => { await Promise.all([...document.fonts].map(font => font.load())); }";

    private const string MakeEmpty = $$"""
        () => {
          const style = document.getElementById("{{PrintDocument.OwnStyleId}}");
          if (!style) return false;
          document.title = style.textContent = document.body.innerHTML = "";
          return true;
        }
        """;

    // Sent to the browser directly (CDP) rather than with Playwright's PdfAsync, which transfers the PDF as a stream, in pieces.
    private static readonly Dictionary<string, object> Print = new()
    {
        ["generateTaggedPDF"] = true, ["generateDocumentOutline"] = true, ["preferCSSPageSize"] = true, ["printBackground"] = true,
        ["displayHeaderFooter"] = false,
        ["marginTop"] = 0, ["marginBottom"] = 0, ["marginLeft"] = 0, ["marginRight"] = 0, ["transferMode"] = "ReturnAsBase64",
    };

    private readonly ConcurrentBag<Sheet> _sheets = [];
    private readonly IPlaywright _playwright;
    private readonly IBrowserContext _context;
    private readonly PrintFolder _folder;
    private readonly Process? _process;
    private readonly Lock _gate = new();
    private int _users;
    private int _taken;
    private bool _retired;
    private bool _ended;

    private WarmBrowser(IPlaywright playwright, IBrowserContext context, PrintFolder folder, Process? process)
    {
        (_playwright, _context, _folder, _process) = (playwright, context, folder, process);
        context.Close += (_, _) => Retire();
    }

    /// <summary>The browser's process, for tests that kill it.</summary>
    internal Process? Process => _process;

    /// <summary>Starts the browser at <paramref name="path"/>.</summary>
    /// <exception cref="PlaywrightException">The browser does not start.</exception>
    public static async Task<WarmBrowser> StartAsync(string path, string temporaryFolder)
    {
        var folder = PrintFolder.Create(temporaryFolder);
        IPlaywright? playwright = null;
        try
        {
            playwright = await Playwright.CreateAsync();
            var context = await LaunchAsync(playwright, path, folder);

            // Every request is aborted here as well; documents hold everything they need.
            await context.RouteAsync("**/*", route => route.AbortAsync());
            return new WarmBrowser(playwright, context, folder, await ProcessOfAsync(context));
        }
        catch
        {
            playwright?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Reserves a place for one document; false when the browser is dead, retired or has taken <paramref name="most"/>.</summary>
    public bool TryEnter(int most)
    {
        lock (_gate)
        {
            if (_retired || _taken >= most) return false;
            _users++;
            _taken++;
            return true;
        }
    }

    /// <summary>Takes no more documents; the caller of the last <see cref="Leave"/> ends it.</summary>
    public void Retire()
    {
        lock (_gate) _retired = true;
    }

    /// <summary>Gives the place back; true when the caller should dispose the browser now.</summary>
    public bool Leave()
    {
        lock (_gate)
        {
            _users--;
            return _retired && _users == 0;
        }
    }

    /// <summary>True when no document is being printed.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate) return _users == 0;
        }
    }

    /// <summary>
    /// Prints a document in a page that is kept open: opening one and loading the fonts took longer than the printing. A page is emptied
    /// when its document is printed; one that cannot be emptied is closed.
    /// </summary>
    /// <exception cref="PlaywrightException">The browser died, or could not print this document.</exception>
    public async Task<byte[]> PrintAsync(PrintDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var sheet = await TakeAsync();
        byte[]? pdf = null;
        try
        {
            await sheet.Page.EvaluateAsync(Fill, new[] { document.Title, document.OwnStyle, document.Body });
            var answer = await sheet.Line.SendAsync("Page.printToPDF", Print);
            return pdf = answer!.Value.GetProperty("data").GetBytesFromBase64();
        }
        finally
        {
            // Not awaited here: the next user of the page awaits it.
            if (pdf is null) await CloseAsync(sheet.Page);
            else _sheets.Add(sheet with { Emptied = EmptyAsync(sheet.Page) });
        }
    }

    /// <summary>Ends the browser at once, also while it prints.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_ended) return;
            (_ended, _retired) = (true, true);
        }

        try
        {
            await _context.CloseAsync().WaitAsync(Timeout);
        }
        catch (Exception problem) when (problem is TimeoutException or PlaywrightException)
        {
            // It hangs or is dead: its processes are killed below.
        }

        if (_process is { } process)
        {
            Kill(process);
            process.Dispose();
        }

        _playwright.Dispose();
        _folder.Dispose();
    }

    private static async Task<IBrowserContext> LaunchAsync(IPlaywright playwright, string path, PrintFolder folder)
    {
        var options = new BrowserTypeLaunchPersistentContextOptions
        {
            ExecutablePath = path,
            ArtifactsDir = Path.Combine(folder.Path, "artifacts"),
            JavaScriptEnabled = false,
            Offline = true,
            AcceptDownloads = false,
            ServiceWorkers = ServiceWorkerPolicy.Block,
            Permissions = [],
            Locale = "da-DK",
            TimezoneId = "Europe/Copenhagen",
            Timeout = StartMilliseconds,
            ChromiumSandbox = !RunsAsRoot,
            HandleSIGHUP = false, HandleSIGINT = false, HandleSIGTERM = false,
            Args = ["--disable-gpu", "--disk-cache-size=1", "--host-resolver-rules=MAP * ~NOTFOUND"],
        };
        var profile = Path.Combine(folder.Path, "profile");
        try
        {
            return await playwright.Chromium.LaunchPersistentContextAsync(profile, options);
        }
        catch (PlaywrightException) when (options.ChromiumSandbox == true)
        {
            // Many containers do not allow the browser's sandbox. Without scripts and network there is little for it to contain.
            options.ChromiumSandbox = false;
            return await playwright.Chromium.LaunchPersistentContextAsync(profile, options);
        }
    }

    // Chromium refuses its sandbox for root.
    private static bool RunsAsRoot => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    private static async Task<Process?> ProcessOfAsync(IBrowserContext context)
    {
        if (context.Browser is not { } browser) return null;
        var session = await browser.NewBrowserCDPSessionAsync();
        var answer = await session.SendAsync("SystemInfo.getProcessInfo");
        await session.DetachAsync();
        foreach (var process in answer!.Value.GetProperty("processInfo").EnumerateArray())
        {
            if (process.GetProperty("type").GetString() == "browser") return Process.GetProcessById(process.GetProperty("id").GetInt32());
        }

        return null;
    }

    private async Task<Sheet> TakeAsync()
    {
        while (_sheets.TryTake(out var kept))
        {
            if (await kept.Emptied) return kept;
        }

        var page = await _context.NewPageAsync();
        await page.SetContentAsync(PrintDocument.Empty, new() { Timeout = 0, WaitUntil = WaitUntilState.Load });
        await page.EvaluateAsync(LoadFonts);
        return new Sheet(page, await _context.NewCDPSessionAsync(page), Task.FromResult(true));
    }

    // False when it could not be emptied; then it is closed.
    private static async Task<bool> EmptyAsync(IPage page)
    {
        try
        {
            if (await page.EvaluateAsync<bool>(MakeEmpty)) return true;
        }
        catch (PlaywrightException)
        {
            // The document is already printed; the page is closed below.
        }

        await CloseAsync(page);
        return false;
    }

    private static async Task CloseAsync(IPage page)
    {
        try
        {
            await page.CloseAsync().WaitAsync(Timeout);
        }
        catch (Exception problem) when (problem is TimeoutException or PlaywrightException)
        {
            // A page that does not close ends with its browser, which the printer ends when it hangs.
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.WaitForExit(Timeout);
        }
        catch (Exception problem) when (problem is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // The process has already ended.
        }
    }

    /// <summary>A page with the common styles and fonts, and its CDP session.</summary>
    /// <param name="Emptied">True once the page is empty; false when it was closed instead.</param>
    private sealed record Sheet(IPage Page, ICDPSession Line, Task<bool> Emptied);
}
