using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Transports.Amqp.Token;
using RabbitMQ.Client;

namespace Portal.Ingestion.Transports.Amqp;

/// <summary>Creates the connection factory for a broker; used by the transport, the simulator and the benchmark.</summary>
internal static class AmqpConnecting
{
    /// <summary>
    /// RabbitMQ accepts no larger message, regardless of its <c>max_message_size</c>. With a lower limit in the client (its default is 64
    /// MB) a larger message would break the connection at each delivery. So each message is read, and one larger than
    /// <c>Ingestion:MaxMessageBytes</c> goes to quarantine. If another make of broker sends a larger message, the transport is shown as
    /// refused, with a remedy.
    /// </summary>
    public const uint LargestMessage = 512u << 20;

    /// <summary>
    /// A factory without the client's automatic recovery: after a break the delivery tags are void and unacknowledged messages are
    /// delivered again. Our own loop reports each refusal, and can store the messages it holds before it connects again.
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
            // One at a time keeps the order of delivery, which an acknowledgement of several messages needs.
            ConsumerDispatchConcurrency = 1,
            // The client detects a frozen broker after two missed heartbeats.
            RequestedHeartbeat = TimeSpan.FromSeconds(15),
            RequestedConnectionTimeout = AmqpAttempt.Limit,
            MaxInboundMessageBodySize = LargestMessage,
        };
        if (token is not null) factory.AuthMechanisms = [new TokenMechanismFactory(token)];
        if (uri.Scheme == "amqps")
        {
            factory.Ssl = new SslOption(uri.Host, enabled: true) { Version = TlsVersions.Allowed,
                CertificateValidationCallback = AmqpCertificates.TrustOnly(authorities) };
            if (client is not null)
            {
                factory.Ssl.ClientCertificateContext =
                    SslStreamCertificateContext.Create(client, additionalCertificates: null, offline: true);
            }
        }

        return factory;
    }

    /// <summary>Host and port of a URI, without user and password.</summary>
    public static string AddressOf(Uri uri) => $"{uri.Host}:{(uri.Port > 0 ? uri.Port : uri.Scheme == "amqps" ? 5671 : 5672)}";
}
