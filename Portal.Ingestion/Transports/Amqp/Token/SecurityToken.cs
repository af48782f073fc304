using RabbitMQ.Client;

namespace Portal.Ingestion.Transports.Amqp.Token;

/// <summary>A security token. It is a secret: never log or show it.</summary>
/// <param name="decoded">The decoded token as it goes into SASL EXTERNAL.</param>
/// <param name="issuedAt">UTC, when we received it, by our own clock.</param>
/// <param name="expiresAt">UTC; the broker refuses it from then on.</param>
internal sealed class SecurityToken(byte[] decoded, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
{
    private static readonly TimeSpan LargestMargin = TimeSpan.FromMinutes(5);

    public byte[] Decoded { get; } = decoded;

    /// <summary>UTC; the broker refuses it from then on.</summary>
    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>UTC; five minutes before it expires, or a fifth of its lifetime if that is shorter.</summary>
    public DateTimeOffset RenewAt { get; } =
        expiresAt - TimeSpan.FromTicks(Math.Min(LargestMargin.Ticks, Math.Max(0, (expiresAt - issuedAt).Ticks / 5)));
}

/// <summary>A token could not be obtained. The message explains why in Danish, without any part of a token.</summary>
internal sealed class SecurityTokenException(string why, string? remedy, bool refused, Exception? inner = null) : Exception(why, inner)
{
    /// <summary>What a person can do, in Danish.</summary>
    public string? Remedy { get; } = remedy;

    /// <summary>True when the service refused; false when it cannot be reached.</summary>
    public bool Refused { get; } = refused;
}

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
