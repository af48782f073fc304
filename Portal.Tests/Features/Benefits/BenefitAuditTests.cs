using Portal.Features.Benefits.Audit;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Keeping;
using Portal.Platform.Access;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;
using Xunit;

namespace Portal.Tests.Features.Benefits;

/// <summary>What the history of a benefit tells.</summary>
public sealed class BenefitAuditTests
{
    [Fact]
    public async Task Naming_an_owner_answers_about_freed_time_and_a_withdrawn_request_are_in_the_history()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        var today = DanishTime.DateOf(fixture.Fixture.Time.GetUtcNow());
        var before = (await ReadAsync(fixture)).All.Single(f => f.Element.Id == "n1");
        Assert.Empty(before.Versions);
        Assert.True((await fixture.Store.SaveIndicatorAsync(
            fixture.Viewer, fixture.Chain, "n1", before.Definition with { Owner = "S. Friis" }, null, 0, default)).IsDone);
        Assert.True((await fixture.Store.AddNoteAsync(fixture.Viewer, fixture.Chain, NoteKind.DecisionAnswer, DecisionKey.OfTimeUse("n1"),
            today, Occurrence.Yes, "Flere besøg", "L. Holm", default)).IsDone);
        Assert.True((await fixture.Store.AskForNumberAsync(
            fixture.Viewer, fixture.Chain, new NumberRequest("n1", today, "Tallet for maj", "L. Holm", 0, null), default)).IsDone);
        var asked = (await ReadAsync(fixture)).All.Single(f => f.Element.Id == "n1").Request!;
        Assert.True((await fixture.Store.WithdrawNoteAsync(fixture.Viewer, fixture.Chain, asked.Id, default)).IsDone);

        var chain = await ReadAsync(fixture);
        var figure = chain.All.Single(f => f.Element.Id == "n1");
        Assert.Null(figure.Request);
        var told = BenefitAudit.Of(figure, chain.Inputs, chain.Answers, chain.Requests)
            .Select(e => $"{e.What.In(DanishFormat.Danish)}: {e.From?.In(DanishFormat.Danish)} → {e.To?.In(DanishFormat.Danish)}").ToList();
        var day = DanishFormat.Date(today);
        Assert.Equal(
            [
                "Anmodning om et tal trukket tilbage:  → L. Holm", $"Bedt om et tal inden {day}:  → L. Holm",
                "Ejer: (tomt) → S. Friis", $"Frigjort tid: hvad den bruges til:  → svaret af L. Holm den {day}",
            ],
            told.Order(StringComparer.Ordinal));
    }

    private static async Task<ChainBenefits> ReadAsync(BenefitFixture fixture) => (await fixture.Figures.ReadAsync(
        fixture.Viewer, fixture.Chain, Period.YearUpTo(Month.Of(fixture.Fixture.Time.GetUtcNow())), default))!;
}
