using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Portal.Tests.Ingestion.Supervision;

/// <summary>A log whose lines a test can read.</summary>
internal sealed class ListLog : ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text, Exception? Exception)> _lines = new();

    public IReadOnlyList<(LogLevel Level, string Text, Exception? Exception)> Lines => [.. _lines];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, formatter(state, exception), exception));
}
