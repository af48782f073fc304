using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Transports.Amqp;

/// <summary>Reports the transport's state to the status board and the log. Never a password, a token or the content of a message.</summary>
internal sealed class AmqpReports(TransportStatusBoard board, TimeProvider time, ILogger log)
{
    private static readonly long[] Alarms = [1, 5, 10, 15];

    private readonly Lock _lock = new();
    private readonly OngoingProblem _away = new(log, "Køen", time);
    private bool _wasOpen;
    private string? _warning;
    private string? _warningRemedy;
    private string? _renewal;
    private string? _renewalRemedy;
    private string? _paused;
    private long _mostDeliveries;

    /// <summary>Pauses between retries of storing.</summary>
    public static GrowingPause StoragePause() => new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(15));

    /// <summary>Reports that the transport is not connected yet, or no longer.</summary>
    /// <param name="why">In Danish; null before the first attempt has ended.</param>
    /// <param name="cause">The cause, in Danish for the log; null: nothing is logged.</param>
    /// <param name="unforeseen">An unexpected exception: logged as an error with its stack trace.</param>
    public void Connecting(string? why, string? remedy = null, string? cause = null, Exception? unforeseen = null)
    {
        lock (_lock)
        {
            _paused = null;
            board.Report(AmqpTransport.Transport, _wasOpen ? TransportState.Lost : TransportState.Connecting, why, remedy);
            if (cause is not null) _away.Report(cause, unforeseen is null ? LogLevel.Warning : LogLevel.Error, unforeseen);
        }
    }

    /// <summary>Reports a refusal, which a person has to solve.</summary>
    /// <param name="cause">The cause, in Danish for the log.</param>
    public void Refused(string why, string? remedy, string cause)
    {
        lock (_lock)
        {
            _paused = null;
            board.Report(AmqpTransport.Transport, TransportState.Refused, why, remedy);
            _away.Report(cause);
        }
    }

    /// <summary>Reports that the transport receives messages.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _paused = null;
            _renewal = _renewalRemedy = null;
            _wasOpen = true;
            _away.End();
            ReportOpen();
        }
    }

    /// <summary>Reports how many messages wait in the queue, without those delivered to us; null when unknown.</summary>
    public void Waiting(long? messages) => board.ReportBacklog(AmqpTransport.Transport, new TransportBacklog(messages, null));

    /// <summary>Reports that the token or the connection could not be renewed; the old connection stays until its token expires.</summary>
    public void RenewalFailed(string why, string? remedy)
    {
        lock (_lock)
        {
            (_renewal, _renewalRemedy) = ($"Forbindelsen kunne ikke fornyes: {why}", remedy);
            if (_paused is null) ReportOpen();
        }
    }

    /// <summary>Reports that messages cannot be stored: the transport keeps those it holds and takes no more.</summary>
    public void Paused(Exception error)
    {
        lock (_lock)
        {
            var why = error is StorageUnavailableException ? error.Message : "Beskeder kan ikke gemmes lige nu.";
            if (_paused != why)
            {
                if (error is StorageUnavailableException) log.LogWarning("Køen venter, og intet kvitteres: {Why}", why);
                else log.LogError(error, "Køen venter, og intet kvitteres: beskeder kunne ikke gemmes af en grund, der ikke er forudset");
            }

            _paused = why;
            board.Report(AmqpTransport.Transport, TransportState.Paused, $"{why} Beskederne bliver i køen.",
                "Køen åbner af sig selv, når databasen tager imod igen.");
        }
    }

    /// <summary>Reports that messages can be stored again.</summary>
    public void Resumed()
    {
        lock (_lock)
        {
            if (_paused is null) return;
            _paused = null;
            log.LogInformation("Databasen tager imod igen; køen tømmes videre");
            ReportOpen();
        }
    }

    /// <summary>
    /// Reports a message's delivery count, which means that the broker may have a delivery limit, above which it drops messages.
    /// </summary>
    public void Redelivered(long count)
    {
        lock (_lock)
        {
            if (count <= _mostDeliveries) return;
            if (Alarms.Any(a => a > _mostDeliveries && a <= count))
            {
                log.LogWarning("The queue counts redeliveries, the highest seen is {Count}: with a delivery limit (20 is the standard of "
                    + "quorum queues in RabbitMQ 4) the broker drops a message that reaches it", count);
            }

            _mostDeliveries = count;
            _warning = $"Køen tæller genleveringer (højest set: {count}). Har den en grænse, fjerner brokeren en besked, "
                + "der er udleveret så mange gange (RabbitMQ 4: 20).";
            _warningRemedy = "Bed brokerens driftsansvarlige om at fjerne grænsen (x-delivery-limit = -1) eller sætte en "
                + "dead-letter-kø, så ingen besked går tabt.";
            if (_paused is null) ReportOpen();
        }
    }

    private void ReportOpen() => board.Report(
        AmqpTransport.Transport, TransportState.Open, _renewal ?? _warning, _renewal is null ? _warningRemedy : _renewalRemedy);
}
