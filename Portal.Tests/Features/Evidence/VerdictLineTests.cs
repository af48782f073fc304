using Portal.Features.Evidence;
using Portal.Ingestion.Letters;
using Portal.Tests.Features.Cases;
using Xunit;

namespace Portal.Tests.Features.Evidence;

/// <summary>The verdict's word stands before its explanation, which may begin with the same word.</summary>
public sealed class VerdictLineTests
{
    [Theory]
    [InlineData(Verdict.Delivered, "Afleveret: brevet lå i modtagerens postkasse.", "Afleveret.", " Brevet lå i modtagerens postkasse.")]
    [InlineData(Verdict.Failed, "Fejlet den 27. november 2026 kl. 14. Ret brevet.", "Fejlet", " den 27. november 2026 kl. 14. Ret brevet.")]
    [InlineData(Verdict.HandedToPost, "Overgivet til postvirksomheden (dao) den 25. november 2026.", "Overgivet til post.",
        " Overgivet til postvirksomheden (dao) den 25. november 2026.")]
    [InlineData(Verdict.OnItsWay, "På vej. Beviset ventes senest fredag.", "På vej.", " Beviset ventes senest fredag.")]
    [InlineData(Verdict.Failed, "Fejlet", "Fejlet.", "")]
    [InlineData(Verdict.Failed, "Noget andet.", "Fejlet.", " Noget andet.")]
    public void No_word_is_cut_and_none_is_said_as_a_sentence_that_goes_on(Verdict verdict, string text, string word, string after) =>
        Assert.Equal((word, after), EvidenceWords.VerdictLine(FakeCases.Letter() with { Verdict = verdict, Explanation = new(text, "") }));
}
