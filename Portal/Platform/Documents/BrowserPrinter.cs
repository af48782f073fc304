using Microsoft.Playwright;

namespace Portal.Platform.Documents;

/// <summary>
/// Prints with one browser that is kept running, a bounded queue and a time limit for each document. The browser starts with the first
/// document and is replaced when it has died or printed its share; a document that it died on is tried once more in a new one.
/// </summary>
internal sealed partial class BrowserPrinter : IDocumentPrinter, IHostedService, IAsyncDisposable
{
    private readonly PrintSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<BrowserPrinter> _logger;
    private readonly SemaphoreSlim _slots;
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly CancellationTokenSource _ending = new();
    private readonly PrintedDocuments _printed;
    private WarmBrowser? _browser;
    private int _inside;

    public BrowserPrinter(PrintSettings settings, TimeProvider time, ILogger<BrowserPrinter> logger)
    {
        (_settings, _time, _logger) = (settings, time, logger);
        _printed = new PrintedDocuments(settings.MostKeptBytes, settings.KeptTime, time);
        _slots = new SemaphoreSlim(settings.AtOnce, settings.AtOnce);
    }

    /// <summary>Logs when there is no browser, and deletes folders that a killed portal left.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!IsAvailable) LogNoBrowser(_logger);
        else if (PrintFolder.CleanUp(_settings.TemporaryFolder) is > 0 and var left) LogCleaned(_logger, left);
        return Task.CompletedTask;
    }

    /// <summary>Ends the browser before the process ends.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => DisposeAsync().AsTask();

    /// <inheritdoc />
    public bool IsAvailable => _settings.BrowserPath is not null;

    /// <summary>The running browser, for tests that kill it.</summary>
    internal WarmBrowser? Browser => _browser;

    /// <inheritdoc />
    public async Task<byte[]> PrintAsync(PrintDocument document, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (!IsAvailable) throw new PrintProblemException(PrintProblem.NoBrowser);
        if (_printed.Find(document) is { } same) return same;
        if (Interlocked.Increment(ref _inside) > _settings.AtOnce + _settings.MostWaiting)
        {
            Interlocked.Decrement(ref _inside);
            throw new PrintProblemException(PrintProblem.Busy);
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
            await _slots.WaitAsync(either.Token);
            try
            {
                // An earlier caller in the queue may have printed the same document.
                if (_printed.Find(document) is { } meanwhile) return meanwhile;
                var pdf = await PrintInSlotAsync(document, either.Token);
                _printed.Keep(document, pdf);
                return pdf;
            }
            finally
            {
                _slots.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    /// <summary>Ends the browser; documents in progress are cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _starting.WaitAsync();
        if (_browser is { } browser) await browser.DisposeAsync();
        _browser = null;
        _printed.Clear();
        _starting.Release();
    }

    private async Task<byte[]> PrintInSlotAsync(PrintDocument document, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var browser = await EnterAsync(cancellationToken);
            try
            {
                return await browser.PrintAsync(document).WaitAsync(_settings.TimeLimit, _time, cancellationToken);
            }
            catch (TimeoutException problem)
            {
                LogTimedOut(_logger, _settings.TimeLimit.TotalSeconds);
                await browser.DisposeAsync();
                throw new PrintProblemException(PrintProblem.TimedOut, problem);
            }
            catch (PlaywrightException problem)
            {
                // The exception is not logged: its text may hold a part of the document.
                LogDied(_logger, attempt);
                browser.Retire();
                if (attempt == 2) throw new PrintProblemException(PrintProblem.Failed, problem);
            }
            catch (OperationCanceledException)
            {
                // The browser may still be printing the cancelled document, so it takes no more.
                browser.Retire();
                throw;
            }
            finally
            {
                if (browser.Leave()) await browser.DisposeAsync();
            }
        }
    }

    private async Task<WarmBrowser> EnterAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_browser is { } present)
            {
                if (present.TryEnter(_settings.DocumentsPerBrowser)) return present;
                present.Retire();
                if (present.IsIdle) await present.DisposeAsync();
            }

            _browser = null;
            var fresh = await WarmBrowser.StartAsync(_settings.BrowserPath!, _settings.TemporaryFolder);
            fresh.TryEnter(_settings.DocumentsPerBrowser);
            return _browser = fresh;
        }
        catch (Exception problem) when (problem is PlaywrightException or IOException or TimeoutException or UnauthorizedAccessException)
        {
            LogNoStart(_logger, problem);
            throw new PrintProblemException(PrintProblem.Failed, problem);
        }
        finally
        {
            _starting.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No browser of the Chromium family was found: documents are printed by the reader's "
        + "own browser. Install chromium, or set Pdf:BrowserPath")]
    private static partial void LogNoBrowser(ILogger logger);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Deleted {Count} folders that printing had left behind when the portal was killed")]
    private static partial void LogCleaned(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A document took more than {Seconds} seconds to print; the browser is ended")]
    private static partial void LogTimedOut(ILogger logger, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The browser broke off a document (attempt {Attempt}); a new one is started")]
    private static partial void LogDied(ILogger logger, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "The browser for printing would not start")]
    private static partial void LogNoStart(ILogger logger, Exception problem);
}
