using RabbitMQ.Client;

namespace Portal.Ingestion.Transports.Amqp.Token;

/// <summary>SASL EXTERNAL with the decoded security token as response, as the distributor's broker requires.</summary>
internal sealed class TokenMechanismFactory(byte[] token) : IAuthMechanismFactory
{
    /// <inheritdoc />
    public string Name => "EXTERNAL";

    /// <inheritdoc />
    public IAuthMechanism GetInstance() => new TokenMechanism(token);

    private sealed class TokenMechanism(byte[] token) : IAuthMechanism
    {
        public Task<byte[]> HandleChallengeAsync(byte[]? challenge, ConnectionConfig config, CancellationToken cancellationToken) =>
            Task.FromResult(token);
    }
}
