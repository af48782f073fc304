using RabbitMQ.Client;

namespace Portal.Ingestion.Transports.Amqp.Token;

/// <summary>SASL EXTERNAL whose response is the decoded security token, as the distributor's broker wants it.</summary>
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
