using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Portal.Tests.Ingestion.Transports.Amqp;

/// <summary>
/// Speaks AMQP 0-9-1 just far enough to receive the client's login: it offers EXTERNAL, reads <c>connection.start-ok</c> and refuses.
/// </summary>
internal sealed class SaslPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource<(string Mechanism, byte[] Response)> _received =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public SaslPeer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address => new($"amqp://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/BF");

    /// <summary>The mechanism chosen and the response sent, as they were on the wire.</summary>
    public Task<(string Mechanism, byte[] Response)> Received => _received.Task;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        // A listener that is stopped first throws at the next accept, which may come between the two.
        await _serving;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or ObjectDisposedException or SocketException)
        {
            _received.TrySetCanceled();
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        var header = new byte[8];
        await stream.ReadExactlyAsync(header, _end.Token);
        await SendAsync(stream, [0, 10, 0, 10, 0, 9, .. Long([]), .. Long(Encoding.ASCII.GetBytes("PLAIN EXTERNAL")),
            .. Long(Encoding.ASCII.GetBytes("en_US"))]);

        var frame = new byte[7];
        await stream.ReadExactlyAsync(frame, _end.Token);
        var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(3)) + 1];
        await stream.ReadExactlyAsync(payload, _end.Token);
        // Skips class, method and client properties; then come the mechanism (short string) and the response (long string).
        var at = 4;
        at += 4 + BinaryPrimitives.ReadInt32BigEndian(payload.AsSpan(at));
        var mechanism = Encoding.ASCII.GetString(payload, at + 1, payload[at]);
        at += 1 + payload[at];
        var length = BinaryPrimitives.ReadInt32BigEndian(payload.AsSpan(at));
        _received.TrySetResult((mechanism, payload[(at + 4)..(at + 4 + length)]));

        // connection.close 403, as RabbitMQ refuses a login.
        byte[] text = [.. Encoding.ASCII.GetBytes("ACCESS_REFUSED - token")];
        await SendAsync(stream, [0, 10, 0, 50, 1, 147, (byte)text.Length, .. text, 0, 0, 0, 0]);
        await stream.CopyToAsync(Stream.Null, _end.Token);
    }

    private async Task SendAsync(NetworkStream stream, byte[] method)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, method.Length);
        await stream.WriteAsync(new byte[] { 1, 0, 0 }.Concat(length).Concat(method).Append((byte)0xCE).ToArray(), _end.Token);
    }

    private static byte[] Long(byte[] text)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
        return [.. length, .. text];
    }
}
