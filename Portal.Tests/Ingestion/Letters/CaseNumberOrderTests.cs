using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

/// <summary>The list of cases in the order of their numbers.</summary>
public sealed class CaseNumberOrderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_of_two_give_each_case_once_in_the_order_of_the_numbers(bool descending)
    {
        await using var fixture = await OpenAsync();
        var (numbers, cursor, pages) = (new List<string>(), (string?)null, 0);
        do
        {
            var page = await fixture.Cases.ByNumberAsync(LettersFixture.Caseworker(), descending, cursor, 2, Stop);
            numbers.AddRange(page.Items.Select(c => c.CaseNumber));
            (cursor, pages) = (page.Cursor, pages + 1);
        }
        while (cursor is not null);

        string[] expected = ["25-0001", "26-0100", "26-0412", "26-0433", "27-0001"];
        Assert.Equal(descending ? expected.Reverse() : expected, numbers);
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task Another_authority_sees_none_and_a_viewer_of_two_gets_the_order_of_the_letters()
    {
        await using var fixture = await OpenAsync();
        Assert.Empty((await fixture.Cases.ByNumberAsync(LettersFixture.Caseworker("12345678"), false, null, 10, Stop)).Items);
        var both = LettersFixture.Caseworker() with { Authorities = [LettersFixture.Own, "12345678"] };
        Assert.Equal(
            (await fixture.Cases.SearchAsync(both, null, null, 10, Stop)).Items.Select(c => c.CaseNumber),
            (await fixture.Cases.ByNumberAsync(both, false, null, 10, Stop)).Items.Select(c => c.CaseNumber));
        await Assert.ThrowsAsync<FormatException>(
            () => fixture.Cases.ByNumberAsync(LettersFixture.Caseworker(), false, "nej", 10, Stop));
    }

    private static async Task<LettersFixture> OpenAsync()
    {
        var fixture = await LettersFixture.OpenAsync();
        foreach (var (number, n) in ((string[])["26-0412", "25-0001", "27-0001", "26-0100", "26-0433", "26-0412"]).Select((c, n) => (c, n)))
            await fixture.RegisterAsync(LettersFixture.Letter($"brev-{n}", $"uuid-{n}") with { CaseNumber = number });
        return fixture;
    }
}
