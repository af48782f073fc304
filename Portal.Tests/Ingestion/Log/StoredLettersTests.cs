using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Catalogue;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Tests.Ingestion.Letters;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

/// <summary>Letters, searches and figures over received messages, on each database; the derived classes choose it.</summary>
public abstract class StoredLettersTests
{
    // An attribute cannot hold half a surrogate pair, so this name stands for one.
    private const string HalfAPair = "half";

    /// <summary>A message side over a separate database.</summary>
    private protected abstract Task<IngestionFixture> OpenAsync();

    [Fact]
    public async Task A_status_finds_its_letter_whichever_comes_first()
    {
        await using var fixture = await OpenAsync();
        await RegisterAsync(fixture, Letter("først", "aaaaaaaa-0000-0000-0000-000000000001"));
        await StatusAsync(fixture, "aaaaaaaa-0000-0000-0000-000000000001", KnownHandlinger.AfleveretDigitalPost);
        await StatusAsync(fixture, "AAAAAAAA-0000-0000-0000-000000000002", KnownHandlinger.Fejlet, "<FejlDetaljer>"
            + "<FejlKode>memo.invalid</FejlKode><FejlTekst>Postkassen på C:\\post\\ind er lukket 0x1f</FejlTekst></FejlDetaljer>");
        await MatchAsync(fixture);
        await RegisterAsync(fixture, Letter("sidst", "aaaaaaaa-0000-0000-0000-000000000002"));

        var views = (await Cases(fixture).FindAsync(LettersFixture.Caseworker(), "24-0117", default))!.Letters
            .ToDictionary(l => l.LetterId);
        Assert.Equal((Verdict.Delivered, Verdict.Failed), (views["først"].Verdict, views["sidst"].Verdict));
        var item = Assert.Single((await Cases(fixture).FollowUpAsync(LettersFixture.Caseworker(), null, false, null, 10, default)).Items);
        Assert.Equal((FollowUpReason.Failed, "sidst"), (item.Reason, item.LetterId));
        Assert.Equal(1, await Cases(fixture).AttentionCountAsync(LettersFixture.Caseworker(), default));
        Assert.Equal((1, 1), ((await Cases(fixture).CountAsync(LettersFixture.Caseworker(), DateTimeOffset.MinValue, default)).Delivered,
            (await Cases(fixture).CountAsync(LettersFixture.Caseworker(), DateTimeOffset.MinValue, default)).Failed));
    }

    [Fact]
    public async Task A_correction_moves_the_statuses_and_keeps_the_earlier_letter_readable()
    {
        await using var fixture = await OpenAsync();
        await RegisterAsync(fixture, Letter("brev", "aaaaaaaa-0000-0000-0000-000000000001"));
        await StatusAsync(fixture, "aaaaaaaa-0000-0000-0000-000000000002", KnownHandlinger.AfleveretDigitalPost);
        await MatchAsync(fixture);
        Assert.Equal(RegistrationOutcome.Unchanged, await RegisterAsync(fixture, Letter("brev", "aaaaaaaa-0000-0000-0000-000000000001")));
        Assert.Equal(RegistrationOutcome.Corrected, await RegisterAsync(fixture, Letter("brev", "aaaaaaaa-0000-0000-0000-000000000002")));

        var letter = (await Cases(fixture).FindAsync(LettersFixture.Caseworker(), "24-0117", default))!.Letters.Single();
        Assert.Equal(Verdict.Delivered, letter.Verdict);
        Assert.Single(letter.Corrections);
    }

    [Fact]
    public async Task Messages_are_found_by_type_status_time_case_and_words_and_counted_alike()
    {
        await using var fixture = await OpenAsync();
        var before = fixture.Time.GetUtcNow();
        await RegisterAsync(fixture, Letter("brev-Ø", "aaaaaaaa-0000-0000-0000-000000000001"));
        await StatusAsync(fixture, "aaaaaaaa-0000-0000-0000-000000000001", KnownHandlinger.Klar);
        fixture.Time.Advance(TimeSpan.FromHours(2));
        await StatusAsync(fixture, "bbbbbbbb-0000-0000-0000-000000000002", KnownHandlinger.Fejlet, "<FejlDetaljer>"
            + "<FejlKode>memo.invalid</FejlKode><FejlTekst>Postkassen på C:\\post\\ind er lukket 0x1f</FejlTekst></FejlDetaljer>");
        await fixture.ReceiveAsync(IngestionFixture.Envelope("plain", "99999999-0000-0000-0000-000000000001"));
        await MatchAsync(fixture);

        await FindsAsync(fixture, new MessageFilter(Type: "PKO_PostStatus"), 2, 1);
        await FindsAsync(fixture, new MessageFilter(Status: "fejlet"), 2);
        await FindsAsync(fixture, new MessageFilter(From: before.AddHours(1)), 3, 2);
        await FindsAsync(fixture, new MessageFilter(To: before.AddHours(1)), 1);
        await FindsAsync(fixture, new MessageFilter(From: before.AddMinutes(-90), To: before.AddHours(1)), 1);
        await FindsAsync(fixture, new MessageFilter(CaseNumber: "24-0117"), 1);
        await FindsAsync(fixture, new MessageFilter(Text: "HUSLEJE"), 1);
        await FindsAsync(fixture, new MessageFilter(Text: "BREV-Ø afgørelse"), 1);
        await FindsAsync(fixture, new MessageFilter(Text: "bbbbbbbb"), 2);
        await FindsAsync(fixture, new MessageFilter(Text: "BBBBBBBB-0000-0000-0000-000000000002"), 2);
        await FindsAsync(fixture, new MessageFilter(Text: "bbbbbbbb00000000"), 2);
        await FindsAsync(fixture, new MessageFilter(Text: "{BBBBBBBB\u20110000\u20110000-00"), 2);
        await FindsAsync(fixture, new MessageFilter(Text: "plai"), 3);
        await FindsAsync(fixture, new MessageFilter(Text: "digital"), 2, 1);
        await FindsAsync(fixture, new MessageFilter(Text: "postkass"), 2);
        await FindsAsync(fixture, new MessageFilter(Text: "POST\\ind"), 2);
        await FindsAsync(fixture, new MessageFilter(Text: "0x1"), 2);
        await FindsAsync(fixture, new MessageFilter(Text: "ind\\post"));
        await FindsAsync(fixture, new MessageFilter(Text: "24\\_0117"));
        await FindsAsync(fixture, new MessageFilter(Text: "'%_&|!:*"));
        Assert.Equal([1, 0, 2], await fixture.Messages.VolumeAsync(
            IngestionFixture.Administrator(), MessageFilter.Everything, before, TimeSpan.FromHours(1), 3, default));
        Assert.Equal([0, 1], await fixture.Messages.VolumeAsync(IngestionFixture.Administrator(), new MessageFilter(Text: "postkass"),
            before.AddMinutes(90), TimeSpan.FromMinutes(20), 2, default));
        var types = await fixture.Services.GetRequiredService<ICatalogue>().ListAsync(IngestionFixture.Administrator(), default);
        Assert.Equal((2, 2), (types.Single(t => t.Name == "PKO_PostStatus").Total, types.Single(t => t.Name == "PKO_PostStatus").LastDay));
    }

    [Theory]
    [InlineData("åSE")]
    [InlineData("AFGØRELSE")]
    [InlineData("afgørelse åse")]
    [InlineData("24-01")]
    [InlineData("BREV-1")]
    public async Task Cases_are_found_whatever_the_case_of_the_letters(string text)
    {
        await using var fixture = await OpenAsync();
        await RegisterAsync(fixture, LettersFixture.Letter());
        Assert.Equal("24-0117",
            Assert.Single((await Cases(fixture).SearchAsync(LettersFixture.Caseworker(), text, null, 10, default)).Items).CaseNumber);
        Assert.Empty((await Cases(fixture).SearchAsync(LettersFixture.Caseworker("12345678"), text, null, 10, default)).Items);
        Assert.Empty((await Cases(fixture).SearchAsync(LettersFixture.Caseworker(), text + "%x", null, 10, default)).Items);
    }

    [Fact]
    public async Task Cases_are_read_page_by_page_each_once()
    {
        await using var fixture = await OpenAsync();
        string[] numbers = ["24-1", "24-2", "ø-1", "Å-2", "a-1", "B-2", "24_3"];
        foreach (var number in numbers) await RegisterAsync(fixture, LettersFixture.Letter(number, number) with { CaseNumber = number });
        var (seen, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await Cases(fixture).SearchAsync(LettersFixture.Caseworker(), null, cursor, 2, default);
            seen.AddRange(page.Items.Select(c => c.CaseNumber));
            cursor = page.Cursor;
        }
        while (cursor is not null);

        Assert.Equal(numbers.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        Assert.True(CprNumber.TryParse("0101011234", out var cpr));
        Assert.Equal(numbers.Length, (await Cases(fixture).SearchByCprAsync(LettersFixture.Caseworker(), cpr, default)).Count);
    }

    [Fact]
    public async Task An_ambiguous_and_an_unmatched_status_are_on_the_worklist_page_by_page()
    {
        await using var fixture = await OpenAsync();
        foreach (var id in new[] { "a", "b" }) await RegisterAsync(fixture, Letter(id, "aaaaaaaa-0000-0000-0000-000000000001"));
        await StatusAsync(fixture, "aaaaaaaa-0000-0000-0000-000000000001", KnownHandlinger.Klar);
        await StatusAsync(fixture, "cccccccc-0000-0000-0000-000000000001", KnownHandlinger.Klar);
        await MatchAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromHours(1));

        var first = await Cases(fixture).FollowUpAsync(LettersFixture.Caseworker(), null, true, null, 1, default);
        var second = await Cases(fixture).FollowUpAsync(LettersFixture.Caseworker(), null, true, first.Cursor, 1, default);
        Assert.Equal(
            [FollowUpReason.Unmatched, FollowUpReason.Ambiguous], [.. first.Items.Concat(second.Items).Select(i => i.Reason).Order()]);
        Assert.NotEqual(first.Items[0].Id, second.Items[0].Id);
    }

    [Theory]
    [InlineData("\0", false)]
    [InlineData("\u0001\u001f\u0085", false)]
    [InlineData(HalfAPair, false)]
    [InlineData("husleje\0", true)]
    [InlineData("\u0002afgørelse\0husleje", true)]
    public async Task Characters_that_no_text_holds_are_cut_away_and_break_no_search(string text, bool found)
    {
        if (text == HalfAPair) text = "\ud800x";
        await using var fixture = await OpenAsync();
        await RegisterAsync(fixture, Letter("brev", "aaaaaaaa-0000-0000-0000-000000000001"));
        await StatusAsync(fixture, "aaaaaaaa-0000-0000-0000-000000000001", KnownHandlinger.Klar);
        await MatchAsync(fixture);
        var viewer = LettersFixture.Caseworker();
        var filter = new MessageFilter(Text: text);
        var all = SearchWords.Of(text).Any();
        Assert.Equal(found || !all,
            (await fixture.Messages.ListAsync(IngestionFixture.Administrator(), filter, null, 10, default)).Items.Count == 1);
        Assert.Equal(found || !all ? 1 : 0, (await fixture.Messages.CountAsync(IngestionFixture.Administrator(), filter, default)).Value);
        Assert.Equal(found || !all, (await Cases(fixture).SearchAsync(viewer, text, null, 10, default)).Items.Count == 1);
        Assert.Empty((await fixture.Messages.ListAsync(IngestionFixture.Administrator(),
            new MessageFilter(CaseNumber: "24-0117" + text, Type: text, Status: text), null, 10, default)).Items);

        // Invisible characters in a case number are ignored.
        var same = IdentifierKey.Of("24-0117" + text) == "24-0117";
        Assert.Equal(same ? 1 : 0, (await fixture.Messages.ListAsync(
            IngestionFixture.Administrator(), new MessageFilter(CaseNumber: "24-0117" + text), null, 10, default)).Items.Count);
        Assert.Equal(same, await Cases(fixture).FindAsync(viewer, "24-0117" + text, default) is not null);
        Assert.Null(await fixture.Messages.FindAsync(IngestionFixture.Administrator(), "x" + text, default));
        Assert.False(await fixture.Services.GetRequiredService<IHandMatching>().UndoAsync(viewer, "x" + text, default));
        Assert.Empty(await fixture.Services.GetRequiredService<Portal.Ingestion.Verification.ILedgerReader>()
            .CheckAsync(IngestionFixture.Administrator(), ["x" + text], default));
    }

    [Fact]
    public async Task A_message_is_found_by_its_BeskedId_and_by_its_beginning()
    {
        await using var fixture = await OpenAsync();
        await fixture.ReceiveAsync(IngestionFixture.Envelope("aaaabbbb-0000-0000-0000-000000000001"));
        await fixture.ReceiveAsync(IngestionFixture.Envelope("aaaabbbb-0000-0000-0000-000000000002"));
        await fixture.ReceiveAsync(IngestionFixture.Envelope("som den kom"));
        await FindsAsync(fixture, new MessageFilter(Text: "aaaabbbb"), 2, 1);
        await FindsAsync(fixture, new MessageFilter(Text: "AAAABBBB-0000-0000-0000-000000000002"), 2);
        foreach (var id in (string[])["aaaabbbb-0000-0000-0000-000000000002", "som den kom"])
            Assert.Equal(id, (await fixture.Messages.FindAsync(IngestionFixture.Administrator(), id, default))!.BeskedId);
        Assert.Null(await fixture.Messages.FindAsync(IngestionFixture.Administrator(), "som den ko", default));
    }

    private static ICaseReader Cases(IngestionFixture fixture) => fixture.Services.GetRequiredService<ICaseReader>();

    private static Task<int> MatchAsync(IngestionFixture fixture) =>
        fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);

    private static LetterRegistration Letter(string id, string uuid) => LettersFixture.Letter(id, uuid);

    private static async Task<RegistrationOutcome> RegisterAsync(IngestionFixture fixture, LetterRegistration letter) =>
        (await fixture.Services.GetRequiredService<ILetterRegistry>().RegisterAsync(LettersFixture.Caseworker(), [letter], default))[0];

    private static async Task StatusAsync(IngestionFixture fixture, string uuid, string action, string inside = "") =>
        await fixture.ReceiveAsync(Stories.Envelopes.With(
            action, $"<MessageUUID>{uuid}</MessageUUID><KanalKode>Digital "
                + $"Post</KanalKode><TransaktionsDatoTid>2024-03-04T11:00:00Z</TransaktionsDatoTid>{inside}").Bytes);

    private static async Task FindsAsync(IngestionFixture fixture, MessageFilter filter, params long[] sequences)
    {
        var viewer = IngestionFixture.Administrator();
        Assert.Equal(sequences, (await fixture.Messages.ListAsync(viewer, filter, null, 10, default)).Items.Select(m => m.Sequence));
        Assert.Equal(
            sequences.Reverse(), (await fixture.Messages.ReadAfterAsync(viewer, filter, 0, 10, default)).Items.Select(m => m.Sequence));
        Assert.Equal(sequences.Length, (await fixture.Messages.CountAsync(viewer, filter, default)).Value);
    }
}
