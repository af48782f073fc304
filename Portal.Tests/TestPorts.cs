using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Portal.Tests;

/// <summary>
/// Ports for servers that must know theirs before they start, or keep it over a restart. They lie below those that the system gives to
/// whoever asks for any, and to what goes out: between being chosen and being used, and while the server is down, only another who names
/// the same number can take one.
/// </summary>
internal static class TestPorts
{
    private const int First = 20_000;
    private static readonly int Count = (FirstOfSystem() - First) is > 0 and var below ? below : 10_000;
    private static readonly ConcurrentDictionary<int, bool> Taken = [];

    /// <summary>A port of the loopback address that is free, and is given once in a run.</summary>
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

    // Linux says where its own begin; elsewhere they begin higher.
    private static int FirstOfSystem()
    {
        const string Range = "/proc/sys/net/ipv4/ip_local_port_range";
        return File.Exists(Range) ? int.Parse(File.ReadAllText(Range).Split()[0], CultureInfo.InvariantCulture) : 32_768;
    }
}
