using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

public sealed class MatchingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Letter_and_status_meet_whichever_comes_first(bool letterFirst)
    {
        await using var fixture = await LettersFixture.OpenAsync();
        if (letterFirst) await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost);
        if (!letterFirst) await fixture.RegisterAsync(LettersFixture.Letter());

        var letter = await fixture.FindAsync();
        Assert.Equal(Verdict.Delivered, letter.Verdict);
        Assert.Equal(new DateOnly(2024, 4, 2), letter.AppealDeadline); // 1 April 2024 is Easter Monday
        Assert.Equal("010101-xxxx", letter.Recipient.Id);
        Assert.Single(letter.Events);
        Assert.Equal(1, (await fixture.Cases.CountAsync(LettersFixture.Caseworker(), default, Stop)).Delivered);
    }

    [Fact]
    public async Task A_letter_says_how_its_current_registration_reached_the_portal()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        async Task<RegistrationSource> FromAsync(RegistrationSource source, string title)
        {
            var letter = LettersFixture.Letter() with { Title = title };
            await fixture.Registry.RegisterAsync(LettersFixture.Caseworker(), [letter], source, Stop);
            return (await fixture.FindAsync()).RegisteredFrom;
        }

        Assert.Equal(RegistrationSource.File, await FromAsync(RegistrationSource.File, "Afgørelse"));
        Assert.Equal(RegistrationSource.File, await FromAsync(RegistrationSource.System, "Afgørelse"));
        Assert.Equal(RegistrationSource.Person, await FromAsync(RegistrationSource.Person, "Rettet"));
        await using var db = fixture.CreateDbContext();
        Assert.Equal(RegistrationSource.File, Assert.Single(db.LetterVersions).RegisteredFrom);
    }

    [Fact]
    public async Task A_matched_status_becomes_ambiguous_when_a_second_letter_carries_its_identifier()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost);
        await fixture.RegisterAsync(LettersFixture.Letter("brev-2"));

        Assert.Equal(Verdict.OnItsWay, (await fixture.FindAsync()).Verdict);
        var row = Assert.Single(await fixture.WorkAsync());
        Assert.Equal((FollowUpReason.Ambiguous, "s-1", "besked-1"), (row.Reason, row.Id, row.BeskedId));
        Assert.Equal(1, await fixture.Cases.AttentionCountAsync(LettersFixture.Caseworker(), Stop));

        await fixture.RegisterAsync(LettersFixture.Letter("brev-2", "bbbb"));
        Assert.Equal(Verdict.Delivered, (await fixture.FindAsync()).Verdict);
        Assert.Empty(await fixture.WorkAsync());
    }

    [Fact]
    public async Task A_status_stops_at_the_first_identifier_that_finds_a_letter()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter("brev-2", null, "cccc"));
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, correlation: "CCCC");
        Assert.Equal(Verdict.Delivered, (await fixture.FindAsync("brev-2")).Verdict);

        await fixture.RegisterAsync(LettersFixture.Letter());
        Assert.Equal(Verdict.OnItsWay, (await fixture.FindAsync("brev-2")).Verdict);
        Assert.Equal(Verdict.Delivered, (await fixture.FindAsync()).Verdict);
    }

    [Fact]
    public async Task A_uuid_that_no_field_finds_is_looked_up_among_all_fields_and_the_timeline_says_which()
    {
        const string Shipment = "5d0a86c2-6a0c-4a35-9a66-0d9d2b9f0a11";
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, uuid: Shipment.ToUpperInvariant());
        await fixture.RegisterAsync(LettersFixture.Letter("brev-1", null) with
        {
            Identifiers = new LetterIdentifiers { ForsendelseIdentifikator = $"urn:uuid:{Shipment}" },
        });
        var status = Assert.Single((await fixture.FindAsync()).Events);
        Assert.Equal(new SharedIdentifier("MessageUUID", "ForsendelseIdentifikator"), status.FoundBy);

        // Two letters with it, in whichever fields: nobody can tell which.
        await fixture.RegisterAsync(LettersFixture.Letter("brev-2", null) with
        {
            Identifiers = new LetterIdentifiers { MessageId = Shipment },
        });
        Assert.Empty((await fixture.FindAsync()).Events);
        Assert.Equal(FollowUpReason.Ambiguous, Assert.Single(await fixture.WorkAsync()).Reason);

        // A letter that has it in the same field comes before both.
        await fixture.RegisterAsync(LettersFixture.Letter("brev-3", Shipment));
        Assert.Null(Assert.Single((await fixture.FindAsync("brev-3")).Events).FoundBy);
    }

    [Fact]
    public async Task A_short_number_is_not_looked_up_in_other_fields()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter("brev-1", null, "4711"));
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, uuid: "4711");
        Assert.Empty((await fixture.FindAsync()).Events);
    }

    [Fact]
    public async Task One_message_tells_of_two_letters_and_each_part_is_assigned_by_hand_alone()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        var told = new[]
        {
            new ReportedStatus(0, KnownHandlinger.Fejlet, null, fixture.Time.GetUtcNow(), "aaaa"),
            new ReportedStatus(1, KnownHandlinger.AfleveretDigitalPost, null, fixture.Time.GetUtcNow(), "bbbb"),
        };
        await fixture.StatusAsync(
            KnownHandlinger.Fejlet, uuid: null, statuses: System.Text.Json.JsonSerializer.Serialize(told),
            identifiers: [(IdentifierRole.EnvelopeObject, "aaaa"), (IdentifierRole.Related, "bbbb")]);
        Assert.Equal(Verdict.Failed, (await fixture.FindAsync()).Verdict);
        fixture.Time.Advance(TimeSpan.FromHours(2));
        var row = Assert.Single(await fixture.WorkAsync(), r => r.Reason == FollowUpReason.Unmatched);
        Assert.Equal("s-1.1", row.Id);

        await fixture.RegisterAsync(LettersFixture.Letter("brev-2", "cccc"));
        Assert.Equal(
            HandOutcome.Done, await fixture.Hands.AssignAsync(LettersFixture.Caseworker(), row.Id, "brev-2", "set i fagsystemet", Stop));
        var second = await fixture.FindAsync("brev-2");
        Assert.Equal((Verdict.Delivered, "set i fagsystemet"), (second.Verdict, Assert.Single(second.Events).ByHand!.Reason));
        Assert.Equal(Verdict.Failed, Assert.Single((await fixture.FindAsync()).Events) is { ByHand: null } ? Verdict.Failed : default);

        Assert.True(await fixture.Hands.UndoAsync(LettersFixture.Caseworker(), "besked-1", Stop));
        Assert.Empty((await fixture.FindAsync("brev-2")).Events);

        // When its letter is registered it finds it by itself.
        await fixture.RegisterAsync(LettersFixture.Letter("brev-2", "bbbb"));
        Assert.Equal(Verdict.Delivered, (await fixture.FindAsync("brev-2")).Verdict);
    }

    [Fact]
    public async Task Another_authoritys_status_finds_no_letter_here()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, cvr: "12345678");
        Assert.Empty((await fixture.FindAsync()).Events);
        Assert.Null(await fixture.Cases.FindAsync(LettersFixture.Caseworker("12345678"), "24-0117", Stop));

        await fixture.StatusAsync(KnownHandlinger.Fejlet, cvr: "12345678", others: ";55133018;", error: "memo.invalid");
        var letter = await fixture.FindAsync();
        Assert.Equal(Verdict.Failed, letter.Verdict);
        Assert.Contains("memo.invalid", letter.Explanation.Danish);
    }

    [Fact]
    public async Task What_happened_to_a_letter_is_told_apart_from_what_to_do_about_it()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.StatusAsync(KnownHandlinger.Fejlet, error: "memo.invalid");
        var letter = await fixture.FindAsync();
        Assert.EndsWith("Ret brevet, og send det igen.", letter.Explanation.Danish, StringComparison.Ordinal);
        Assert.EndsWith("(memo.invalid).", letter.Account!.Danish, StringComparison.Ordinal);
        Assert.EndsWith("(memo.invalid).", letter.Events[^1].Account!.Danish, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registration_is_new_then_unchanged_then_corrected()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        Assert.Equal(RegistrationOutcome.Created, await fixture.RegisterAsync(LettersFixture.Letter()));
        Assert.Equal(RegistrationOutcome.Unchanged, await fixture.RegisterAsync(LettersFixture.Letter()));
        Assert.Equal(RegistrationOutcome.Corrected, await fixture.RegisterAsync(LettersFixture.Letter() with { Title = "Rettet" }));
        var correction = Assert.Single((await fixture.FindAsync()).Corrections);
        Assert.Equal("Titel: Afgørelse om husleje → Rettet", Assert.Single(correction.Changes));
    }

    [Fact]
    public async Task One_array_may_hold_a_letter_and_its_correction()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        var outcomes = await fixture.Registry.RegisterAsync(
            LettersFixture.Caseworker(), [LettersFixture.Letter(), LettersFixture.Letter() with { Title = "Rettet" }], Stop);
        Assert.Equal([RegistrationOutcome.Created, RegistrationOutcome.Corrected], outcomes);
        Assert.Single((await fixture.FindAsync()).Corrections);
    }

    [Fact]
    public async Task Registering_needs_the_right()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await Assert.ThrowsAsync<UnauthorizedAccessException>(
            () => fixture.Registry.RegisterAsync(Viewer.Nobody, [LettersFixture.Letter()], Stop));
    }

    [Fact]
    public async Task Many_statuses_are_placed_over_several_batches()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        for (var n = 0; n < 1001; n++) await fixture.StatusAsync(KnownHandlinger.Klar, n / 1000.0, match: false);
        Assert.Equal(1001, await fixture.Matcher.CatchUpAsync(Stop));
        Assert.Equal(0, await fixture.Matcher.CatchUpAsync(Stop));
        Assert.Equal(1001, (await fixture.FindAsync()).Events.Count);
    }

    [Fact]
    public async Task Cases_are_found_by_any_word_and_by_person_number()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.RegisterAsync(
            LettersFixture.Letter("brev-2", "bbbb") with { CaseNumber = "24_0118", Recipient = new LetterRecipient("Bo", null, null) });
        async Task<int> Hits(string? text) =>
            (await fixture.Cases.SearchAsync(LettersFixture.Caseworker(), text, null, 10, Stop)).Items.Count;
        Assert.Equal(2, await Hits(null));
        Assert.Equal(1, await Hits("åse"));
        Assert.Equal(1, await Hits("24_01"));
        Assert.Equal(0, await Hits("%"));
        Assert.True(CprNumber.TryParse("010101-1234", out var cpr));
        Assert.Equal("24-0117", Assert.Single(await fixture.Cases.SearchByCprAsync(LettersFixture.Caseworker(), cpr, Stop)).CaseNumber);

        var first = await fixture.Cases.SearchAsync(LettersFixture.Caseworker(), null, null, 1, Stop);
        var second = await fixture.Cases.SearchAsync(LettersFixture.Caseworker(), null, first.Cursor, 1, Stop);
        Assert.NotEqual(first.Items[0].CaseNumber, second.Items[0].CaseNumber);
        Assert.Null(second.Cursor);
    }
}
