using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

public sealed partial class LocalizedTextTests
{
    private static readonly DateTimeOffset At = new(2023, 2, 13, 11, 22, 5, TimeSpan.Zero);

    [Fact]
    public void Both_languages_have_the_same_texts_with_the_same_places()
    {
        var words = new ResourceManager("Portal.Ingestion.Letters.LetterTexts", typeof(LocalizedText).Assembly);
        Dictionary<string, string> Texts(string language) =>
            words.GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: language.Length == 0)!
                .Cast<DictionaryEntry>()
                .ToDictionary(e => (string)e.Key, e => string.Join(' ', Place().Matches((string)e.Value!).Select(m => m.Value).Order()));
        Assert.Equal(Texts("").OrderBy(t => t.Key, StringComparer.Ordinal), Texts("en").OrderBy(t => t.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void A_verdict_is_explained_in_the_readers_language_with_Copenhagens_time()
    {
        var verdict = new LetterVerdict(Verdict.Failed, At, false, null, null, null, null, 1, null, false);
        var error = new LetterEvent("b", 1, "Fejlet", StatusKind.Failed, At, At, null, new PostError("exempt", null), null, "", false, 1);
        var explained = VerdictExplanation.Of(verdict, ReceiptsOrdered.All, error, null);
        var reason = explained.Whole;
        Assert.Equal(
            "Fejlet den 13. februar 2023 kl. 12.22. Modtageren er fritaget for Digital Post. Send brevet som fysisk post.", reason.Danish);
        Assert.Equal(
            "Failed on 13 February 2023 at 12:22. The recipient is exempt from Digital Post. Send the letter on paper.", reason.English);
        Assert.Equal("Fejlet den 13. februar 2023 kl. 12.22. Modtageren er fritaget for Digital Post.", explained.Account.Danish);
    }

    [Fact]
    public void Missing_evidence_is_not_said_to_be_no_receipt_at_all_when_one_has_come()
    {
        var verdict = new LetterVerdict(Verdict.EvidenceMissing, null, false, null, At, null, null, 1, At, false);
        var account = VerdictExplanation.Of(verdict, ReceiptsOrdered.All, null, null).Account;
        Assert.StartsWith("Mangler bevis: ingen kvittering for, at brevet nåede frem, og fristen udløb den 13. februar 2023",
            account.Danish, StringComparison.Ordinal);
        Assert.Contains("Den seneste kvittering er fra 13. februar 2023", account.Danish, StringComparison.Ordinal);
        Assert.Contains("no receipt shows that the letter arrived", account.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_period_is_said_in_both_languages()
    {
        Assert.True(AppealPeriod.TryParse("P1M2D", out var period));
        Assert.Equal(("1 måned og 2 dage", "1 month and 2 days"), (period.DisplayText.Danish, period.DisplayText.English));
    }

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
