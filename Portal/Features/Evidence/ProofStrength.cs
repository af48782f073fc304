using Portal.Ingestion.Letters;

namespace Portal.Features.Evidence;

/// <summary>How well a point is proven.</summary>
public enum ProofState
{
    Missing,

    /// <summary>Likely but not proven: handed to post without a return, or delivered by a status matched by hand.</summary>
    Probable,

    /// <summary>Incomplete: a recipient without a number, an arrival without a time.</summary>
    Partial,

    /// <summary>Delivered, but another status contradicts it, or its time is before the sending.</summary>
    Disputed,

    Proven,
}

/// <summary>
/// The five points that Ankestyrelsen requires of a forsendelseslog: the letter's digital id, title and recipient, when it was sent, and
/// that it arrived.
/// </summary>
public enum ProofPoint
{
    Id,
    Title,
    Recipient,
    Sent,
    Arrived,
}

/// <summary>The strength of a letter's proof, by the five points. The case page and the evidence document both use it. Pure.</summary>
/// <param name="Points">Each point and its state.</param>
/// <param name="Ground">What the arrival is based on.</param>
public sealed record ProofStrength(IReadOnlyList<(ProofPoint Point, ProofState State)> Points, ArrivalGround Ground)
{
    /// <summary>How many points are proven.</summary>
    public int Present => Points.Count(p => p.State == ProofState.Proven);

    /// <summary>The state of the arrival.</summary>
    public ProofState Arrival => Points[^1].State;

    /// <summary>
    /// A status says that the letter arrived, but it is contradicted, dated before the sending, or matched only by hand. A missing time is
    /// not a doubt.
    /// </summary>
    public bool InDoubt => Ground != ArrivalGround.None && Arrival is not (ProofState.Proven or ProofState.Partial);

    /// <summary>A status was matched to the letter by hand, and its own identifiers do not name the letter.</summary>
    public bool HasForeignStatus { get; init; }

    /// <summary>Id, title and recipient are known, and the statuses were matched by the letter's identifiers.</summary>
    public bool IsAboutThisLetter => (Ground == ArrivalGround.Identifiers || (Ground == ArrivalGround.None && !HasForeignStatus))
        && Points.Take(3).All(p => p.State is ProofState.Proven or ProofState.Partial);

    /// <summary>The strength of a letter's proof.</summary>
    public static ProofStrength Of(LetterView letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        var ground = ArrivalGrounds.Of(letter).Ground;
        return new ProofStrength(
        [
            (ProofPoint.Id, Is(letter.Identifiers.Known().Any())),
            (ProofPoint.Title, Is(!string.IsNullOrWhiteSpace(letter.Title))),
            (ProofPoint.Recipient, string.IsNullOrWhiteSpace(letter.Recipient.Name) ? ProofState.Missing
                : string.IsNullOrWhiteSpace(letter.Recipient.Id) ? ProofState.Partial : ProofState.Proven),
            (ProofPoint.Sent, Is(letter.SentAt != default)),
            (ProofPoint.Arrived, letter.Verdict switch
            {
                Verdict.Delivered when letter.Contradiction || ground == ArrivalGround.BeforeSending => ProofState.Disputed,
                Verdict.Delivered when ground == ArrivalGround.Hand => ProofState.Probable,

                // It arrived, but no period for appeal can be counted without a time.
                Verdict.Delivered when letter.VerdictAt is null => ProofState.Partial,
                Verdict.Delivered => ProofState.Proven,
                Verdict.HandedToPost => ProofState.Probable,
                _ => ProofState.Missing,
            }),
        ], ground) { HasForeignStatus = letter.Events.Any(e => e.ByHand is { NamesLetter: false }) };
    }

    private static ProofState Is(bool there) => there ? ProofState.Proven : ProofState.Missing;
}
