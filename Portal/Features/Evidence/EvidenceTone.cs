using Portal.Ingestion.Letters;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Evidence;

/// <summary>The colours of verdicts and points in the evidence document; the word is always shown with the colour.</summary>
internal static class EvidenceTone
{
    /// <summary>The colour of a letter's verdict.</summary>
    public static Tone Of(LetterView letter) => letter.Verdict switch
    {
        Verdict.Delivered => EvidenceWords.Doubt(letter) is null ? Tone.Ok : Tone.Warn,
        Verdict.HandedToPost => Tone.Info,
        Verdict.EvidenceMissing or Verdict.NoReceipt => Tone.Warn,
        Verdict.Failed or Verdict.Returned => Tone.Bad,
        _ => Tone.Grey,
    };

    /// <summary>The colour of a point.</summary>
    public static Tone Of(ProofState state) => state switch
    {
        ProofState.Proven => Tone.Ok,
        ProofState.Missing => Tone.Bad,
        _ => Tone.Warn,
    };
}
