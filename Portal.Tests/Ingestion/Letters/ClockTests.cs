using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

/// <summary>Clocks that disagree are reported with the letter's verdict and with its last day to appeal.</summary>
public sealed class ClockTests
{
    private const string Doubt = "usikker";

    [Theory]
    [InlineData(1, false)]
    [InlineData(24 * 400, true)]
    public async Task An_arrival_later_than_its_receipt_is_kept_and_shown_as_doubtful(double hours, bool doubted)
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, hours);
        var letter = await fixture.FindAsync();
        Assert.Equal(Verdict.Delivered, letter.Verdict);
        Assert.NotNull(letter.AppealDeadline);
        Assert.Equal(doubted, letter.Explanation.Danish.Contains(Doubt, StringComparison.Ordinal));
        Assert.Equal(doubted, letter.AppealNote.Danish.Contains(Doubt, StringComparison.Ordinal));
        if (doubted)
            Assert.Contains("modtog statussen allerede 4. marts 2024 kl. 11.00", letter.Explanation.Danish, StringComparison.Ordinal);
    }
}
