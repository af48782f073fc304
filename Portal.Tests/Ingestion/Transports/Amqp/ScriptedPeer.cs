using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Portal.Tests.Ingestion.Transports.Amqp;

/// <summary>
/// A peer on a free port that accepts connections and sends either a greeting of any bytes, or a given number of a broker's answers. Then
/// it is silent and keeps the connection open.
/// </summary>
internal sealed class ScriptedPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _talks = [];
    private readonly byte[]? _greeting;
    private readonly Task _serving;
    private volatile int _answers;
    private int _connections;

    /// <summary>
    /// Answers the first <paramref name="answers"/> requests of each connection as a broker does; or sends <paramref name="greeting"/> and
    /// nothing more.
    /// </summary>
    public ScriptedPeer(int answers, byte[]? greeting = null)
    {
        (_answers, _greeting) = (answers, greeting);
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>How many requests of each connection are answered from now on.</summary>
    public int Answers
    {
        get => _answers;
        set => _answers = value;
    }

    /// <summary>Connections accepted.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public Uri Address(string scheme = "amqp") =>
        new($"{scheme}://nogen:hemmelig@127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/BF");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        // A listener that is stopped first throws at the next accept, which may come between the two.
        await _serving;
        _listener.Dispose();
        await Task.WhenAll(_talks);
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                _talks.Add(TalkAsync(client));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            if (_greeting is not null)
            {
                await stream.WriteAsync(_greeting, _end.Token);
                await stream.CopyToAsync(Stream.Null, _end.Token);
                return;
            }

            var protocol = new byte[8];
            await stream.ReadExactlyAsync(protocol, _end.Token);
            if (!protocol.AsSpan().StartsWith("AMQP"u8))
            {
                // TLS: reads everything and never answers.
                await stream.CopyToAsync(Stream.Null, _end.Token);
                return;
            }

            var answered = 0;
            if (answered++ < Answers) await SendAsync(stream, 0, [0, 10, 0, 10, 0, 9, .. Long(""), .. Long("PLAIN"), .. Long("en_US")]);
            while (true)
            {
                var head = new byte[7];
                await stream.ReadExactlyAsync(head, _end.Token);
                var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(3)) + 1];
                await stream.ReadExactlyAsync(payload, _end.Token);
                if (head[0] != 1 || AnswerTo(payload) is not { } answer) continue;
                // Later requests wait until the test raises Answers.
                while (answered >= Answers) await Task.Delay(20, _end.Token);
                answered++;
                await SendAsync(stream, head[2], answer);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or ObjectDisposedException or SocketException)
        {
            // The client left, or the test is over.
        }
    }

    /// <summary>RabbitMQ's answer to a method; null for a method without an answer.</summary>
    private static byte[]? AnswerTo(byte[] method) => (method[1], method[3]) switch
    {
        (10, 11) => [0, 10, 0, 30, 0, 0, 0, 2, 0, 0, 0, 0],
        (10, 40) => [0, 10, 0, 41, 0],
        (20, 10) => [0, 20, 0, 11, 0, 0, 0, 0],
        (50, 10) => [0, 50, 0, 11, 1, (byte)'q', 0, 0, 0, 5, 0, 0, 0, 1],
        (60, 10) => [0, 60, 0, 11],
        (60, 20) => [0, 60, 0, 21, 1, (byte)'t'],
        (60, 30) => [0, 60, 0, 31, 1, (byte)'t'],
        (10, 50) => [0, 10, 0, 51],
        _ => null,
    };

    private async Task SendAsync(NetworkStream stream, byte channel, byte[] method)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, method.Length);
        await stream.WriteAsync((byte[])[1, 0, channel, .. length, .. method, 0xCE], _end.Token);
    }

    private static byte[] Long(string text)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(text)];
    }
}
