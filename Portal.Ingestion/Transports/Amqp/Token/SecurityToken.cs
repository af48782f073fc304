namespace Portal.Ingestion.Transports.Amqp.Token;

/// <summary>A security token. It is a key: it is never logged or shown.</summary>
/// <param name="decoded">The decoded token as it goes into SASL EXTERNAL.</param>
/// <param name="issuedAt">UTC, by our clock, when we got it.</param>
/// <param name="expiresAt">UTC; not accepted from then on.</param>
internal sealed class SecurityToken(byte[] decoded, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
{
    private static readonly TimeSpan LargestMargin = TimeSpan.FromMinutes(5);

    /// <summary>The decoded token.</summary>
    public byte[] Decoded { get; } = decoded;

    /// <summary>UTC; not accepted from then on.</summary>
    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>UTC; five minutes before it expires, or a fifth of its life when that is shorter.</summary>
    public DateTimeOffset RenewAt { get; } =
        expiresAt - TimeSpan.FromTicks(Math.Min(LargestMargin.Ticks, Math.Max(0, (expiresAt - issuedAt).Ticks / 5)));
}

/// <summary>No token was to be had. The message is Danish and says why, without anything of a token.</summary>
internal sealed class SecurityTokenException(string why, string? remedy, bool refused, Exception? inner = null) : Exception(why, inner)
{
    /// <summary>What a person can do, in Danish.</summary>
    public string? Remedy { get; } = remedy;

    /// <summary>True when the service said no; false when it is merely away.</summary>
    public bool Refused { get; } = refused;
}
