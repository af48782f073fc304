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

/// <summary>Letters, searches and figures over what came through the doors, whatever keeps it: the derived classes say which.</summary>
public abstract class StoredLettersTests
{
    // The compiler keeps no half pair in an attribute.
    private const string HalfAPair = "half";

    /// <summary>A message side over a database of its own.</summary>
    private protected abstract Task<IngestionHouse> OpenAsync();

    [Fact]
    public async Task A_status_finds_its_letter_whichever_comes_first()
    {
        await using var house = await OpenAsync();
        await RegisterAsync(house, Letter("først", "aaaaaaaa-0000-0000-0000-000000000001"));
        await StatusAsync(house, "aaaaaaaa-0000-0000-0000-000000000001", KnownHandlinger.AfleveretDigitalPost);
        await StatusAsync(house, "AAAAAAAA-0000-0000-0000-000000000002", KnownHandlinger.Fejlet, "<FejlDetaljer><FejlKode>memo.invalid</FejlKode><FejlTekst>Postkassen på C:\\post\\ind er lukket 0x1f</FejlTekst></FejlDetaljer>");
        await MatchAsync(house);
        await RegisterAsync(house, Letter("sidst", "aaaaaaaa-0000-0000-0000-000000000002"));

        var told = (await Cases(house).FindAsync(LettersHouse.Caseworker(), "24-0117", default))!.Letters.ToDictionary(l => l.LetterId);
        Assert.Equal((Verdict.Delivered, Verdict.Failed), (told["først"].Verdict, told["sidst"].Verdict));
        var item = Assert.Single((await Cases(house).FollowUpAsync(LettersHouse.Caseworker(), null, false, null, 10, default)).Items);
        Assert.Equal((FollowUpReason.Failed, "sidst"), (item.Reason, item.LetterId));
        Assert.Equal(1, await Cases(house).AttentionCountAsync(LettersHouse.Caseworker(), default));
        Assert.Equal((1, 1), ((await Cases(house).CountAsync(LettersHouse.Caseworker(), DateTimeOffset.MinValue, default)).Delivered, (await Cases(house).CountAsync(LettersHouse.Caseworker(), DateTimeOffset.MinValue, default)).Failed));
    }

    [Fact]
    public async Task A_correction_moves_the_statuses_and_keeps_the_earlier_letter_readable()
    {
        await using var house = await OpenAsync();
        await RegisterAsync(house, Letter("brev", "aaaaaaaa-0000-0000-0000-000000000001"));
        await StatusAsync(house, "aaaaaaaa-0000-0000-0000-000000000002", KnownHandlinger.AfleveretDigitalPost);
        await MatchAsync(house);
        Assert.Equal(RegistrationOutcome.Unchanged, await RegisterAsync(house, Letter("brev", "aaaaaaaa-0000-0000-0000-000000000001")));
        Assert.Equal(RegistrationOutcome.Corrected, await RegisterAsync(house, Letter("brev", "aaaaaaaa-0000-0000-0000-000000000002")));

        var letter = (await Cases(house).FindAsync(LettersHouse.Caseworker(), "24-0117", default))!.Letters.Single();
        Assert.Equal(Verdict.Delivered, letter.Verdict);
        Assert.Single(letter.Corrections);
    }

    [Fact]
    public async Task Messages_are_found_by_type_status_time_case_and_words_and_counted_alike()
    {
        await using var house = await OpenAsync();
        var before = house.Time.GetUtcNow();
        await RegisterAsync(house, Letter("brev-Ø", "aaaaaaaa-0000-0000-0000-000000000001"));
        await StatusAsync(house, "aaaaaaaa-0000-0000-0000-000000000001", KnownHandlinger.Klar);
        house.Time.Advance(TimeSpan.FromHours(2));
        await StatusAsync(house, "bbbbbbbb-0000-0000-0000-000000000002", KnownHandlinger.Fejlet, "<FejlDetaljer><FejlKode>memo.invalid</FejlKode><FejlTekst>Postkassen på C:\\post\\ind er lukket 0x1f</FejlTekst></FejlDetaljer>");
        await house.ReceiveAsync(IngestionHouse.Envelope("plain", "99999999-0000-0000-0000-000000000001"));
        await MatchAsync(house);

        await FindsAsync(house, new MessageFilter(Type: "PKO_PostStatus"), 2, 1);
        await FindsAsync(house, new MessageFilter(Status: "fejlet"), 2);
        await FindsAsync(house, new MessageFilter(From: before.AddHours(1)), 3, 2);
        await FindsAsync(house, new MessageFilter(To: before.AddHours(1)), 1);
        await FindsAsync(house, new MessageFilter(From: before.AddMinutes(-90), To: before.AddHours(1)), 1);
        await FindsAsync(house, new MessageFilter(CaseNumber: "24-0117"), 1);
        await FindsAsync(house, new MessageFilter(Text: "HUSLEJE"), 1);
        await FindsAsync(house, new MessageFilter(Text: "BREV-Ø afgørelse"), 1);
        await FindsAsync(house, new MessageFilter(Text: "bbbbbbbb"), 2);
        await FindsAsync(house, new MessageFilter(Text: "BBBBBBBB-0000-0000-0000-000000000002"), 2);
        await FindsAsync(house, new MessageFilter(Text: "bbbbbbbb00000000"), 2);
        await FindsAsync(house, new MessageFilter(Text: "{BBBBBBBB\u20110000\u20110000-00"), 2);
        await FindsAsync(house, new MessageFilter(Text: "plai"), 3);
        await FindsAsync(house, new MessageFilter(Text: "digital"), 2, 1);
        await FindsAsync(house, new MessageFilter(Text: "postkass"), 2);
        await FindsAsync(house, new MessageFilter(Text: "POST\\ind"), 2);
        await FindsAsync(house, new MessageFilter(Text: "0x1"), 2);
        await FindsAsync(house, new MessageFilter(Text: "ind\\post"));
        await FindsAsync(house, new MessageFilter(Text: "24\\_0117"));
        await FindsAsync(house, new MessageFilter(Text: "'%_&|!:*"));
        Assert.Equal([1, 0, 2], await house.Messages.VolumeAsync(IngestionHouse.Administrator(), MessageFilter.Everything, before, TimeSpan.FromHours(1), 3, default));
        Assert.Equal([0, 1], await house.Messages.VolumeAsync(IngestionHouse.Administrator(), new MessageFilter(Text: "postkass"), before.AddMinutes(90), TimeSpan.FromMinutes(20), 2, default));
        var types = await house.Services.GetRequiredService<ICatalogue>().ListAsync(IngestionHouse.Administrator(), default);
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
        await using var house = await OpenAsync();
        await RegisterAsync(house, LettersHouse.Letter());
        Assert.Equal("24-0117", Assert.Single((await Cases(house).SearchAsync(LettersHouse.Caseworker(), text, null, 10, default)).Items).CaseNumber);
        Assert.Empty((await Cases(house).SearchAsync(LettersHouse.Caseworker("12345678"), text, null, 10, default)).Items);
        Assert.Empty((await Cases(house).SearchAsync(LettersHouse.Caseworker(), text + "%x", null, 10, default)).Items);
    }

    [Fact]
    public async Task Cases_are_read_page_by_page_each_once()
    {
        await using var house = await OpenAsync();
        string[] numbers = ["24-1", "24-2", "ø-1", "Å-2", "a-1", "B-2", "24_3"];
        foreach (var number in numbers) await RegisterAsync(house, LettersHouse.Letter(number, number) with { CaseNumber = number });
        var (seen, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await Cases(house).SearchAsync(LettersHouse.Caseworker(), null, cursor, 2, default);
            seen.AddRange(page.Items.Select(c => c.CaseNumber));
            cursor = page.Cursor;
        }
        while (cursor is not null);

        Assert.Equal(numbers.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        Assert.True(CprNumber.TryParse("0101011234", out var cpr));
        Assert.Equal(numbers.Length, (await Cases(house).SearchByCprAsync(LettersHouse.Caseworker(), cpr, default)).Count);
    }

    [Fact]
    public async Task An_ambiguous_and_an_unmatched_status_stand_on_the_worklist_page_by_page()
    {
        await using var house = await OpenAsync();
        foreach (var id in new[] { "a", "b" }) await RegisterAsync(house, Letter(id, "aaaaaaaa-0000-0000-0000-000000000001"));
        await StatusAsync(house, "aaaaaaaa-0000-0000-0000-000000000001", KnownHandlinger.Klar);
        await StatusAsync(house, "cccccccc-0000-0000-0000-000000000001", KnownHandlinger.Klar);
        await MatchAsync(house);
        house.Time.Advance(TimeSpan.FromHours(1));

        var first = await Cases(house).FollowUpAsync(LettersHouse.Caseworker(), null, true, null, 1, default);
        var second = await Cases(house).FollowUpAsync(LettersHouse.Caseworker(), null, true, first.Cursor, 1, default);
        Assert.Equal([FollowUpReason.Unmatched, FollowUpReason.Ambiguous], [.. first.Items.Concat(second.Items).Select(i => i.Reason).Order()]);
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
        await using var house = await OpenAsync();
        await RegisterAsync(house, Letter("brev", "aaaaaaaa-0000-0000-0000-000000000001"));
        await StatusAsync(house, "aaaaaaaa-0000-0000-0000-000000000001", KnownHandlinger.Klar);
        await MatchAsync(house);
        var viewer = LettersHouse.Caseworker();
        var filter = new MessageFilter(Text: text);
        var all = SearchWords.Of(text).Any();
        Assert.Equal(found || !all, (await house.Messages.ListAsync(IngestionHouse.Administrator(), filter, null, 10, default)).Items.Count == 1);
        Assert.Equal(found || !all ? 1 : 0, (await house.Messages.CountAsync(IngestionHouse.Administrator(), filter, default)).Value);
        Assert.Equal(found || !all, (await Cases(house).SearchAsync(viewer, text, null, 10, default)).Items.Count == 1);
        Assert.Empty((await house.Messages.ListAsync(IngestionHouse.Administrator(), new MessageFilter(CaseNumber: "24-0117" + text, Type: text, Status: text), null, 10, default)).Items);

        // What is invisible in a case number does not count.
        var same = IdentifierKey.Of("24-0117" + text) == "24-0117";
        Assert.Equal(same ? 1 : 0, (await house.Messages.ListAsync(IngestionHouse.Administrator(), new MessageFilter(CaseNumber: "24-0117" + text), null, 10, default)).Items.Count);
        Assert.Equal(same, await Cases(house).FindAsync(viewer, "24-0117" + text, default) is not null);
        Assert.Null(await house.Messages.FindAsync(IngestionHouse.Administrator(), "x" + text, default));
        Assert.False(await house.Services.GetRequiredService<IHandMatching>().UndoAsync(viewer, "x" + text, default));
        Assert.Empty(await house.Services.GetRequiredService<Portal.Ingestion.Verification.ILedgerReader>().CheckAsync(IngestionHouse.Administrator(), ["x" + text], default));
    }

    [Fact]
    public async Task A_message_is_found_by_its_BeskedId_and_by_its_beginning()
    {
        await using var house = await OpenAsync();
        await house.ReceiveAsync(IngestionHouse.Envelope("aaaabbbb-0000-0000-0000-000000000001"));
        await house.ReceiveAsync(IngestionHouse.Envelope("aaaabbbb-0000-0000-0000-000000000002"));
        await house.ReceiveAsync(IngestionHouse.Envelope("som den kom"));
        await FindsAsync(house, new MessageFilter(Text: "aaaabbbb"), 2, 1);
        await FindsAsync(house, new MessageFilter(Text: "AAAABBBB-0000-0000-0000-000000000002"), 2);
        foreach (var id in (string[])["aaaabbbb-0000-0000-0000-000000000002", "som den kom"]) Assert.Equal(id, (await house.Messages.FindAsync(IngestionHouse.Administrator(), id, default))!.BeskedId);
        Assert.Null(await house.Messages.FindAsync(IngestionHouse.Administrator(), "som den ko", default));
    }

    private static ICaseReader Cases(IngestionHouse house) => house.Services.GetRequiredService<ICaseReader>();

    private static Task<int> MatchAsync(IngestionHouse house) => house.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);

    private static LetterRegistration Letter(string id, string uuid) => LettersHouse.Letter(id, uuid);

    private static async Task<RegistrationOutcome> RegisterAsync(IngestionHouse house, LetterRegistration letter) =>
        (await house.Services.GetRequiredService<ILetterRegistry>().RegisterAsync(LettersHouse.Caseworker(), [letter], default))[0];

    private static async Task StatusAsync(IngestionHouse house, string uuid, string action, string inside = "") => await house.ReceiveAsync(Stories.Envelopes.With(
        action, $"<MessageUUID>{uuid}</MessageUUID><KanalKode>Digital Post</KanalKode><TransaktionsDatoTid>2024-03-04T11:00:00Z</TransaktionsDatoTid>{inside}").Bytes);

    private static async Task FindsAsync(IngestionHouse house, MessageFilter filter, params long[] sequences)
    {
        var viewer = IngestionHouse.Administrator();
        Assert.Equal(sequences, (await house.Messages.ListAsync(viewer, filter, null, 10, default)).Items.Select(m => m.Sequence));
        Assert.Equal(sequences.Reverse(), (await house.Messages.ReadAfterAsync(viewer, filter, 0, 10, default)).Items.Select(m => m.Sequence));
        Assert.Equal(sequences.Length, (await house.Messages.CountAsync(viewer, filter, default)).Value);
    }
}
