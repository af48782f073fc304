using Bunit;
using Portal.Features.AccessControl;
using Portal.Features.Evidence;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Log;
using Portal.Platform.Documents.Page;
using Portal.Tests.Features.Cases;
using Xunit;

namespace Portal.Tests.Features.Evidence;

/// <summary>The content of the evidence document.</summary>
public sealed class EvidenceDocumentTests : IAsyncDisposable
{
    private readonly EvidenceFixture _fixture = new(ledger: new FakeLedger());

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private async Task<string> TextAsync(string? purpose = null) =>
        EvidenceText.Of(EvidenceMaker.Build(await _fixture.GatherAsync(purpose)));

    internal static LetterView Delivered => FakeCases.Letter() with
    {
        Verdict = Verdict.Delivered, VerdictAt = FakeCases.Sent.AddSeconds(25),
        Explanation = LocalizedText.AsSent("Afleveret: brevet lå i modtagerens postkasse den 13. november 2026 kl. 11.00."),
        AppealDeadline = new DateOnly(2026, 12, 11), AppealNote = LocalizedText.AsSent("Vejledende: 28 dage efter ankomsten."),
        Events = [FakeCases.Event("besked-1", "Afleveret Digital Post", StatusKind.Delivered) with { At = FakeCases.Sent.AddSeconds(25) }],
        Identifiers = new LetterIdentifiers { MessageUuid = "0f8fad5b-d9cb-469f-a165-70867728950e" },
        Documents = [new LetterDocument("afgørelse.pdf", new string('a', 64))],
    };

    [Fact]
    public async Task It_says_what_became_of_the_letter_who_says_so_and_how_to_check_it()
    {
        _fixture.Cases.Add(Delivered);
        var text = await TextAsync();
        Assert.Contains("Sag 26-0412", text, StringComparison.Ordinal);
        Assert.Matches(@"BEV-20261124-[2-9A-Z]{6}", text);
        Assert.Contains("24. november 2026 kl. 14.36.05 af Sofie Sagsbehandler", text, StringComparison.Ordinal);
        Assert.Contains("https://portal.kommune.dk/sager/26-0412", text, StringComparison.Ordinal);
        Assert.Contains("Afleveret. Brevet lå i modtagerens postkasse", text, StringComparison.Ordinal);
        Assert.Contains("Sidste dag for at gå til boligretten: fredag 11. december 2026", text, StringComparison.Ordinal);
        Assert.Contains("Vejledende: 28 dage efter ankomsten.", text, StringComparison.Ordinal);
        Assert.Contains("MessageUUID 0f8fad5b-d9cb-469f-a165-70867728950e", text, StringComparison.Ordinal);
        Assert.Contains($"SHA-256 {new string('a', 64)}", text, StringComparison.Ordinal);
        Assert.Contains("besked-1", text, StringComparison.Ordinal);
        Assert.Contains("bevist mod checkpointet", text, StringComparison.Ordinal);
        Assert.Contains("portal.local/beskeder+033de0ae+", text, StringComparison.Ordinal);
        Assert.Contains("At brevet kom frem ja", text, StringComparison.Ordinal);
        Assert.Contains("Der er ikke noteret driftshændelser", text, StringComparison.Ordinal);
        Assert.Contains("bytes er kun i en pakke, der laves til et oplyst formål", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Verdict.HandedToPost, "At brevet kom frem sandsynligt")]
    [InlineData(Verdict.Failed, "At brevet kom frem nej")]
    [InlineData(Verdict.EvidenceMissing, "At brevet kom frem nej")]
    public async Task What_is_not_proven_is_not_called_proven(Verdict verdict, string text)
    {
        _fixture.Cases.Add(FakeCases.Letter() with { Verdict = verdict });
        Assert.Contains(text, await TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_caseworker_should_do_about_a_letter_is_not_in_a_document_for_the_court()
    {
        _fixture.Cases.Add(FakeCases.Letter() with
        {
            Verdict = Verdict.Failed, Explanation = LocalizedText.AsSent("Fejlet. Ikke fundet. Send brevet igen."),
            Account = LocalizedText.AsSent("Fejlet. Ikke fundet."),
            Events = [FakeCases.Event("besked-1", "Fejlet", StatusKind.Failed) with
            {
                Error = new PostError("not.found", "unknown"), Explanation = LocalizedText.AsSent("Ikke fundet. Send brevet igen."),
                Account = LocalizedText.AsSent("Ikke fundet."),
            }],
        });
        var text = await TextAsync();
        Assert.Contains("Ikke fundet.", text, StringComparison.Ordinal);
        Assert.Contains("Statussens fejltekst: unknown", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Send brevet igen", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contradiction_is_reported_and_the_arrival_is_disputed()
    {
        _fixture.Cases.Add(Delivered with { Contradiction = true });
        Assert.Contains("At brevet kom frem i tvivl", await TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, false, "At brevet kom frem sandsynligt", "Ingen af statussens egne numre peger på brevet.", "(usikker)")]
    [InlineData(-172800, false, "At brevet kom frem i tvivl", "Urene er uenige: statussen siger, at den skete, før brevet blev sendt.",
        "(usikker)")]
    [InlineData(-172800, true, "At brevet kom frem i tvivl", "Urene er uenige", "(usikker)")]
    [InlineData(
        60, true, "At brevet kom frem ja", "Statussens egne numre peger på brevet.",
        "Sidste dag for at gå til boligretten: fredag 11. december 2026.")]
    public async Task A_link_by_hand_is_shown_with_its_reason_and_proves_no_more_than_its_numbers_and_times(
        int seconds, bool names, string point, string phrase, string deadline)
    {
        var at = FakeCases.Sent.AddSeconds(seconds);
        _fixture.Cases.Add(Delivered with
        {
            VerdictAt = at,
            Events = [Delivered.Events[0] with { At = at, BeforeSending = seconds < 0, ByHand = new HandMatchNote("Sofie",
                FakeCases.Sent.AddDays(1)) { Reason = "bekræftet af 010101-1234", NamesLetter = names } }],
        });
        var text = await TextAsync();
        Assert.Contains("knyttet til brevet i hånden af Sofie", text, StringComparison.Ordinal);
        Assert.Contains("»bekræftet af 010101-xxxx«", text, StringComparison.Ordinal);
        foreach (var words in new[] { point, phrase, deadline }) Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Equal(deadline == "(usikker)", text.Contains("I tvivl:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_contested_letter_is_in_doubt_in_the_summary_too()
    {
        _fixture.Cases.Add(Delivered with { Contradiction = true });
        var text = await TextAsync();
        Assert.Contains("Afleveret, i tvivl En anden status modsiger", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_of_sending_without_a_time_of_day_is_a_date_alone()
    {
        _fixture.Cases.Add(
            Delivered with { SentAt = new DateTimeOffset(2023, 2, 12, 23, 0, 0, TimeSpan.Zero), RegisteredBy = "Sofie Sagsbehandler" });
        var text = await TextAsync();
        Assert.Contains("13. februar 2023 (klokkeslæt ikke oplyst), oplyst af Sofie Sagsbehandler", text, StringComparison.Ordinal);
        Assert.DoesNotContain("00.00", text, StringComparison.Ordinal);
        Assert.DoesNotContain("00:00", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RegistrationSource.Person, "oplyst af Sofie, som har indtastet brevet")]
    [InlineData(RegistrationSource.File, "oplyst af en fil, som Sofie har læst ind")]
    [InlineData(RegistrationSource.System, "oplyst af fagsystemet »Sofie«")]
    [InlineData(RegistrationSource.Unknown, "oplyst af Sofie, som registrerede brevet")]
    public async Task The_sending_is_told_by_the_one_who_said_it(RegistrationSource source, string says)
    {
        _fixture.Cases.Add(Delivered with { RegisteredBy = "Sofie", RegisteredFrom = source });
        Assert.Contains(says, await TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_number_is_masked_until_it_is_asked_for_with_a_purpose_that_is_logged()
    {
        _fixture.Cases.Add(Delivered);
        Assert.True(CprNumber.TryParse("0101011234", out var number));
        _fixture.Source.Numbers["L-1"] = number;
        var masked = await TextAsync();
        Assert.Contains("CPR-nr. 010101-xxxx", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("1234", masked, StringComparison.Ordinal);
        Assert.Empty(_fixture.Access.Notes);

        Assert.Contains("CPR-nr. 010101-1234", await TextAsync("retssag"), StringComparison.Ordinal);
        var (_, note) = Assert.Single(_fixture.Access.Notes);
        Assert.Equal((AccessKind.EvidenceWithNumbers, "26-0412", "retssag"), (note.Kind, note.CaseNumber, note.Purpose));
    }

    [Fact]
    public async Task When_the_log_takes_nothing_no_number_is_given_out()
    {
        _fixture.Cases.Add(Delivered);
        _fixture.Access.Fails = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => _fixture.GatherAsync("retssag"));
    }

    [Fact]
    public async Task Hostile_texts_are_text_and_long_ones_are_short()
    {
        _fixture.Cases.Add(Delivered with
        {
            Title = "<script>alert(1)</script>",
            Events = [FakeCases.Event("b", "Fejlet", StatusKind.Failed) with { Error = new PostError(
                "x<y", "<img src=x onerror=alert(1)> 0101011234 " + new string('z', 5000)) }],
        });
        var document = EvidenceMaker.Build(await _fixture.GatherAsync());
        await using var page = new BunitContext();
        var html = page.Render<DocumentView>(p => p.Add(v => v.Document, document)).Markup;
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img src=x", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("0101011234", html, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('z', 400), html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_ledger_the_document_says_so()
    {
        await using var fixture = new EvidenceFixture();
        fixture.Cases.Add(Delivered);
        Assert.Contains("fører endnu ikke en gennemsigtighedslog", EvidenceText.Of(EvidenceMaker.Build(await fixture.GatherAsync())),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_has_everything_in_the_order_of_the_reader()
    {
        _fixture.Cases.Add(Delivered with
        {
            Incidents = [new Incident(1, FakeCases.Sent, null, null, "Fjernprint var nede", FakeCases.Sent, "Drift", null, null)],
            ReplacedBy = new LetterLink("26-0413", "L-9", "Ny afgørelse", Verdict.OnItsWay, FakeCases.Sent.AddDays(9)),
            Corrections = [new LetterCorrection(FakeCases.Sent, "Sofie", ["Titel: fra »A« til »B«"])],
        });
        var text = await TextAsync();
        string[] parts =
        [
            "Bevis for forsendelse", "Sag 26-0412", "Huslejenævn · myndighed med CVR-nr. 55133018",
            "Dokumentets nummer", "Udarbejdet", "Sagens side", "Personnumre", "Kort fortalt", "til Anna Lejer",
            "Alle tidspunkter er dansk tid",
            "Afgørelse om huslejenedsættelse Afleveret.", "Hvad en forsendelseslog skal vise", "Brevets kendetegn", "Kanal Digital Post",
            "Fagsystemets id L-1", "afgørelse.pdf", "Hvad der skete", "Oplyst af", "Driftshændelser", "fortsat: Fjernprint var nede",
            "Sendt igen", "»Ny afgørelse«, fagsystemets id L-9 , sag 26-0413.", "Rettelser af registreringen", "Titel: fra »A« til »B«",
            "Beskederne bag", "Nr. 1.042", "Blad 1.041, bevist", "Sådan kontrolleres det uden os", "Checkpoint", "Loggens offentlige nøgle",
        ];
        var places = parts.Select(part => text.IndexOf(part, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public async Task Its_words_are_Danish_for_a_reader_of_the_page_in_English()
    {
        _fixture.Cases.Add(
            Delivered with { Explanation = new LocalizedText("Afleveret: brevet lå der.", "Delivered: the letter was there.") });
        var language = System.Globalization.CultureInfo.CurrentUICulture;
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo("en");
        try
        {
            Assert.Contains("Afleveret. Brevet lå der.", await TextAsync(), StringComparison.Ordinal);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentUICulture = language;
        }
    }

    [Fact]
    public async Task A_doubt_can_be_found_on_the_page()
    {
        _fixture.Cases.Add(Delivered with { Contradiction = true });
        var document = EvidenceMaker.Build(await _fixture.GatherAsync());
        await using var page = new BunitContext();
        Assert.StartsWith("I tvivl:", page.Render<DocumentView>(p => p.Add(v => v.Document, document)).Find("[data-testid=evidence-doubt]")
            .TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_about_one_letter_says_so_and_holds_nothing_of_the_others()
    {
        Assert.True(CprNumber.TryParse("0101011234", out var number));
        _fixture.Cases.Add(Delivered, Delivered with { LetterId = "L-2", Title = "Et andet brev" });
        (_fixture.Source.Numbers["L-1"], _fixture.Source.Numbers["L-2"]) = (number, number);
        var dossier = await _fixture.GatherAsync("retssag", "l-1");
        var text = EvidenceText.Of(EvidenceMaker.Build(dossier));
        Assert.Contains("Ét af sagens breve.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Et andet brev", text, StringComparison.Ordinal);
        Assert.Equal(["L-1"], dossier.Numbers.Keys);
        Assert.Equal("L-1", Assert.Single(_fixture.Access.Notes).Note.LetterId);
        Assert.DoesNotContain("Ét af sagens breve.", await TextAsync(), StringComparison.Ordinal);
        Assert.Null(await _fixture.Maker.CollectAsync(EvidenceFixture.Request(letterId: "L-3"), default));
    }

    [Fact]
    public async Task A_case_that_nobody_may_see_has_no_document() =>
        Assert.Null(await _fixture.Maker.CollectAsync(EvidenceFixture.Request(), default));
}
