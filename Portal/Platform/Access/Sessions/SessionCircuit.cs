using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Portal.Platform.Access.Sessions;

/// <summary>
/// Ties an open page (a circuit) to its session. When the session ends, the page's components go and a notice takes their place
/// (<see cref="SessionAuthentication"/>); when the browser has shown it, the connection is closed.
/// </summary>
internal sealed class SessionCircuit(SessionAuthentication authentication, OpenSessions open, CircuitUse use) : CircuitHandler, IDisposable
{
    private IDisposable? _opened;
    private string? _session;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _session = Session.Of((await authentication.GetAuthenticationStateAsync()).User);
        if (_session is not null) _opened = open.Add(_session, authentication.End);
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next) =>
        async context =>
        {
            use.IsPulse = false;
            await next(context);
            if (_session is not null && authentication.Ended is null && !use.IsPulse) open.Use(_session);
        };

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Closes the connections of the session's circuits: their pages have shown the notice.</summary>
    public void Disconnect()
    {
        if (_session is not null && authentication.Ended is { } why) open.Close(OpenSessions.ConnectionsOf(_session), why);
    }

    public void Dispose() => _opened?.Dispose();
}

/// <summary>Tells what the person does in a circuit from what the page's script does by itself.</summary>
public sealed class CircuitUse
{
    /// <summary>The call that is being handled comes from a clock in the page, not from the person.</summary>
    public bool IsPulse { get; set; }
}
