using CsCheck;
using Portal.Ingestion.Letters;
using Portal.Platform.Ui;
using Portal.Tests.Features.Cases;
using Xunit;

namespace Portal.Tests.Features.FollowUp;

/// <summary>A row that someone is working on neither disappears nor moves.</summary>
public sealed class PinnedRowsTests
{
    private static FollowUpItem Row(int n, string title = "") =>
        new($"l-{n}", FollowUpReason.Failed, $"26-{n}", $"L-{n}", title, null, FakeCases.Sent, null,
            LocalizedText.AsSent("Send brevet igen."));

    private static string Ids(IEnumerable<FollowUpItem> rows) => string.Join(' ', rows.Select(r => r.Id[2..]));

    private static IReadOnlyList<FollowUpItem> Rows(string ids) => [.. ids.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(n => Row(int.Parse(n, System.Globalization.CultureInfo.InvariantCulture)))];

    [Theory]
    [InlineData("1 2 3", "1 3", "", "1 3")]
    [InlineData("1 2 3", "1 3", "2", "1 2 3")]
    [InlineData("1 2 3", "", "2", "2")]
    [InlineData("1 2 3", "2 3 4", "1", "1 2 3 4")]
    [InlineData("1 2 3", "1 3 2", "2", "1 2 3")]
    [InlineData("1 2 3 4", "1 9 4", "2 3", "1 2 3 9 4")]
    [InlineData("1 2 3", "3", "2", "2 3")]
    [InlineData("", "1 2", "1", "1 2")]
    public void A_held_row_stays_after_the_row_it_stood_after(string shown, string fresh, string held, string expected)
    {
        var holds = held.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => $"l-{n}").ToHashSet();
        Assert.Equal(expected, Ids(PinnedRows.Merge(Rows(shown), Rows(fresh), r => r.Id, holds.Contains)));
    }

    [Fact]
    public void A_held_row_that_is_still_on_the_list_is_shown_as_it_is_now() =>
        Assert.Equal("ny", PinnedRows.Merge([Row(1)], [Row(1, "ny")], r => r.Id, _ => true).Single().Title);

    // The generated lists are sorted, so that rows present before and after keep their order.
    [Fact]
    public void Every_row_of_the_list_and_every_held_row_is_shown_once() =>
        Gen.Select(Gen.Int[1, 12].HashSet[0, 10], Gen.Int[1, 12].HashSet[0, 10], Gen.Int[1, 12].HashSet[0, 6])
            .Sample((shown, fresh, held) =>
            {
                var merged = PinnedRows.Merge([.. shown.Order().Select(n => Row(n))], [.. fresh.Order().Select(n => Row(n))], r => r.Id,
                    id => held.Contains(int.Parse(id[2..], System.Globalization.CultureInfo.InvariantCulture)));
                Assert.Equal(fresh.Union(shown.Intersect(held)).Order(),
                    merged.Select(r => int.Parse(r.Id[2..], System.Globalization.CultureInfo.InvariantCulture)).Order());
                var stay = shown.Order().Where(held.Contains).ToList();
                Assert.Equal(stay, merged.Select(r => int.Parse(r.Id[2..], System.Globalization.CultureInfo.InvariantCulture))
                    .Where(n => stay.Contains(n)));
            });
}
