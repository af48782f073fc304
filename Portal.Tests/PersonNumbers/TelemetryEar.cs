using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Portal.Tests.PersonNumbers;

/// <summary>
/// Searches what a process tells of itself: logs of every level with their scopes and values, traces of every source, and metrics of every
/// meter.
/// </summary>
internal sealed class TelemetryEar : ILoggerProvider, ISupportExternalScope
{
    private readonly Output _output;
    private readonly ActivityListener _traces;
    private readonly MeterListener _metrics = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public TelemetryEar(Output output)
    {
        _output = output;
        _traces = new ActivityListener
        {
            // Requests of the tests' own clients.
            ShouldListenTo = source => source.Name != "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded, ActivityStopped = Hear,
        };
        ActivitySource.AddActivityListener(_traces);
        _metrics.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _metrics.SetMeasurementEventCallback<byte>(Hear);
        _metrics.SetMeasurementEventCallback<int>(Hear);
        _metrics.SetMeasurementEventCallback<long>(Hear);
        _metrics.SetMeasurementEventCallback<double>(Hear);
        _metrics.Start();
    }

    /// <summary>Measures what is measured only when asked.</summary>
    public void Measure() => _metrics.RecordObservableInstruments();

    public ILogger CreateLogger(string categoryName) => new Line(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }

    private void Hear(Activity activity) => _output.Text(
        $"trace {activity.Source.Name} {activity.OperationName}",
        string.Join('\n', new[] { activity.DisplayName, activity.StatusDescription, activity.TraceStateString }
            .Concat(activity.TagObjects.Select(t => $"{t.Key}: {t.Value}")).Concat(activity.Baggage.Select(b => $"{b.Key}: {b.Value}"))
            .Concat(activity.Events.SelectMany(e => e.Tags.Select(t => $"{e.Name} {t.Key}: {t.Value}")))));

    private void Hear<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        _output.Text($"metric {instrument.Name}", string.Join('\n', tags.ToArray().Select(t => $"{t.Key}: {t.Value}")));

    private sealed class Line(TelemetryEar ear, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => ear._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // What the shipped configuration does not log is searched too, apart.
            var where = $"{(ShippedLogging.Logs(category, logLevel) ? "log" : "detail")} {logLevel} {category}[{eventId.Id}]";
            ear._output.Text(where, $"{formatter(state, exception)}\n{exception}");
            where = "detail" + where[where.IndexOf(' ', StringComparison.Ordinal)..];
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
                ear._output.Text($"{where} values", string.Join('\n', values.Select(v => $"{v.Key}: {v.Value}")));
            ear._scopes.ForEachScope((scope, output) => output.Text($"{where} scope", ScopeText(scope)), ear._output);
        }

        private static string ScopeText(object? scope) => scope is IEnumerable<KeyValuePair<string, object?>> values
            ? string.Join('\n', values.Select(v => $"{v.Key}: {v.Value}"))
            : $"{scope}";
    }
}
