using RabbitMQ.Client;

namespace Portal.Ingestion.Transports.Amqp;

/// <summary>The steps of opening a connection and a consumer. The peer may fail to answer any of them.</summary>
internal enum AmqpStep
{
    /// <summary>DNS, TCP, TLS, the protocol header, sign-in and tuning.</summary>
    Connect,

    Channel,

    /// <summary>Checking that the queue exists.</summary>
    Queue,

    Prefetch,

    Consume,
}

/// <summary>A step of the connection failed.</summary>
internal sealed class AmqpStepException(
    AmqpStep step, AmqpPeer peer, TimeSpan? limit, Exception? inner) : IOException($"{step} failed ({peer})", inner)
{
    public AmqpStep Step { get; } = step;

    /// <summary>What is known of the peer.</summary>
    public AmqpPeer Peer { get; } = peer;

    /// <summary>The time limit that was exceeded; null when the step failed within it.</summary>
    public TimeSpan? Limit { get; } = limit;
}

/// <summary>
/// One attempt to connect, with a time limit for every step. The RabbitMQ client has limits for some steps only: with a peer that accepts
/// the connection and stays silent it waits forever. After the limit the socket is closed.
/// </summary>
internal sealed class AmqpAttempt(ConnectionFactory factory, AmqpWire wire, TimeProvider time, CancellationToken stopping)
{
    /// <summary>Time limit of each step.</summary>
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

    /// <summary>Runs a step that returns a value.</summary>
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
            // The client may ignore the token; closing its socket ends all its waits.
            await giveUp.CancelAsync();
            wire.Cut();
            _ = running.ContinueWith(
                DisposeOf, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            if (problem is TimeoutException) throw new AmqpStepException(step, wire.Peer, Limit, problem);
            throw;
        }
    }

    /// <summary>Runs a step without a result.</summary>
    /// <exception cref="AmqpStepException">The peer did not answer in time.</exception>
    public Task RunAsync(AmqpStep step, Func<CancellationToken, Task> run) => RunAsync(step, async token =>
    {
        await run(token);
        return true;
    });

    // Disposes a late result of the abandoned step, or observes its exception; the timeout has already been reported.
    private static void DisposeOf<T>(Task<T> abandoned)
    {
        if (abandoned.IsCompletedSuccessfully) (abandoned.Result as IDisposable)?.Dispose();
        else _ = abandoned.Exception;
    }

    private static bool IsStranger(AmqpPeer peer, bool tls) =>
        tls ? peer is AmqpPeer.OtherAmqp or AmqpPeer.Amqp or AmqpPeer.Other : peer is AmqpPeer.OtherAmqp or AmqpPeer.Tls or AmqpPeer.Other;
}
