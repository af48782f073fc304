using Portal.Ingestion.Letters;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Evidence;

/// <summary>A point that a forsendelseslog must show, in the document's words.</summary>
internal sealed record EvidencePoint(string Demand, string Answer, Tone Tone, string Shown);

/// <summary>
/// The five points of Ankestyrelsen's principmeddelelse on the forsendelseslog, in the document's words. <see cref="ProofStrength"/>
/// decides whether each is proven, so that page and document agree.
/// </summary>
internal static class EvidencePoints
{
    /// <summary>The points for a letter, in the order of <see cref="ProofStrength.Points"/>.</summary>
    /// <param name="recipientNumber">The recipient's number as the document shows it; null when there is none.</param>
    public static IReadOnlyList<EvidencePoint> Of(LetterView letter, string? recipientNumber)
    {
        var strength = ProofStrength.Of(letter);
        return [.. strength.Points.Select(p => new EvidencePoint(
            EvidenceWords.DemandOf(p.Point), EvidenceWords.AnswerOf(p.State), EvidenceTone.Of(p.State),
            EvidenceWords.ShownOf(p.Point, p.State, letter, recipientNumber)))];
    }
}
