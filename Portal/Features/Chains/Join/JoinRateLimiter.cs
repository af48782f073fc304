using System.Threading.RateLimiting;

namespace Portal.Features.Chains.Join;

/// <summary>
/// Limits attempts to guess workshop codes. Only wrong ones count, so a whole department behind one address can join at once; when too many
/// were wrong, right ones are refused as well, or trying would still pay.
/// </summary>
public sealed class JoinRateLimiter : IDisposable
{
    /// <summary>Wrong codes from one address in a minute.</summary>
    public const int Allowed = 20;

    private readonly PartitionedRateLimiter<string> _wrong = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(
            address, _ => new FixedWindowRateLimiterOptions { PermitLimit = Allowed, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>True while the caller has not tried too many wrong codes.</summary>
    public bool MayTry(HttpContext context)
    {
        using var lease = _wrong.AttemptAcquire(AddressOf(context), 0);
        return lease.IsAcquired;
    }

    /// <summary>The caller's code was wrong.</summary>
    public void Wrong(HttpContext context)
    {
        using var lease = _wrong.AttemptAcquire(AddressOf(context));
    }

    /// <inheritdoc />
    public void Dispose() => _wrong.Dispose();

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";
}
