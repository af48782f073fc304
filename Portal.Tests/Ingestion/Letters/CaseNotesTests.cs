using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Notes;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

public sealed class CaseNotesTests
{
    private static readonly DateTimeOffset Sent = new(2024, 3, 4, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(-48, -24.0, null, false)] // before the letter was sent
    [InlineData(-2, 0.5, null, true)]
    [InlineData(24, 26.0, null, true)] // after the arrival, while the appeal period runs
    [InlineData(24, null, LetterChannel.DigitalPost, true)]
    [InlineData(24, 26.0, LetterChannel.FysiskPost, false)]
    [InlineData(24 * 40, 24 * 41.0, null, false)] // after the last day
    public async Task An_incident_shows_on_every_letter_that_it_touches(double from, double? to, LetterChannel? channel, bool shown)
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost);
        await fixture.Notes.NoteIncidentAsync(LettersFixture.Caseworker(),
            new IncidentDraft(Sent.AddHours(from), to is { } end ? Sent.AddHours(end) : null, channel, "Visningsklient ustabil"), Stop);
        Assert.Equal(shown, (await fixture.FindAsync()).Incidents.Count == 1);

        var incident = Assert.Single(await fixture.Notes.IncidentsAsync(LettersFixture.Caseworker(), Stop));
        Assert.False(await fixture.Notes.WithdrawIncidentAsync(LettersFixture.Caseworker("12345678"), incident.Id, Stop));
        Assert.True(await fixture.Notes.WithdrawIncidentAsync(LettersFixture.Caseworker(), incident.Id, Stop));
        Assert.Empty((await fixture.FindAsync()).Incidents);
        Assert.Equal("Anna", Assert.Single(await fixture.Notes.IncidentsAsync(LettersFixture.Caseworker(), Stop)).WithdrawnBy);
    }

    [Fact]
    public async Task A_hold_is_put_on_and_taken_off_with_reason_and_history()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        var anna = LettersFixture.Caseworker();
        Assert.False(await fixture.Notes.HoldAsync(LettersFixture.Caseworker("12345678"), "24-0117", true, "x", Stop));
        Assert.True(await fixture.Notes.HoldAsync(anna, "24-0117", true, "Sag i boligretten", Stop));
        Assert.False(await fixture.Notes.HoldAsync(anna, "24-0117", true, "igen", Stop));
        Assert.True((await fixture.Cases.FindAsync(anna, "24-0117", Stop))!.Hold);
        Assert.True(await fixture.Notes.HoldAsync(anna, "24-0117", false, "Dom faldet", Stop));
        var found = (await fixture.Cases.FindAsync(anna, "24-0117", Stop))!;
        Assert.False(found.Hold);
        Assert.Equal([(false, "Dom faldet"), (true, "Sag i boligretten")], found.Holds.Select(h => (h.On, h.Reason)));
    }

    [Fact]
    public async Task Erased_statuses_leave_the_verdict_as_it_stood_and_say_so()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost);
        await using (var db = fixture.CreateDbContext())
        {
            await db.StatusMatches.ExecuteDeleteAsync(Stop);
            await db.Letters.ExecuteUpdateAsync(l => l.SetProperty(x => x.StatusesErasedAt, fixture.Time.GetUtcNow()), Stop);
        }

        await fixture.RegisterAsync(LettersFixture.Letter() with { Title = "Rettet" });
        var letter = await fixture.FindAsync();
        Assert.Equal(
            (Verdict.Delivered, Sent.AddHours(1), new DateOnly(2024, 4, 2)), (letter.Verdict, letter.VerdictAt, letter.AppealDeadline));
        Assert.NotNull(letter.StatusesErasedAt);
        Assert.Empty(letter.Events);
    }
}
