using System.Net.Sockets;
using RabbitMQ.Client;

namespace Portal.Ingestion.Transports.Amqp;

/// <summary>The kind of peer at an address, by its first bytes.</summary>
internal enum AmqpPeer
{
    /// <summary>Nobody accepted the TCP connection.</summary>
    Unreached,

    /// <summary>The connection was accepted, but no byte was received.</summary>
    Silent,

    /// <summary>An AMQP 0-9-1 frame.</summary>
    Amqp,

    /// <summary>AMQP's protocol header: the peer does not support our version, or did not understand what we sent.</summary>
    OtherAmqp,

    /// <summary>A TLS record.</summary>
    Tls,

    /// <summary>Neither AMQP nor TLS.</summary>
    Other,
}

/// <summary>
/// The socket of one connection. Detects what kind of peer answers, stops reading while the byte budget is used up, and can be cut, which
/// ends every call that waits for the peer.
/// </summary>
internal sealed class AmqpWire(ByteBudget budget)
{
    private readonly Lock _lock = new();
    private readonly List<Socket> _sockets = [];
    private bool _cut;

    /// <summary>The kind of peer, as far as known; if the host has several addresses, that of the one tried last.</summary>
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

    /// <summary>Closes the sockets without an AMQP close.</summary>
    public void Cut()
    {
        budget.Lift();
        lock (_lock)
        {
            _cut = true;
            foreach (var socket in _sockets) socket.Dispose();
        }
    }

    /// <summary>The kind of peer that begins with these bytes.</summary>
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

    /// <summary>Overrides the only overload with which the client reads, also through TLS.</summary>
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
