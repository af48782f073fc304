using System.Net;
using System.Net.Sockets;

namespace Portal.Platform.Http.Limits;

/// <summary>The address that limits count by.</summary>
public static class ClientAddress
{
    private const int NetworkBits = 64;

    /// <summary>
    /// The client's address; of IPv6 its network of 64 bits, since every client has such a network to itself and could send each request
    /// from another address in it.
    /// </summary>
    public static string Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var address = context.Connection.RemoteIpAddress;
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBits / 8).Clear();
        return new IPAddress(bytes).ToString();
    }
}
