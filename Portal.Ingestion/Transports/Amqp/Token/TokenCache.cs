using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Transports.Amqp.Token;

/// <summary>Caches the token until it is renewed. Not thread-safe: for one transport.</summary>
internal sealed class TokenCache(SecurityTokenClient client, TimeProvider time)
{
    // A timer accepts at most about seven weeks; checking once a day is enough.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly GrowingPause _pause = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(2));
    private SecurityToken? _token;
    private DateTimeOffset _renewAt;

    /// <summary>The cached token, or a new one when a renewal is due. If that fails, the old one is used until it expires.</summary>
    /// <exception cref="SecurityTokenException">The service gave none.</exception>
    public async Task<SecurityToken> GetAsync(CancellationToken cancellationToken)
    {
        if (_token is { } held && time.GetUtcNow() < held.RenewAt) return held;
        try
        {
            return await RenewAsync(cancellationToken);
        }
        catch (SecurityTokenException) when (_token is { } old && time.GetUtcNow() < old.ExpiresAt)
        {
            Postpone();
            return old;
        }
    }

    /// <summary>Fetches a new token; if that fails, the cached one is kept.</summary>
    /// <exception cref="SecurityTokenException">The service gave none.</exception>
    public async Task<SecurityToken> RenewAsync(CancellationToken cancellationToken)
    {
        var token = await client.FetchAsync(cancellationToken);
        (_token, _renewAt) = (token, token.RenewAt);
        _pause.Reset();
        return token;
    }

    /// <summary>Drops the cached token after a refusal.</summary>
    public void Forget() => _token = null;

    /// <summary>Delays the next renewal after a failed one, with growing pauses.</summary>
    public void Postpone() => _renewAt = time.GetUtcNow() + _pause.Next();

    /// <summary>Completes when it is time to renew.</summary>
    public async Task RenewalDueAsync(CancellationToken cancellationToken)
    {
        while (_renewAt - time.GetUtcNow() is var left && left > TimeSpan.Zero)
            await Task.Delay(left < LongestWait ? left : LongestWait, time, cancellationToken);
    }
}
