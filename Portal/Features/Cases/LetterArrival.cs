using Portal.Features.Evidence;
using Portal.Ingestion.Letters;
using Portal.Platform.Text;

namespace Portal.Features.Cases;

/// <summary>How sure it is that a letter arrived.</summary>
public enum ArrivalCertainty
{
    /// <summary>Nothing shows that it arrived.</summary>
    None,

    /// <summary>Handed to the post: presumed to have arrived, not proven.</summary>
    Presumed,

    /// <summary>A status says so, but it is contradicted, dated before the sending, or matched only by hand.</summary>
    InDoubt,

    /// <summary>A receipt that names the letter says so.</summary>
    Proven,
}

/// <summary>The arrival of a letter as a list shows it. Pure.</summary>
/// <param name="Day">A Copenhagen date; null when it is not known.</param>
public readonly record struct LetterArrival(ArrivalCertainty Certainty, DateOnly? Day)
{
    /// <summary>The arrival of a letter.</summary>
    public static LetterArrival Of(LetterView letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return letter.Verdict switch
        {
            Verdict.Delivered => new(
                ProofStrength.Of(letter).InDoubt ? ArrivalCertainty.InDoubt : ArrivalCertainty.Proven,
                letter.VerdictAt is { } at ? DanishFormat.Day(at) : null),
            Verdict.HandedToPost => new(ArrivalCertainty.Presumed, letter.PresumedArrival),
            _ => default,
        };
    }
}
