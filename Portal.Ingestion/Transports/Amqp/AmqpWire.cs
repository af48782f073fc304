using System.Net.Sockets;
using RabbitMQ.Client;

namespace Portal.Ingestion.Transports.Amqp;

/// <summary>What answers at an address, by its first bytes.</summary>
internal enum AmqpPeer
{
    /// <summary>Nobody accepted the TCP connection.</summary>
    Unreached,

    /// <summary>The connection was accepted; not a byte came.</summary>
    Silent,

    /// <summary>An AMQP 0-9-1 frame.</summary>
    Amqp,

    /// <summary>AMQP's protocol header: this version is not spoken, or not what was sent.</summary>
    OtherAmqp,

    /// <summary>A TLS record.</summary>
    Tls,

    /// <summary>Neither AMQP nor TLS.</summary>
    Other,
}

/// <summary>
/// The socket under one connection. Tells how far an attempt came and who answers there, lets nothing be read while the budget is spent,
/// and can be cut, which ends every call that waits for the peer.
/// </summary>
internal sealed class AmqpWire(ByteBudget budget)
{
    private readonly Lock _lock = new();
    private readonly List<Socket> _sockets = [];
    private bool _cut;

    /// <summary>Who answers, as far as is known; of several addresses of a host the one tried last.</summary>
    public AmqpPeer Peer { get; private set; } = AmqpPeer.Unreached;

    /// <summary>For <see cref="ConnectionFactoryBase.SocketFactory"/>.</summary>
    public ITcpClient Open(AddressFamily family)
    {
        var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        lock (_lock)
        {
            _sockets.Add(socket);
            if (_cut) socket.Dispose();
        }

        return new Client(socket, this);
    }

    /// <summary>Closes what is open, without a word to the peer.</summary>
    public void Cut()
    {
        budget.Lift();
        lock (_lock)
        {
            _cut = true;
            foreach (var socket in _sockets) socket.Dispose();
        }
    }

    /// <summary>Who begins to speak with these bytes.</summary>
    internal static AmqpPeer PeerOf(ReadOnlySpan<byte> first) => first switch
    {
        [] => AmqpPeer.Silent,
        [1, ..] => AmqpPeer.Amqp,
        [(byte)'A', (byte)'M', (byte)'Q', (byte)'P', ..] => AmqpPeer.OtherAmqp,
        [>= 0x14 and <= 0x17, 3, ..] => AmqpPeer.Tls,
        _ => AmqpPeer.Other,
    };

    private sealed class Client(Socket socket, AmqpWire wire) : TcpClientAdapter(socket)
    {
        public override async Task ConnectAsync(System.Net.IPAddress ep, int port, CancellationToken cancellationToken = default)
        {
            await base.ConnectAsync(ep, port, cancellationToken);
            wire.Peer = AmqpPeer.Silent;
        }

        public override NetworkStream GetStream() => new GatedStream(Client, wire, wire.Budget);
    }

    private ByteBudget Budget => budget;

    /// <summary>The client reads by this overload alone, also through TLS.</summary>
    private sealed class GatedStream(Socket socket, AmqpWire wire, ByteBudget budget) : NetworkStream(socket)
    {
        private bool _heard;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _heard && budget.HasRoom ? base.ReadAsync(buffer, cancellationToken) : ReadSlowlyAsync(buffer, cancellationToken);

        private async ValueTask<int> ReadSlowlyAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            await budget.WaitForRoomAsync(cancellationToken);
            var read = await base.ReadAsync(buffer, cancellationToken);
            if (_heard || buffer.IsEmpty) return read;
            _heard = true;
            wire.Peer = PeerOf(buffer.Span[..read]);
            return read;
        }
    }
}
