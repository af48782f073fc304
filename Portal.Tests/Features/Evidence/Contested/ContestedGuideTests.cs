using Portal.Features.Evidence;
using Portal.Features.Evidence.Contested;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Notes;
using Portal.Platform.Documents.Model;
using Portal.Tests.Features.Cases;
using Xunit;

namespace Portal.Tests.Features.Evidence.Contested;

/// <summary>What to answer when a citizen contests a letter: no more than is proven, and by the document's own rule.</summary>
public sealed class ContestedGuideTests
{
    private static readonly DateTimeOffset Now = FakeCases.Sent.AddDays(20);
    private static readonly DateTimeOffset Posted = FakeCases.Sent.AddDays(1);

    private static LetterView Delivered => EvidenceDocumentTests.Delivered;

    private static LetterEvent Step(string action, StatusKind kind, int hours) =>
        FakeCases.Event($"besked-{hours}", KnownHandlinger.Names[action], kind) with
        {
            Action = action, At = FakeCases.Sent.AddHours(hours), Sequence = 100 + hours,
        };

    private static readonly LetterEvent[] Chain =
    [
        Step(KnownHandlinger.Afsendt, StatusKind.ProgressPhysical, 1),
        Step(KnownHandlinger.ModtagetFjernprint, StatusKind.ProgressPhysical, 2),
        Step(KnownHandlinger.AfleveretTilPrint, StatusKind.ProgressPhysical, 3),
        Step(KnownHandlinger.ModtagetPostDanmark, StatusKind.Posted, 24),
    ];

    private static LetterView HandedOver => FakeCases.Letter() with
    {
        Channel = LetterChannel.FysiskPost, Verdict = Verdict.HandedToPost, VerdictAt = Posted, PostedAt = Posted, Events = [.. Chain],
        PresumedArrival = new DateOnly(2023, 2, 22), PresumedDays = 6, LastReceiptAt = Posted,
    };

    public static TheoryData<string> Kinds => [.. Letters.Keys];

    private static readonly Dictionary<string, LetterView> Letters = new()
    {
        ["delivered"] = Delivered,
        ["without a number"] = Delivered with { Recipient = new LetterRecipient("Anna Lejer", null, null) },
        ["without a name"] = Delivered with { Recipient = new LetterRecipient("", null, null) },
        ["without a time"] = Delivered with { VerdictAt = null, Events = [FakeCases.Event() with { At = null }] },
        ["contradicted"] = Delivered with { Contradiction = true },
        ["before sending"] = Delivered with { SentAt = FakeCases.Sent.AddDays(1) },
        ["by hand"] = Delivered with
        {
            Events = [Delivered.Events[0] with { ByHand = new HandMatchNote("Bo", Now) }],
        },
        ["without ids and title"] = Delivered with { Identifiers = new LetterIdentifiers(), Title = "" },
        ["failed"] = FakeCases.Letter() with { Verdict = Verdict.Failed },
        ["missing"] = FakeCases.Letter() with { Verdict = Verdict.EvidenceMissing },
    };

    [Theory, MemberData(nameof(Kinds))]
    public void Page_document_and_guide_have_one_rule_for_the_five_points(string kind)
    {
        var letter = Letters[kind];
        var number = EvidenceWords.RecipientNumber(letter.Recipient, null);
        var guide = ContestedGuide.Of(letter, number, Now);
        var (points, states) = (EvidencePoints.Of(letter, number), ProofStrength.Of(letter).Points);
        Assert.False(guide.IsPhysical);
        Assert.Equal(points.Select(p => (p.Answer, p.Tone, p.Shown)),
            guide.Answers.Take(5).Select(a => (a.Answer, a.Tone, Assert.Single(a.RestsOn))));
        for (var n = 0; n < 5; n++)
        {
            var isProven = states[n].State == ProofState.Proven;
            Assert.Equal(isProven, points[n].Tone == Tone.Ok);

            // What is not proven says what is missing and whom to ask, and nothing else does.
            Assert.Equal(isProven, guide.Answers[n].Missing.Count == 0);
            Assert.Equal(isProven, guide.Answers[n].Ask.Count == 0);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Only_a_proven_arrival_is_written_to_the_citizen(string kind)
    {
        var letter = Letters[kind];
        var text = string.Join(' ', ContestedGuide.Of(letter, null, Now).MayWrite);
        Assert.Equal(
            ProofStrength.Of(letter).Arrival == ProofState.Proven,
            text.Contains("Det lå i din digitale postkasse den 13. februar 2023", StringComparison.Ordinal));
    }

    [Fact]
    public void An_incident_of_the_mailbox_is_shown_and_none_proves_nothing()
    {
        var noted = Delivered with
        {
            Incidents = [new Incident(1, FakeCases.Sent, null, LetterChannel.DigitalPost, "Digital Post nede", Now, "Drift", null, null)],
        };
        var answer = ContestedGuide.Of(noted, null, Now).Answers[5];
        Assert.Equal((Tone.Warn, "driftshændelse noteret"), (answer.Tone, answer.Answer));
        Assert.Contains("Digital Post nede", answer.RestsOn[0], StringComparison.Ordinal);
        var none = ContestedGuide.Of(Delivered, null, Now).Answers[5];
        Assert.Equal(Tone.Grey, none.Tone);
        Assert.Contains("viser ikke, at der ingen var", none.RestsOn[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_letter_handed_to_the_post_shows_its_chain_with_times_and_is_presumed_not_proven()
    {
        var guide = ContestedGuide.Of(HandedOver, null, Now);
        Assert.True(guide.IsPhysical);
        var (carrier, handling, returned, presumed) = (guide.Answers[0], guide.Answers[1], guide.Answers[2], guide.Answers[3]);
        Assert.Equal((Tone.Grey, "ingen noteret"), (carrier.Tone, carrier.Answer));
        Assert.Equal((Tone.Ok, "vist hele vejen"), (handling.Tone, handling.Answer));
        Assert.Equal(4, handling.RestsOn.Count);
        Assert.EndsWith("13. februar 2023 kl. 14.21.40, oplyst i besked nr. 102.", handling.RestsOn[1], StringComparison.Ordinal);
        Assert.Empty(handling.Missing);
        Assert.Equal("ingen returmelding", returned.Answer);
        Assert.StartsWith("Til og med 5. marts 2023 kl. 12.21.40 er der ikke kommet", returned.RestsOn[0], StringComparison.Ordinal);
        Assert.Equal((Tone.Info, "sandsynliggjort, ikke bevist"), (presumed.Tone, presumed.Answer));
        Assert.Contains(
            "6 hverdage efter overgivelsen, som ikke tælles med: onsdag 22. februar 2023", presumed.RestsOn[0], StringComparison.Ordinal);
        Assert.Contains("tages tilbage af en returmelding", presumed.RestsOn[^1], StringComparison.Ordinal);
        Assert.Contains(
            "formodes derfor at være kommet frem senest onsdag 22. februar 2023", string.Join(' ', guide.MayWrite),
            StringComparison.Ordinal);
        Assert.StartsWith("at brevet er afleveret", guide.MayNotWrite, StringComparison.Ordinal);
        Assert.DoesNotContain(guide.Answers, a => a.Answer == "ja");
    }

    [Fact]
    public void A_day_of_presumed_arrival_that_is_ahead_is_not_told_as_past()
    {
        var before = new DateTimeOffset(2023, 2, 21, 12, 0, 0, TimeSpan.Zero);
        var said = string.Join(' ', ContestedGuide.Of(HandedOver, null, before).MayWrite);
        Assert.Contains("formodes først at være kommet frem onsdag 22. februar 2023", said, StringComparison.Ordinal);
        Assert.DoesNotContain("formodes derfor", said, StringComparison.Ordinal);
        Assert.Contains(
            "formodes derfor", string.Join(' ', ContestedGuide.Of(HandedOver, null, before.AddDays(1)).MayWrite), StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_no_status_tells_is_missing_and_says_whom_to_ask()
    {
        var handling = ContestedGuide.Of(HandedOver with { Events = [Chain[0], Chain[3]] }, null, Now).Answers[1];
        Assert.Equal((Tone.Warn, "delvist vist"), (handling.Tone, handling.Answer));
        Assert.Equal(2, handling.Missing.Count);
        Assert.All(handling.Ask, a => Assert.StartsWith("Printleverandøren", a, StringComparison.Ordinal));
        var sent = ContestedGuide.Of(
            HandedOver with { Verdict = Verdict.OnItsWay, PostedAt = null, PresumedArrival = null, Events = [Chain[0]] }, null, Now);
        Assert.Equal(Tone.Bad, sent.Answers[1].Tone);
        Assert.Equal("ingen formodning", sent.Answers[3].Answer);
    }

    [Fact]
    public void A_return_takes_the_presumption_back_and_a_later_attempt_counts_by_itself()
    {
        var back = Step(KnownHandlinger.OpdateringPostDanmark, StatusKind.Returned, 200) with { EventCode = "1" };
        var returned = ContestedGuide.Of(
            HandedOver with { Verdict = Verdict.Returned, PresumedArrival = null, Events = [.. Chain, back] }, null, Now);
        Assert.Equal(("ja", Tone.Bad), (returned.Answers[2].Answer, returned.Answers[2].Tone));
        Assert.Equal("ingen formodning", returned.Answers[3].Answer);
        Assert.Contains("Det kom retur til os", Assert.Single(returned.MayWrite), StringComparison.Ordinal);

        var again = Step(KnownHandlinger.ModtagetPostDanmark, StatusKind.Posted, 300);
        var later = ContestedGuide.Of(HandedOver with { Events = [.. Chain, back, again] }, null, Now);
        Assert.Equal("ja, ved et tidligere forsøg", later.Answers[2].Answer);
        Assert.Equal(3, later.Answers[1].Missing.Count);
        Assert.DoesNotContain("ikke fået det retur", string.Join(' ', later.MayWrite), StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_for_an_ordinary_letter_needs_no_presumption()
    {
        var receipt = Step(KnownHandlinger.OpdateringPostDanmark, StatusKind.Delivered, 60) with { EventCode = "3" };
        var guide = ContestedGuide.Of(
            HandedOver with { Verdict = Verdict.Delivered, VerdictAt = receipt.At, Events = [.. Chain, receipt] }, null, Now);
        Assert.True(guide.IsPhysical);
        Assert.Equal(("ikke nødvendig: der er en kvittering", Tone.Ok), (guide.Answers[3].Answer, guide.Answers[3].Tone));
    }

    [Fact]
    public void The_document_ends_with_the_same_text_as_the_page_has()
    {
        var page = EvidenceText.Of(ContestedBlocks.Document(HandedOver, Now));
        foreach (var answer in ContestedGuide.Of(HandedOver, null, Now).Answers)
        {
            Assert.Contains(answer.Question, page, StringComparison.Ordinal);
            Assert.All(answer.RestsOn, line => Assert.Contains(line, page, StringComparison.Ordinal));
        }
    }
}
