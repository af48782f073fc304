using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Portal.Tests;

/// <summary>
/// Ports for servers that must know theirs before they start, or keep it over a restart. They are below the system's ephemeral range, so
/// that neither outgoing connections nor servers on port 0 can take one before it is used or while its server is down.
/// </summary>
internal static class TestPorts
{
    private const int First = 20_000;
    private static readonly int Count = (FirstOfSystem() - First) is > 0 and var below ? below : 10_000;
    private static readonly ConcurrentDictionary<int, bool> Taken = [];

    /// <summary>A free port of the loopback address; each is given only once in a run.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = First + Random.Shared.Next(Count);
            if (Taken.TryAdd(port, true) && IsFree(port)) return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // Linux says where its ephemeral ports begin; on other systems they begin higher.
    private static int FirstOfSystem()
    {
        const string Range = "/proc/sys/net/ipv4/ip_local_port_range";
        return File.Exists(Range) ? int.Parse(File.ReadAllText(Range).Split()[0], CultureInfo.InvariantCulture) : 32_768;
    }
}
