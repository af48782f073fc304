using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

/// <summary>The worklist's search, its period and the rows of one case; lists and counts agree.</summary>
public sealed class WorklistSearchTests
{
    private static readonly Viewer Anna = LettersFixture.Caseworker();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<LettersFixture> OpenAsync()
    {
        var fixture = await LettersFixture.OpenAsync();
        await FailAsync(fixture, "brev-1", "24-0117", "Afgørelse om husleje", "Åse Lejer", 1);
        await FailAsync(fixture, "brev-2", "24-0117", "Høring om varmeregnskab", "Udlejer ApS", 26);
        await FailAsync(fixture, "brev-3", "24-0199", "Afgørelse om varmeregnskabet", "Bent Ejer", 50);
        await fixture.StatusAsync(KnownHandlinger.Fejlet, uuid: "ingen");
        fixture.Time.Advance(TimeSpan.FromHours(60));
        return fixture;
    }

    private static async Task FailAsync(LettersFixture fixture, string id, string number, string title, string name, double hours)
    {
        await fixture.RegisterAsync(LettersFixture.Letter(id, uuid: id) with
        {
            CaseNumber = number, Title = title, Recipient = new LetterRecipient(name, null, null),
        });
        await fixture.StatusAsync(KnownHandlinger.Fejlet, hours, uuid: id);
    }

    private static async Task<string[]> FoundAsync(LettersFixture fixture, WorkQuery query, Viewer? viewer = null)
    {
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await fixture.Worklist.ReadAsync(viewer ?? Anna, query, cursor, 1, Stop);
            ids.AddRange(page.Items.Select(i => i.LetterId ?? "status"));
            cursor = page.Cursor;
        }
        while (cursor is not null);
        Assert.Equal(ids.Count, await fixture.Worklist.CountAsync(viewer ?? Anna, query, Stop));
        return [.. ids];
    }

    [Fact]
    public async Task Words_find_case_number_title_and_recipient_and_the_count_is_true()
    {
        await using var fixture = await OpenAsync();
        Task<string[]> WithAsync(string text) => FoundAsync(fixture, new WorkQuery { Text = text });
        Assert.Equal(["brev-1", "brev-2"], await WithAsync("24-0117"));
        Assert.Equal(["brev-2", "brev-3"], await WithAsync("varmeregnskab"));

        // Longer than the ten characters that the index knows.
        Assert.Equal(["brev-3"], await WithAsync("varmeregnskabet"));
        Assert.Equal(["brev-1"], await WithAsync("åse"));
        Assert.Equal(["brev-3"], await WithAsync("afgørelse bent"));
        Assert.Empty(await WithAsync("åse varmeregnskab"));
        Assert.Empty(await WithAsync("-"));
        Assert.Equal(4, (await WithAsync(" ")).Length);
        Assert.Empty(await FoundAsync(fixture, new WorkQuery { Text = "åse" }, LettersFixture.Caseworker("12345678")));
    }

    [Fact]
    public async Task A_row_is_in_the_period_in_which_its_reason_became_true()
    {
        await using var fixture = await OpenAsync();
        var sent = new DateTimeOffset(2024, 3, 4, 9, 0, 0, TimeSpan.Zero);
        Assert.Equal(["brev-2"], await FoundAsync(
            fixture, new WorkQuery(FollowUpReason.Failed) { From = sent.AddHours(26), Before = sent.AddHours(50) }));
        Assert.Equal(["brev-3"], await FoundAsync(fixture, new WorkQuery { From = sent.AddHours(27) }));

        // A status without a letter waits from an hour after its receipt.
        Assert.Equal(["brev-1"], await FoundAsync(fixture, new WorkQuery { Before = sent.AddHours(2) }));
        Assert.Equal(["brev-1", "status"], await FoundAsync(fixture, new WorkQuery { Before = sent.AddHours(2).AddMinutes(1) }));
    }

    [Fact]
    public async Task The_rows_of_a_case_are_its_letters_rows_in_any_writing_of_its_number()
    {
        await using var fixture = await OpenAsync();
        Assert.Equal(["brev-1", "brev-2"], await FoundAsync(fixture, new WorkQuery { CaseNumber = "24‑0117" }));
        Assert.Empty(await FoundAsync(fixture, new WorkQuery { CaseNumber = "24-0118" }));
        Assert.Empty(await FoundAsync(fixture, new WorkQuery(FollowUpReason.Unmatched) { CaseNumber = "24-0117" }));
    }
}
