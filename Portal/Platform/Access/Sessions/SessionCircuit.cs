using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Portal.Platform.Access.Sessions;

/// <summary>
/// Ties an open page (a circuit) to its session. When the session ends, the page's components go and a notice takes their place
/// (<see cref="SessionAuthentication"/>); when the browser has shown it, the connection is closed.
/// </summary>
internal sealed class SessionCircuit(SessionAuthentication authentication, OpenSessions open) : CircuitHandler, IDisposable
{
    private IDisposable? _opened;
    private string? _session;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _session = Session.Of((await authentication.GetAuthenticationStateAsync()).User);
        if (_session is not null) _opened = open.Add(_session, authentication.End);
    }

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
