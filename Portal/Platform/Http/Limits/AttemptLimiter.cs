using System.Threading.RateLimiting;

namespace Portal.Platform.Http.Limits;

/// <summary>
/// Limits what could be guessed. Only wrong attempts count, so that a whole organisation behind one address is not held back; after too
/// many wrong ones right ones are refused too, since otherwise guessing would still succeed.
/// </summary>
/// <param name="allowed">Wrong attempts per address and minute.</param>
public class AttemptLimiter(int allowed) : IDisposable
{
    /// <summary>How long the wrong attempts of a minute count at most.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> _wrong = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(
            address, _ => new FixedWindowRateLimiterOptions { PermitLimit = allowed, Window = Window }));

    /// <summary>True until the caller has made too many wrong attempts.</summary>
    public bool MayTry(HttpContext context)
    {
        using var lease = _wrong.AttemptAcquire(ClientAddress.Of(context), 0);
        return lease.IsAcquired;
    }

    /// <summary>Counts a wrong attempt.</summary>
    public void Wrong(HttpContext context)
    {
        using var lease = _wrong.AttemptAcquire(ClientAddress.Of(context));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the limiter.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing) _wrong.Dispose();
    }
}
