using System.Threading.RateLimiting;

namespace Portal.Features.Chains.Join;

/// <summary>
/// Limits attempts to guess workshop codes. Only wrong ones count, so that a whole department behind one IP address can join at once. After
/// too many wrong ones right ones are refused too; otherwise guessing would still succeed.
/// </summary>
public sealed class JoinRateLimiter : IDisposable
{
    /// <summary>Wrong codes per IP address and minute.</summary>
    public const int Allowed = 20;

    private readonly PartitionedRateLimiter<string> _wrong = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(
            address, _ => new FixedWindowRateLimiterOptions { PermitLimit = Allowed, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>True until the caller has tried too many wrong codes.</summary>
    public bool MayTry(HttpContext context)
    {
        using var lease = _wrong.AttemptAcquire(AddressOf(context), 0);
        return lease.IsAcquired;
    }

    /// <summary>Counts a wrong code.</summary>
    public void Wrong(HttpContext context)
    {
        using var lease = _wrong.AttemptAcquire(AddressOf(context));
    }

    /// <inheritdoc />
    public void Dispose() => _wrong.Dispose();

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";
}
