using CsCheck;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Search;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

public sealed class LetterSearchTests
{
    private static readonly Gen<string> AnyWord = Gen.Char["abåæøz059ÆØÅéüß"].Array[1, 14].Select(c => new string(c));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void A_words_number_lies_within_the_range_of_each_of_its_beginnings() =>
        Gen.Select(AnyWord, Gen.Int[1, 14]).Sample((word, length) =>
        {
            var folded = WordCode.Fold(word);
            var (from, to) = WordCode.Range(folded[..Math.Min(length, folded.Length)]);
            return WordCode.Of(folded) >= from && WordCode.Of(folded) <= to;
        });

    [Fact]
    public void A_word_that_does_not_begin_so_lies_outside() => Gen.Select(AnyWord, AnyWord).Sample((word, prefix) =>
    {
        var (folded, beginning) = (WordCode.Fold(word), WordCode.Fold(prefix));
        var (from, to) = WordCode.Range(beginning);
        var inside = WordCode.Of(folded) >= from && WordCode.Of(folded) <= to;
        return inside == (folded + new string('\0', WordCode.Length))
            .StartsWith(beginning[..Math.Min(beginning.Length, WordCode.Length)], StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("ÅSE", "åse")]
    [InlineData("A\u030Ase", "åse")]
    [InlineData("Müller Öland", "myller øland")]
    [InlineData("José", "jose")]
    public void Words_are_folded_by_danish_rules(string text, string folded) => Assert.Equal(folded, WordCode.Fold(text));

    [Theory]
    [InlineData("åse", 1)]
    [InlineData("ÅS", 1)]
    [InlineData("lejer åse", 1)]
    [InlineData("24-0117", 1)]
    [InlineData("0117", 1)]
    [InlineData("117", 0)]
    [InlineData("brev-1", 1)]
    [InlineData("husleje afgørelse åse 24", 1)]
    [InlineData("husleje afgørelse bo", 0)]
    [InlineData("afgørelsesmodel", 0)]
    [InlineData("%", 0)]
    [InlineData("0101011234", 0)]
    public async Task Every_word_or_its_beginning_is_looked_for_in_number_id_title_and_name(string text, int hits)
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.RegisterAsync(LettersFixture.Letter(
            "x", "bbbb") with { CaseNumber = "25-1", Title = "Notat", Recipient = new LetterRecipient("Bo", null, null) });
        Assert.Equal(hits, (await fixture.Cases.SearchAsync(LettersFixture.Caseworker(), text, null, 10, Stop)).Items.Count);
        Assert.Empty((await fixture.Cases.SearchAsync(LettersFixture.Caseworker("12345678"), text, null, 10, Stop)).Items);
    }

    [Fact]
    public async Task A_corrected_letter_is_found_by_what_it_says_now()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.RegisterAsync(LettersFixture.Letter() with { Title = "Partshøring" });
        Assert.Empty((await fixture.Cases.SearchAsync(LettersFixture.Caseworker(), "afgørelse", null, 10, Stop)).Items);
        Assert.Single((await fixture.Cases.SearchAsync(LettersFixture.Caseworker(), "partshør", null, 10, Stop)).Items);
        await using var db = fixture.CreateDbContext();
        var codes = LetterText.CodesOf(LettersFixture.Letter() with { Title = "Partshøring" });
        Assert.Equal(codes.Order(), await db.LetterWords.Select(w => w.Code).OrderBy(c => c).ToListAsync(Stop));
    }

    [Fact]
    public async Task Letters_from_before_words_were_kept_are_found_after_the_backfill()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        for (var n = 0; n < 3; n++) await fixture.RegisterAsync(LettersFixture.Letter($"b{n}", $"u{n}"));
        await using (var db = fixture.CreateDbContext()) await db.LetterWords.ExecuteDeleteAsync(Stop);
        Assert.Empty((await fixture.Cases.SearchAsync(LettersFixture.Caseworker(), "husleje", null, 10, Stop)).Items);
        Assert.Equal(3, await fixture.Backfill.RunAsync(Stop));
        Assert.Equal(0, await fixture.Backfill.RunAsync(Stop));
        Assert.Single((await fixture.Cases.SearchAsync(LettersFixture.Caseworker(), "husleje", null, 10, Stop)).Items);
    }

    /// <summary>Searches by rare words, by common words and without words give the same as reading every letter.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("fælles")]
    [InlineData("f")]
    [InlineData("fælles sjælden")]
    [InlineData("sjælden")]
    public async Task Pages_give_every_case_once_newest_first(string? text)
    {
        await using var fixture = await LettersFixture.OpenAsync();
        var letters = Enumerable.Range(0, 2600).Select(n => LettersFixture.Letter($"b{n}", $"u{n}") with
        {
            CaseNumber = $"24-{n % 1300:0000}", Title = n % 97 == 0 ? "Fælles sjælden" : "Fælles",
            Recipient = new LetterRecipient("Bo", null, null),
            SentAt = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(n * 7919 % 2600),
        }).ToList();
        foreach (var part in letters.Chunk(1000)) await fixture.Registry.RegisterAsync(LettersFixture.Caseworker(), part, Stop);
        var expected = letters.Where(l => text is null || !text.Contains("sjælden", StringComparison.Ordinal)
            || l.Title.Contains("sjælden", StringComparison.Ordinal))
            .GroupBy(l => l.CaseNumber).OrderByDescending(g => g.Max(l => l.SentAt)).Select(g => g.Key);

        var found = new List<string>();
        string? cursor = null;
        do
        {
            var page = await fixture.Cases.SearchAsync(LettersFixture.Caseworker(), text, cursor, 300, Stop);
            found.AddRange(page.Items.Select(c => c.CaseNumber));
            cursor = page.Cursor;
        }
        while (cursor is not null);
        Assert.Equal(expected, found);
    }
}
