using RabbitMQ.Client;

namespace Portal.Ingestion.Transports.Amqp;

/// <summary>The steps from nothing to a consumer, each of which a peer may leave unanswered.</summary>
internal enum AmqpStep
{
    /// <summary>Looking the name up, TCP, TLS, the protocol's header, sign-in and tuning.</summary>
    Connect,

    /// <summary>Opening the channel.</summary>
    Channel,

    /// <summary>Asking for the queue.</summary>
    Queue,

    /// <summary>Setting the prefetch.</summary>
    Prefetch,

    /// <summary>Beginning to consume.</summary>
    Consume,
}

/// <summary>A step of the connection failed, with what is known of the peer.</summary>
internal sealed class AmqpStepException(
    AmqpStep step, AmqpPeer peer, TimeSpan? limit, Exception? inner) : IOException($"{step} failed ({peer})", inner)
{
    /// <summary>Where it ended.</summary>
    public AmqpStep Step { get; } = step;

    /// <summary>Who answered until then.</summary>
    public AmqpPeer Peer { get; } = peer;

    /// <summary>The time that was given; null when the step failed before it was over.</summary>
    public TimeSpan? Limit { get; } = limit;
}

/// <summary>
/// One attempt to connect, every step of which has a time limit. The client has limits for some steps only: a peer that accepts the
/// connection and is silent made it wait forever. What does not answer in time is cut off.
/// </summary>
internal sealed class AmqpAttempt(ConnectionFactory factory, AmqpWire wire, TimeProvider time, CancellationToken stopping)
{
    /// <summary>The time for each step.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>Connects and signs in.</summary>
    /// <exception cref="AmqpStepException">The peer did not answer in time or is not a broker.</exception>
    public async Task<IConnection> ConnectAsync()
    {
        factory.SocketFactory = wire.Open;
        try
        {
            return await RunAsync(AmqpStep.Connect, factory.CreateConnectionAsync);
        }
        catch (Exception problem)
            when (problem is not AmqpStepException && !stopping.IsCancellationRequested && IsStranger(wire.Peer, factory.Ssl.Enabled))
        {
            throw new AmqpStepException(AmqpStep.Connect, wire.Peer, null, problem);
        }
    }

    /// <summary>A step that gives something.</summary>
    /// <exception cref="AmqpStepException">The peer did not answer in time.</exception>
    public async Task<T> RunAsync<T>(AmqpStep step, Func<CancellationToken, Task<T>> run)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var running = run(giveUp.Token);
        try
        {
            return await running.WaitAsync(Limit, time, stopping);
        }
        catch (Exception problem) when (!running.IsCompleted)
        {
            // The client may heed neither token nor limit; without its socket every wait of it ends.
            await giveUp.CancelAsync();
            wire.Cut();
            _ = running.ContinueWith(
                DisposeOf, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            if (problem is TimeoutException) throw new AmqpStepException(step, wire.Peer, Limit, problem);
            throw;
        }
    }

    /// <summary>A step that gives nothing.</summary>
    /// <exception cref="AmqpStepException">The peer did not answer in time.</exception>
    public Task RunAsync(AmqpStep step, Func<CancellationToken, Task> run) => RunAsync(step, async token =>
    {
        await run(token);
        return true;
    });

    // What an abandoned step still brings is closed; what it fails with is observed and reported by its limit already.
    private static void DisposeOf<T>(Task<T> abandoned)
    {
        if (abandoned.IsCompletedSuccessfully) (abandoned.Result as IDisposable)?.Dispose();
        else _ = abandoned.Exception;
    }

    private static bool IsStranger(AmqpPeer peer, bool tls) =>
        tls ? peer is AmqpPeer.OtherAmqp or AmqpPeer.Amqp or AmqpPeer.Other : peer is AmqpPeer.OtherAmqp or AmqpPeer.Tls or AmqpPeer.Other;
}
