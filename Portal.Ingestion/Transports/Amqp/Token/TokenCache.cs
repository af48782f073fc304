using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Transports.Amqp.Token;

/// <summary>Holds the token from one renewal to the next. For one transport, which calls one at a time.</summary>
internal sealed class TokenCache(SecurityTokenClient client, TimeProvider time)
{
    // A timer takes no more than some seven weeks; looking again once a day is enough.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly GrowingPause _pause = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(2));
    private SecurityToken? _token;
    private DateTimeOffset _renewAt;

    /// <summary>The token held, or a new one when it is time. While none is to be had the old one serves until it expires.</summary>
    /// <exception cref="SecurityTokenException">None was to be had.</exception>
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

    /// <summary>A new token, regardless of what is cached; what is held stays when none is to be had.</summary>
    /// <exception cref="SecurityTokenException">None was to be had.</exception>
    public async Task<SecurityToken> RenewAsync(CancellationToken cancellationToken)
    {
        var token = await client.FetchAsync(cancellationToken);
        (_token, _renewAt) = (token, token.RenewAt);
        _pause.Reset();
        return token;
    }

    /// <summary>It was refused: the next is fetched again.</summary>
    public void Forget() => _token = null;

    /// <summary>A renewal failed: tried again after a growing pause.</summary>
    public void Postpone() => _renewAt = time.GetUtcNow() + _pause.Next();

    /// <summary>Completes when it is time to renew.</summary>
    public async Task RenewalDueAsync(CancellationToken cancellationToken)
    {
        while (_renewAt - time.GetUtcNow() is var left && left > TimeSpan.Zero)
            await Task.Delay(left < LongestWait ? left : LongestWait, time, cancellationToken);
    }
}
