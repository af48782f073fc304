using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Portal.Tests.Stories;

/// <summary>Keeps the log lines as the console would show them.</summary>
internal sealed class LogLines : ILoggerProvider
{
    public ConcurrentQueue<string> Written { get; } = [];

    public ILogger CreateLogger(string categoryName) => new LogLine(categoryName, Written);

    public void Dispose()
    {
    }
}

file sealed class LogLine(string category, ConcurrentQueue<string> written) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var level = logLevel switch { LogLevel.Critical => "crit", LogLevel.Error => "fail", LogLevel.Warning =>
            "warn", LogLevel.Information => "info", _ => "dbug" };
        written.Enqueue($"{level}: {category}[{eventId.Id}] {formatter(state, exception)} {exception}".TrimEnd());
    }
}
