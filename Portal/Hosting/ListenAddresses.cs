using System.Net.Sockets;
using System.Security.Cryptography;
using Portal.Ingestion.Settings;

namespace Portal.Hosting;

/// <summary>Reads the addresses that the portal listens on (<c>Urls</c>).</summary>
public static class ListenAddresses
{
    /// <summary>The validated addresses.</summary>
    /// <exception cref="ConfigurationProblemException">One of them is not an address.</exception>
    public static string[] Read(IConfiguration configuration)
    {
        var urls = (configuration["Urls"] ?? "http://localhost:5080")
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (urls.Length == 0)
            throw new ConfigurationProblemException("Urls", "den er tom; skriv fx http://localhost:5080, eller fjern nøglen.");
        foreach (var url in urls)
        {
            try
            {
                var address = BindingAddress.Parse(url);
                if (address.Scheme is not ("http" or "https") || address.Port is < 0 or > 65535) throw new FormatException();
            }
            catch (FormatException)
            {
                throw new ConfigurationProblemException("Urls", $"»{url}« er ikke en adresse; skriv fx http://localhost:5080.");
            }
        }

        return urls;
    }

    /// <summary>True for exceptions of Kestrel when it cannot listen on an address.</summary>
    public static bool IsOfAddress(IConfiguration configuration, Exception problem) =>
        problem is IOException or SocketException or CryptographicException
        || (problem is FormatException or InvalidOperationException && configuration.GetSection("Kestrel:Endpoints").GetChildren().Any());

    /// <summary>
    /// The exception for a start that failed because an address is in use, not of this machine or not permitted, or its certificate cannot
    /// be read.
    /// </summary>
    public static ConfigurationProblemException Unusable(IConfiguration configuration, Exception problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var own = configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
        return new ConfigurationProblemException(
            own ? "Kestrel:Endpoints" : "Urls",
            $"portalen kan ikke lytte på {(own ? "sine adresser" : string.Join(", ", Read(configuration)))}; "
                + $"skriv en ledig adresse på denne maskine ({problem.GetBaseException().Message}).");
    }
}
