using Portal.Features.Evidence;
using Portal.Ingestion.Letters;
using Portal.Platform.Documents.Model;
using Portal.Tests.Features.Cases;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

/// <summary>
/// No page or document claims more than is proven, for statuses assigned by hand and for statuses dated before the letter was sent.
/// </summary>
public sealed class ArrivalGroundTests
{
    private static LetterView Delivered(TimeSpan after, bool byHand, bool alsoByIdentifiers = false)
    {
        var at = FakeCases.Sent + after;
        var status = FakeCases.Event() with { Kind = StatusKind.Delivered, At = at,
            ByHand = byHand ? new HandMatchNote("Sofie", FakeCases.Sent) : null };
        return FakeCases.Letter() with { Verdict = Verdict.Delivered, VerdictAt = at,
            Events = alsoByIdentifiers ? [status, status with { BeskedId = "anden", ByHand = null }] : [status] };
    }

    [Theory]
    [InlineData(60, false, ArrivalGround.Identifiers, ProofState.Proven, true)]
    [InlineData(-240, false, ArrivalGround.Identifiers, ProofState.Proven, true)]
    [InlineData(-3600, false, ArrivalGround.BeforeSending, ProofState.Disputed, false)]
    [InlineData(60, true, ArrivalGround.Hand, ProofState.Probable, false)]
    [InlineData(-3600, true, ArrivalGround.BeforeSending, ProofState.Disputed, false)]
    public void An_arrival_is_proven_only_by_a_status_that_names_the_letter_and_came_after_it(
        int seconds, bool byHand, ArrivalGround ground, ProofState arrival, bool aboutThisLetter)
    {
        var letter = Delivered(TimeSpan.FromSeconds(seconds), byHand);
        Assert.Equal(ground, ArrivalGrounds.Of(letter).Ground);
        var strength = ProofStrength.Of(letter);
        Assert.Equal((arrival, aboutThisLetter), (strength.Arrival, strength.IsAboutThisLetter));
    }

    [Fact]
    public void A_status_that_names_the_letter_is_ground_enough_next_to_one_that_was_put_there_by_hand() =>
        Assert.Equal(
            ArrivalGround.Identifiers, ArrivalGrounds.Of(Delivered(TimeSpan.FromMinutes(1), byHand: true, alsoByIdentifiers: true)).Ground);

    [Fact]
    public void A_status_that_a_person_chose_among_letters_it_names_is_about_the_letter()
    {
        var letter = Delivered(TimeSpan.FromMinutes(1), byHand: true);
        letter = letter with { Events = [letter.Events[0] with { ByHand = letter.Events[0].ByHand! with { NamesLetter = true } }] };
        Assert.Equal(ArrivalGround.Identifiers, ArrivalGrounds.Of(letter).Ground);
        Assert.True(ProofStrength.Of(letter).IsAboutThisLetter);
    }

    [Fact]
    public void A_status_that_no_number_ties_to_the_letter_makes_nothing_be_about_it_though_it_says_nothing_of_arrival()
    {
        var letter = Delivered(TimeSpan.FromMinutes(1), byHand: true);
        letter = letter with { Verdict = Verdict.OnItsWay, VerdictAt = null,
            Events = [letter.Events[0] with { Kind = StatusKind.ProgressDigital }] };
        Assert.Equal((ArrivalGround.None, false), (ProofStrength.Of(letter).Ground, ProofStrength.Of(letter).IsAboutThisLetter));
    }

    [Theory]
    [InlineData("0101011234", true, Tone.Ok, Tone.Ok, 5)]
    [InlineData(null, true, Tone.Warn, Tone.Ok, 4)]
    [InlineData("0101011234", false, Tone.Ok, Tone.Warn, 4)]
    [InlineData(null, false, Tone.Warn, Tone.Warn, 3)]
    public void A_recipient_without_a_number_and_an_arrival_without_a_time_are_in_part_on_the_page_and_in_the_document(
        string? number, bool isTimed, Tone recipient, Tone arrival, int present)
    {
        var letter = Delivered(TimeSpan.FromMinutes(1), byHand: false);
        letter = letter with { VerdictAt = isTimed ? letter.VerdictAt : null, Recipient = letter.Recipient with { Id = number } };
        if (!isTimed) letter = letter with { Events = [letter.Events[0] with { At = null }] };
        var (strength, points) = (ProofStrength.Of(letter), EvidencePoints.Of(letter, number));
        Assert.Equal(present, strength.Present);
        Assert.Equal([Tone.Ok, Tone.Ok, recipient, Tone.Ok, arrival], points.Select(p => p.Tone));
        Assert.Equal(strength.Points.Select(p => p.State == ProofState.Proven), points.Select(p => p.Answer == "ja"));
        Assert.True(strength.IsAboutThisLetter);
        Assert.False(strength.InDoubt);
    }

    [Fact]
    public void What_is_missing_is_missing_on_the_page_and_in_the_document()
    {
        var letter = FakeCases.Letter() with
        {
            Title = " ", Identifiers = new LetterIdentifiers(), SentAt = default, Recipient = new LetterRecipient("", null, null),
            Verdict = Verdict.OnItsWay, Events = [],
        };
        Assert.All(ProofStrength.Of(letter).Points, p => Assert.Equal(ProofState.Missing, p.State));
        Assert.All(EvidencePoints.Of(letter, null), p => Assert.Equal((Tone.Bad, "nej"), (p.Tone, p.Answer)));
    }

    [Fact]
    public void A_letter_that_did_not_arrive_has_no_ground() =>
        Assert.Equal((ArrivalGround.None, null), ArrivalGrounds.Of(FakeCases.Letter()));
}
