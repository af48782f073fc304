using Portal.Ingestion.Letters;

namespace Portal.Features.Evidence;

/// <summary>How well a point is proven.</summary>
public enum ProofState
{
    Missing,

    /// <summary>Likely, and not proven: handed to post, no return.</summary>
    Probable,

    /// <summary>There, and not whole: a recipient without a number, an arrival without a time.</summary>
    Partial,

    /// <summary>Proven, and contradicted by another status.</summary>
    Disputed,

    Proven,
}

/// <summary>
/// The five points that Ankestyrelsen demands of a log of letters (DOMAIN §2): the digital id, title and recipient of that very letter,
/// when it was sent, and that it arrived.
/// </summary>
public enum ProofPoint
{
    Id,
    Title,
    Recipient,
    Sent,
    Arrived,
}

/// <summary>
/// How strong the proof of a letter is: the one rule for the five points, which the case page and the evidence document both show. Pure.
/// </summary>
/// <param name="Points">Each point and its state.</param>
/// <param name="Ground">What says that it arrived.</param>
public sealed record ProofStrength(IReadOnlyList<(ProofPoint Point, ProofState State)> Points, ArrivalGround Ground)
{
    /// <summary>How many are proven.</summary>
    public int Present => Points.Count(p => p.State == ProofState.Proven);

    /// <summary>The state of the arrival.</summary>
    public ProofState Arrival => Points[^1].State;

    /// <summary>
    /// A status says that the letter arrived, and that is not proven: contradicted, of a time before the sending, or linked by hand alone.
    /// That it says no time is no doubt.
    /// </summary>
    public bool InDoubt => Ground != ArrivalGround.None && Arrival is not (ProofState.Proven or ProofState.Partial);

    /// <summary>A status is with the letter that a person put there and whose own numbers do not name it.</summary>
    public bool HasForeignStatus { get; init; }

    /// <summary>Id, title and recipient name one letter, and what is said of it was matched to it by its own identifiers.</summary>
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

                // A fact all the same, but no period can be counted from it.
                Verdict.Delivered when letter.VerdictAt is null => ProofState.Partial,
                Verdict.Delivered => ProofState.Proven,
                Verdict.HandedToPost => ProofState.Probable,
                _ => ProofState.Missing,
            }),
        ], ground) { HasForeignStatus = letter.Events.Any(e => e.ByHand is { NamesLetter: false }) };
    }

    private static ProofState Is(bool there) => there ? ProofState.Proven : ProofState.Missing;
}
