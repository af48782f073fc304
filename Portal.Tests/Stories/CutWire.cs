using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Portal.Tests.Stories;

/// <summary>A TCP proxy between a browser and the portal that can be cut and restored; it passes bytes on unchanged.</summary>
internal sealed class CutWire : IAsyncDisposable
{
    private readonly Uri _to;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _ends = [];
    private readonly Task _listening;
    private readonly CancellationTokenSource _end = new();
    private volatile bool _cut;

    public CutWire(Uri to)
    {
        _to = to;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _listening = ListenAsync();
    }

    public Uri Address { get; }

    /// <summary>Ends every connection; new ones end at once.</summary>
    public void Cut()
    {
        _cut = true;
        foreach (var end in _ends) end.Close();
    }

    public void Mend() => _cut = false;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Cut();

        // A listener that is stopped first throws at the next accept, which may come between the two.
        await _listening;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true) _ = CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient browser)
    {
        using var portal = new TcpClient();
        using (browser)
        {
            _ends.Add(browser);
            _ends.Add(portal);
            try
            {
                if (_cut) return;
                await portal.ConnectAsync(IPAddress.Loopback, _to.Port);
                await Task.WhenAny(
                    browser.GetStream().CopyToAsync(portal.GetStream()), portal.GetStream().CopyToAsync(browser.GetStream()));
            }
            catch (Exception ended) when (ended is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                // Cut, or one end closed the connection.
            }
        }
    }
}
