using System.Net;
using Portal.Ingestion.Settings;

namespace Portal.Platform.Http;

/// <summary>
/// The reverse proxies whose forwarded headers count (<c>Portal:TrustedProxies</c>: addresses and networks such as <c>10.1.0.0/16</c>).
/// Empty: nobody's do.
/// </summary>
public sealed class TrustedProxies
{
    private const string Key = "Portal:TrustedProxies";
    private const int Ipv4Bits = 32;
    private const int MappedBits = 96;

    private TrustedProxies(IReadOnlyList<IPNetwork> networks) => Networks = networks;

    /// <summary>The networks; a single address is a network of one. IPv4 addresses in IPv6 form are held as IPv4.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; }

    /// <summary>Reads and validates the setting.</summary>
    /// <exception cref="ConfigurationProblemException">An entry is neither an address nor a network, or is every address.</exception>
    public static TrustedProxies Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new TrustedProxies([.. configuration.GetSection(Key).GetChildren().Select(child => Parse(child.Path, child.Value))]);
    }

    /// <summary>True when the address is one of a trusted proxy; false for null, as of a connection without an address.</summary>
    public bool Includes(IPAddress? address)
    {
        if (address is null) return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Networks.Any(n => n.Contains(plain));
    }

    private static IPNetwork Parse(string key, string? value)
    {
        var text = (value ?? "").Trim();
        IPNetwork network;
        if (IPAddress.TryParse(text, out var address)) network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        else if (!IPNetwork.TryParse(text, out network))
        {
            throw new ConfigurationProblemException(key,
                $"skal være en IP-adresse som 10.1.2.3 eller et net som 10.1.0.0/16, men er »{text}«.");
        }

        if (network is { BaseAddress.IsIPv4MappedToIPv6: true, PrefixLength: >= MappedBits })
            network = new IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - (128 - Ipv4Bits));
        return network.PrefixLength > 0 ? network : throw new ConfigurationProblemException(key,
            $"»{text}« er alle adresser: så kunne enhver give sig ud for at være en anden. Skriv proxyens egen adresse eller dens net.");
    }
}
