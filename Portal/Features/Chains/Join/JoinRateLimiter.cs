using Portal.Platform.Http.Limits;

namespace Portal.Features.Chains.Join;

/// <summary>Limits attempts to guess workshop codes, so that a whole department behind one address can still join at once.</summary>
public sealed class JoinRateLimiter() : AttemptLimiter(Allowed)
{
    /// <summary>Wrong codes per address and minute.</summary>
    public const int Allowed = 20;
}
