using System.Diagnostics;

namespace Portal.Platform.Http;

/// <summary>
/// Takes only the ids of a caller's trace (<c>traceparent</c>): its <c>tracestate</c> and <c>baggage</c> may hold anything, a person number
/// too, and would be part of our traces and of every call that we make.
/// </summary>
internal sealed class TraceHeaders : DistributedContextPropagator
{
    private static readonly DistributedContextPropagator Standard = CreateDefaultPropagator();

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Fields => Standard.Fields;

    /// <inheritdoc />
    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) =>
        Standard.Inject(activity, carrier, setter);

    /// <inheritdoc />
    public override void ExtractTraceIdAndState(
        object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        Standard.ExtractTraceIdAndState(carrier, getter, out traceId, out _);
        traceState = null;

        // Older callers send ids of their own form.
        if (!ActivityContext.TryParse(traceId, null, out _)) traceId = null;
    }

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
