using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Transports.Amqp;

namespace Portal.Tests.Ingestion.Transports.Amqp;

/// <summary>Keeps the transport's log lines, from all its threads.</summary>
internal sealed class TransportLog : ILogger<AmqpTransport>
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

    public LogLevel Worst => Lines.Max(l => l.Level);

    public string Text => string.Join('\n', Lines.Select(l => $"{l.Level}: {l.Text}"));

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((logLevel, formatter(state, exception) + exception));
}
