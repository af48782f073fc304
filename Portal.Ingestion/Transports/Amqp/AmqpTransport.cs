using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Supervision;
using Portal.Ingestion.Transports.Amqp.Token;

namespace Portal.Ingestion.Transports.Amqp;

/// <summary>
/// Consumes the dueslag (the queue of the municipality at the distributor). Keeps one connection, reconnects with growing pauses when it
/// breaks, and reports its state to the status board. A message is acknowledged when it is durably stored (also in quarantine) and never
/// rejected.
/// </summary>
public sealed class AmqpTransport : SupervisedService
{
    /// <summary>The transport's name.</summary>
    public const string Transport = "amqp";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly Version QuorumLimitSince = new(4, 0);

    private readonly AmqpSettings _settings;
    private readonly int _whole;
    private readonly IReceiver _receiver;
    private readonly TimeProvider _time;
    private readonly ILogger<AmqpTransport> _log;
    private readonly AmqpReports _reports;
    private readonly TokenCache? _tokens;
    private readonly GrowingPause _pause = new(TimeSpan.FromMilliseconds(250), Longest);
    private bool _warned;

    /// <summary>Needs <see cref="PortalSettings.Amqp"/>.</summary>
    public AmqpTransport(
        IReceiver receiver, PortalSettings settings, TransportStatusBoard board, TimeProvider time, ILogger<AmqpTransport> log)
        : base(time, log)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings.Amqp ?? throw new InvalidOperationException("The AMQP transport needs Ingestion:Amqp:Enabled.");
        _whole = DeliveryCut.WholeBytes(settings.MaxMessageBytes);
        (_receiver, _time, _log) = (receiver, time, log);
        _reports = new AmqpReports(board, time, log);
        if (_settings.Authentication == AmqpAuthentication.Token) _tokens = new TokenCache(new SecurityTokenClient(_settings, time), time);
    }

    /// <inheritdoc />
    public override string Name => Transport;

    /// <inheritdoc />
    public override bool IsTransport => true;

    /// <inheritdoc />
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _reports.Connecting(null);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Runs from connecting to the end of the connection, and reports why it ended.</summary>
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (acknowledged, held) = await RunSessionsAsync(cancellationToken);
            if (acknowledged > 0) _pause.Reset();
            if (held is not null) await StoreFirstAsync(held, cancellationToken);
        }
        catch (Exception problem) when (AmqpConnectionError.IsKnown(problem) && !cancellationToken.IsCancellationRequested)
        {
            Report(AmqpConnectionError.Of(problem, _settings), problem);
        }
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(_pause.Next(), Time, cancellationToken);

    // Only stored messages were acknowledged, so it is safe to connect again.
    /// <inheritdoc />
    protected override void OnFailed(Exception problem) =>
        _reports.Connecting("Modtagelsen fra køen fejlede uventet (se loggen) og begynder igen.");

    private async Task<(long Acknowledged, IReadOnlyList<Delivery>? Held)> RunSessionsAsync(CancellationToken stopping)
    {
        var session = await OpenAsync(stopping);
        var earlier = 0L;
        try
        {
            _log.LogInformation("The queue is open at {Broker} ({Product})", AmqpConnecting.AddressOf(_settings.Uri), session.Broker);
            WarnOfDeliveryLimit(session);
            while (_tokens is not null && !await EndedBeforeAsync(session, stopping))
            {
                if (await RenewAsync(stopping) is not { } next) continue;
                var old = session;
                session = next;
                await old.FinishAsync();
                earlier += old.Acknowledged;
                await old.DisposeAsync();
                _log.LogInformation("The connection was renewed with a new token");
            }

            await session.Ended;
            if (!stopping.IsCancellationRequested) ReportEnd(session);
            return (earlier + session.Acknowledged, session.Held);
        }
        finally
        {
            await session.DisposeAsync();
        }
    }

    private void ReportEnd(AmqpSession session)
    {
        if (session.Failure is { } failure)
        {
            _reports.Connecting(
                "En besked kunne ikke gemmes eller kvitteres på en måde, der ikke er forudset (se loggen). "
                    + "Intet går tabt: køen beholder beskederne, og modtagelsen begynder igen.", "Bliver det ved, "
                        + "så send linjen fra loggen til den, der vedligeholder portalen.", $"forbindelsen endte: {session.Why}.", failure);
        }
        else if (session.MetTooLarge)
        {
            _reports.Refused(
                $"Køen »{_settings.Queue}« rummer en besked på mere end {AmqpConnecting.LargestMessage >> 20} MB, som ikke kan hentes.",
                "Bed brokerens driftsansvarlige om at tage beskeden ud af køen; resten hentes derefter af sig selv.",
                $"en besked er større, end der kan læses: {session.Why}.");
        }
        else
        {
            _log.LogInformation("Forbindelsen til køen endte: {Why}. Den oprettes igen", session.Why);
            _reports.Connecting("Forbindelsen til brokeren gik tabt; den oprettes igen.");
        }
    }

    private async Task<AmqpSession> OpenAsync(CancellationToken stopping)
    {
        var token = _tokens is null ? null : (await _tokens.GetAsync(stopping)).Decoded;
        using var client = AmqpCertificates.ReadClient(_settings);
        var factory = AmqpConnecting.Factory(_settings.Uri, "beskedportalen", client, AmqpCertificates.ReadAuthorities(_settings), token);
        try
        {
            var session = await AmqpSession.OpenAsync(
                factory, new AmqpSessionServices(_settings, _whole, _receiver, _reports, _time, _log), stopping);
            _reports.Open();
            return session;
        }
        catch (Exception problem) when (_tokens is not null && AmqpConnectionError.Of(problem, _settings).Refused)
        {
            // A refused token is not used again: the next one may have other rights.
            _tokens.Forget();
            throw;
        }
    }

    /// <summary>True when the session ended; false when the token has to be renewed.</summary>
    private async Task<bool> EndedBeforeAsync(AmqpSession session, CancellationToken stopping)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var due = _tokens!.RenewalDueAsync(waiting.Token);
        var first = await Task.WhenAny(session.Ended, due);
        await waiting.CancelAsync();
        await due.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return first == session.Ended || stopping.IsCancellationRequested;
    }

    /// <summary>
    /// Opens a second connection with a new token, after which the first finishes the messages it holds. <c>connection.update-secret</c>
    /// would keep the connection, but was rejected: a broker need not accept a new EXTERNAL response through it, and one that does not
    /// closes the connection. Null when it failed; the first connection continues.
    /// </summary>
    private async Task<AmqpSession?> RenewAsync(CancellationToken stopping)
    {
        try
        {
            await _tokens!.RenewAsync(stopping);
            return await OpenAsync(stopping);
        }
        catch (Exception problem) when (AmqpConnectionError.IsKnown(problem) && !stopping.IsCancellationRequested)
        {
            var error = AmqpConnectionError.Of(problem, _settings);
            _log.LogWarning("Token eller forbindelse kunne ikke fornyes; der prøves igen, og den gamle fortsætter: {Why}", error.Why);
            _tokens!.Postpone();
            _reports.RenewalFailed(error.Why, error.Remedy);
            return null;
        }
    }

    /// <summary>
    /// After a session that ended because storing failed, stores the held messages before connecting again, although they will be delivered
    /// again. Consuming before storing works again would use up deliveries, which a broker may limit.
    /// </summary>
    private async Task StoreFirstAsync(IReadOnlyList<Delivery> held, CancellationToken stopping)
    {
        var pause = AmqpReports.StoragePause();
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            try
            {
                await _receiver.ReceiveAsync(held, stopping);
                return;
            }
            catch (Exception error) when (!stopping.IsCancellationRequested)
            {
                _reports.Paused(error);
            }

            await Task.Delay(pause.Next(), _time, stopping);
        }
    }

    private void Report(AmqpConnectionError error, Exception problem)
    {
        // Only the exception's type: the text of some exceptions contains the address with its password.
        var cause = $"{error.Why} ({problem.GetType().Name})";
        if (error.Refused) _reports.Refused(error.Why, error.Remedy, cause);
        else _reports.Connecting(error.Why, error.Remedy, cause);
    }

    /// <summary>
    /// AMQP shows only the broker's version and the header x-delivery-count on redelivered messages. The queue's type and its delivery
    /// limit can be read only with rights to manage the broker.
    /// </summary>
    private void WarnOfDeliveryLimit(AmqpSession session)
    {
        if (_warned || session.BrokerVersion is not { } version || version < QuorumLimitSince) return;
        _warned = true;
        _log.LogWarning("The broker is {Broker}: if the queue is a quorum queue without its own x-delivery-limit, it drops a message that "
            + "was handed out 20 times. Ask its operator to lift the limit or set a dead-letter exchange", session.Broker);
    }
}
