using Portal.Ingestion.Letters;

namespace Portal.Features.Evidence;

/// <summary>One of the points that a forsendelseslog must show.</summary>
/// <param name="Mark"><c>ok</c>, <c>warn</c> or <c>bad</c>.</param>
internal sealed record EvidencePoint(string Demand, string Answer, string Mark, string Shown);

/// <summary>
/// The five points of Ankestyrelsen's principle decision on the forsendelseslog (DOMAIN §2) in the document's words. Whether each is proven
/// is <see cref="ProofStrength"/>'s to say, so that page and document never differ.
/// </summary>
internal static class EvidencePoints
{
    /// <summary>The points for a letter, in the order of <see cref="ProofStrength.Points"/>.</summary>
    /// <param name="recipientId">The recipient's number as the document shows it; null when there is none.</param>
    public static IReadOnlyList<EvidencePoint> Of(LetterView letter, string? recipientId)
    {
        var strength = ProofStrength.Of(letter);
        return [.. strength.Points.Select(p => new EvidencePoint(
            EvidenceWords.DemandOf(p.Point), EvidenceWords.AnswerOf(p.State, strength.Ground), MarkOf(p.State),
            EvidenceWords.ShownOf(p.Point, p.State, letter, recipientId)))];
    }

    private static string MarkOf(ProofState state) => state switch { ProofState.Proven => "ok", ProofState.Missing => "bad", _ => "warn" };
}
