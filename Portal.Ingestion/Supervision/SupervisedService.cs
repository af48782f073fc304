using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Supervision;

/// <summary>What is wrong with a background service of this process.</summary>
/// <param name="Service">Its name, as <see cref="SupervisedService.Name"/>.</param>
/// <param name="Since">UTC, when it first failed without having succeeded since.</param>
/// <param name="Failures">How many rounds have failed since then.</param>
/// <param name="Kind">What sort of failure it is.</param>
/// <param name="Why">One Danish sentence; never the text of an exception.</param>
public sealed record ServiceFault(string Service, DateTimeOffset Since, int Failures, ServiceFaultKind Kind, string Why);

/// <summary>The sorts of failure of a background service.</summary>
public enum ServiceFaultKind
{
    /// <summary>The database is out; the service continues when it is back.</summary>
    Outage,

    /// <summary>Some of the work of a round failed, the rest is done.</summary>
    Partly,

    /// <summary>Any other exception; the service tries again.</summary>
    Unforeseen,
}

/// <summary>
/// A background service that repeats rounds of work and that no exception ends. A failed round is logged once, retried after growing
/// pauses, and shown on the Drift page until a round succeeds. In a host the first round starts after the whole program has started, so
/// that it does not delay the listening sockets.
/// </summary>
/// <param name="time">The clock of its pauses.</param>
/// <param name="log">Its log.</param>
public abstract class SupervisedService(TimeProvider time, ILogger log) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ServiceFault? _fault;
    private volatile bool _isHosted;
    private string? _logged;
    private bool _finished;

    /// <summary>
    /// A short name in lower case with hyphens: the key of its row in the database and of its text on Drift (<c>Service_…</c>).
    /// </summary>
    public abstract string Name { get; }

    /// <summary>True for a transport, which Drift shows by itself.</summary>
    public virtual bool IsTransport => false;

    /// <summary>What is wrong now; null when its last round succeeded.</summary>
    public ServiceFault? Fault => _fault;

    /// <summary>The clock.</summary>
    protected TimeProvider Time => time;

    /// <summary>The log.</summary>
    protected ILogger Log => log;

    /// <summary>One round of work. May take as long as the process lives; then it calls <see cref="Succeeded"/> when it works.</summary>
    /// <exception cref="PartlyFailedException">Some of the work failed and the rest is done: the next round comes after the usual
    /// rest.</exception>
    protected abstract Task RunRoundAsync(CancellationToken cancellationToken);

    /// <summary>Waits for the next round after one that did not fail.</summary>
    protected abstract Task RestAsync(CancellationToken cancellationToken);

    /// <summary>Called after a round has failed and before the pause, for what else has to be reported about it. Must not throw.</summary>
    protected virtual void OnFailed(Exception problem)
    {
    }

    /// <summary>Stops the service after this round.</summary>
    protected void Finish() => _finished = true;

    /// <summary>Clears the fault: the work succeeds again.</summary>
    protected void Succeeded()
    {
        if (_fault is not { } fault) return;

        // Logged first: whoever sees that the fault is gone finds the line that says so.
        log.LogInformation("Tjenesten {Service} virker igen efter {Failures} fejl", Name, fault.Failures);
        (_fault, _logged) = (null, null);
    }

    Task IHostedLifecycleService.StartingAsync(CancellationToken cancellationToken)
    {
        _isHosted = true;
        return Task.CompletedTask;
    }

    Task IHostedLifecycleService.StartedAsync(CancellationToken cancellationToken)
    {
        _started.TrySetResult();
        return Task.CompletedTask;
    }

    Task IHostedLifecycleService.StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_isHosted) await _started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var pause = new GrowingPause(ShortestPause, LongestPause);
        while (!stoppingToken.IsCancellationRequested && !_finished)
        {
            try
            {
                await RunOneAsync(stoppingToken);
                pause.Reset();
                if (!_finished) await RestAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                Failed(problem);
                await Task.Delay(pause.Next(), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RunOneAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunRoundAsync(cancellationToken);
            Succeeded();
        }
        catch (PartlyFailedException partly)
        {
            Failed(partly);
        }
    }

    private void Failed(Exception problem)
    {
        var (kind, why) = problem switch
        {
            PartlyFailedException partly => (ServiceFaultKind.Partly, partly.Why),
            _ when StorageErrors.IsOutage(problem) => (ServiceFaultKind.Outage, StorageErrors.ToUnavailable(problem).Message),
            _ => (ServiceFaultKind.Unforeseen, $"Uventet fejl ({TypeNamesOf(problem)})."),
        };
        _fault = new ServiceFault(Name, _fault?.Since ?? time.GetUtcNow(), (_fault?.Failures ?? 0) + 1, kind, why);
        OnFailed(problem);

        // Logged once for each kind of failure; while it lasts, the Drift page shows it.
        var text = kind == ServiceFaultKind.Unforeseen ? why + problem.StackTrace : why;
        if (text == _logged) return;
        _logged = text;
        if (kind == ServiceFaultKind.Outage)
        {
            log.LogWarning("Tjenesten {Service} venter på databasen og prøver igen: {Why}", Name, why);
            return;
        }

        // Never the exception's text: it may contain data from a message or a person.
        var cause = problem is PartlyFailedException { InnerException: { } first } ? first : problem;
        log.LogError("Tjenesten {Service} fejlede og prøver igen: {Kinds}\n{Place}", Name, TypeNamesOf(cause), cause.StackTrace);
    }

    private static string TypeNamesOf(Exception problem)
    {
        var kinds = new List<string>();
        for (var inner = problem; inner is not null && kinds.Count < 5; inner = inner.InnerException) kinds.Add(inner.GetType().Name);
        return string.Join(" ← ", kinds);
    }
}
