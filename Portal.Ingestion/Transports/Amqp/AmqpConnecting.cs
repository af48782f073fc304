using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Portal.Ingestion.Transports.Amqp.Token;
using RabbitMQ.Client;

namespace Portal.Ingestion.Transports.Amqp;

/// <summary>Opens connections to a broker, for the transport, the simulator and the bench alike.</summary>
internal static class AmqpConnecting
{
    /// <summary>
    /// RabbitMQ takes no message larger than this, regardless of its <c>max_message_size</c>. A lower limit of the client (its own is 64
    /// MB) would break the connection on a larger message, and again each time it comes back. So each message is read, and what is larger
    /// than <c>Ingestion:MaxMessageBytes</c> goes to quarantine. A broker of another make that sends more than this is shown as refused,
    /// with what to do.
    /// </summary>
    public const uint LargestMessage = 512u << 20;

    /// <summary>
    /// A factory without the client's automatic recovery: after a break the old delivery tags are void and what we hold is delivered again,
    /// so a new connection is a new beginning. Our own loop says so openly, can store first and connect later, and shows each refusal.
    /// </summary>
    public static ConnectionFactory Factory(
        Uri uri, string name, X509Certificate2? client = null, X509Certificate2Collection? authorities = null, byte[]? token = null)
    {
        var factory = new ConnectionFactory
        {
            Uri = uri,
            ClientProvidedName = name,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            // One at a time keeps the order of delivery, which one acknowledgement for many needs.
            ConsumerDispatchConcurrency = 1,
            // A broker that is frozen is found after two of these.
            RequestedHeartbeat = TimeSpan.FromSeconds(15),
            RequestedConnectionTimeout = AmqpAttempt.Limit,
            MaxInboundMessageBodySize = LargestMessage,
        };
        if (token is not null) factory.AuthMechanisms = [new TokenMechanismFactory(token)];
        if (uri.Scheme == "amqps")
        {
            factory.Ssl = new SslOption(uri.Host, enabled: true) { Version = System.Security.Authentication.SslProtocols.None,
                CertificateValidationCallback = AmqpCertificates.TrustOnly(authorities) };
            if (client is not null)
            {
                factory.Ssl.ClientCertificateContext =
                    SslStreamCertificateContext.Create(client, additionalCertificates: null, offline: true);
            }
        }

        return factory;
    }

    /// <summary>Host and port: what may be shown of a URI that holds a password.</summary>
    public static string AddressOf(Uri uri) => $"{uri.Host}:{(uri.Port > 0 ? uri.Port : uri.Scheme == "amqps" ? 5671 : 5672)}";
}
