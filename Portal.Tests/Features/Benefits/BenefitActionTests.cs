using Bunit;
using Microsoft.EntityFrameworkCore;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Page;
using Portal.Features.Benefits.Requests;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Access;
using Portal.Platform.Mail.Outbox;
using Portal.Platform.Storage;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.Benefits;

/// <summary>What a manager does on the page: names owners, follows up, answers decisions, asks for numbers.</summary>
public sealed class BenefitActionTests
{
    private static IRenderedComponent<BenefitsPage> Open(BenefitFixture fixture) =>
        fixture.Render<BenefitsPage>(p => p.Add(x => x.Id, fixture.Chain));

    private static DateOnly Today(BenefitFixture fixture) => DanishTime.DateOf(fixture.Fixture.Time.GetUtcNow());

    private static string Typed(DateOnly day) => day.ToString("dd-MM-yyyy", System.Globalization.CultureInfo.InvariantCulture);

    private static string In(string box, string what) => $"[data-element-id={box}].benefit [data-testid={what}]";

    private static async Task<BenefitRecords> RecordsAsync(BenefitFixture fixture) =>
        (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!;

    [Fact]
    public async Task A_manager_names_an_owner_and_nothing_else_is_changed()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        var page = Open(fixture);
        Assert.NotEmpty(page.FindAll($"[data-decision='{DecisionKey.OfOwner("g2")}']"));
        page.Find(In("g2", "name-owner")).Click();
        await page.Find(In("g2", "owner-form")).SubmitAsync();
        Assert.Contains("Skriv navnet", page.Find(In("g2", "owner-form")).TextContent, StringComparison.Ordinal);
        await page.NameAsync("owner-name", "K. Jensen");
        await page.Find(In("g2", "owner-form")).SubmitAsync();
        Assert.Equal("K. Jensen", page.Find(In("g2", "owner-shown")).TextContent.Trim());
        Assert.Empty(page.FindAll($"[data-decision='{DecisionKey.OfOwner("g2")}']"));
        var saved = (await RecordsAsync(fixture)).Indicators["g2"].Single().Definition;
        Assert.Equal(("K. Jensen", 1000m, "timer/år"), (saved.Owner, saved.Baseline.Value, saved.Unit));
    }

    [Fact]
    public async Task An_owner_is_named_on_top_of_what_a_colleague_saved_meanwhile()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        var definition = new IndicatorDefinition { Key = "g2", Name = "Timer", Unit = "timer/år", Target = 10 };
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "g2", definition, null, default);
        var page = Open(fixture);
        page.Find(In("g2", "name-owner")).Click();
        await page.NameAsync("owner-name", "K. Jensen");
        await fixture.Store.SaveIndicatorAsync(
            fixture.Viewer, fixture.Chain, "g2", definition with { Measurer = "Sekretariatet" }, null, default);
        await page.InvokeAsync(() => page.Find(In("g2", "owner-form")).SubmitAsync());
        var saved = (await RecordsAsync(fixture)).Indicators["g2"][^1].Definition;
        Assert.Equal(("K. Jensen", "Sekretariatet"), (saved.Owner, saved.Measurer));
    }

    [Fact]
    public async Task A_follow_up_is_marked_as_done_with_a_word_and_the_next_one_is_offered_by_the_rhythm()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        var today = Today(fixture);
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "g2", new IndicatorDefinition
        {
            Key = "g2", Name = "Timer", Every = MeasuringRhythm.Quarter, FollowUpOn = today.AddDays(-3),
        }, null, default);
        var page = Open(fixture);
        page.Find(In("g2", "follow-up")).Click();
        Assert.Equal(Typed(today.AddMonths(3)), page.Find(In("g2", "follow-up-next")).GetAttribute("value"));
        await page.Find(In("g2", "follow-up-form")).SubmitAsync();
        Assert.Contains("Skriv et ord", page.Find(In("g2", "follow-up-form")).TextContent, StringComparison.Ordinal);
        page.Find(In("g2", "follow-up-text")).Change("Timerne er brugt på flere syn");
        await page.Find(In("g2", "follow-up-form")).SubmitAsync();
        Assert.Empty(page.FindAll(In("g2", "follow-up-form")));
        Assert.Contains("Timerne er brugt på flere syn", page.Find(In("g2", "followed-up")).TextContent, StringComparison.Ordinal);
        var records = await RecordsAsync(fixture);
        var note = Assert.Single(records.Notes);
        Assert.Equal((NoteKind.FollowUp, today, today.AddMonths(3)),
            (note.Kind, note.Day, records.Indicators["g2"][^1].Definition.FollowUpOn!.Value));
    }

    [Fact]
    public async Task A_decision_is_answered_with_what_by_whom_and_when()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        await fixture.Store.AddNoteAsync(
            fixture.Viewer, fixture.Chain, NoteKind.Decision, "", Today(fixture), null, "Skal der sendes igen?", null, default);
        var page = Open(fixture);
        page.Find("[data-decision^='note:'] [data-testid=answer-decision]").Click();
        Assert.Equal("Freja", page.Find("[data-testid=decision-by]").GetAttribute("value"));
        await page.Find("[data-testid=decision-form]").SubmitAsync();
        Assert.Contains("Skriv, hvad der er besluttet", page.Find("[data-testid=decision-form]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=decision-text]").Change("Ja, én gang");
        page.Find("[data-testid=decision-by]").Change("Direktionen");
        await page.Find("[data-testid=decision-form]").SubmitAsync();
        Assert.Contains("af Direktionen: Ja, én gang", page.Find("[data-decision^='note:'] [data-testid=decision-answer]").TextContent,
            StringComparison.Ordinal);
        var answer = (await RecordsAsync(fixture)).Notes.Single(n => n.Kind == NoteKind.DecisionAnswer);
        Assert.Equal((Occurrence.Yes, "Direktionen", Today(fixture)), (answer.Answer, answer.Evidence, answer.Day));
    }

    [Fact]
    public async Task Who_asks_for_an_owner_gets_one_and_an_answer_stays_when_nothing_asks_any_more()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        var key = DecisionKey.OfOwner("g3");
        Assert.True((await fixture.Store.AddNoteAsync(fixture.Viewer, fixture.Chain, NoteKind.DecisionAnswer, DecisionKey.OfTimeUse("g3"),
            Today(fixture), Occurrence.Yes, "Til de ældste sager", "Direktionen", default)).IsDone);
        var page = Open(fixture);
        page.Find($"[data-decision='{key}'] [data-testid=answer-decision]").Click();
        await page.NameAsync("owner-name", "K. Jensen");
        await page.Find($"[data-decision='{key}'] [data-testid=owner-form]").SubmitAsync();
        Assert.Equal("K. Jensen", (await RecordsAsync(fixture)).Indicators["g3"][^1].Definition.Owner);
        Assert.Empty(page.FindAll($"[data-decision='{key}']"));
        Assert.Contains("Til de ældste sager", page.Find($"[data-decision='{DecisionKey.OfTimeUse("g3")}']").TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_is_put_off_to_a_day_and_waits_again_when_the_day_comes()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        Assert.True((await fixture.Store.AddNoteAsync(
            fixture.Viewer, fixture.Chain, NoteKind.Decision, "", Today(fixture), null, "Skal brevet sendes igen?", null, default)).IsDone);
        var (key, later) = (DecisionKey.OfNote((await RecordsAsync(fixture)).Notes.Single().Id), Today(fixture).AddDays(5));
        var page = Open(fixture);
        page.Find($"[data-decision='{key}'] [data-testid=answer-decision]").Click();
        page.Find("[data-testid=decision-put-off]").Click();
        page.Find("[data-testid=decision-day]").Change(Typed(Today(fixture)));
        await page.Find("[data-testid=decision-form]").SubmitAsync();
        Assert.Contains("en dag, der kommer", page.Find("[data-testid=decision-form]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=decision-day]").Change(Typed(later));
        await page.Find("[data-testid=decision-form]").SubmitAsync();
        Assert.Contains("udskudt", page.Find($"[data-decision='{key}'] .chip").TextContent, StringComparison.Ordinal);
        fixture.Fixture.Time.Advance(TimeSpan.FromDays(6));
        Assert.Contains("venter", Open(fixture).Find($"[data-decision='{key}'] .chip").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_owner_is_asked_for_a_number_until_a_number_comes()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        var page = Open(fixture);
        page.Find(In("n1", "ask-number")).Click();
        await page.NameAsync("request-who", "L. Holm");
        page.Find(In("n1", "request-text")).Change("Spørgeskemaet for oktober");
        await page.Find(In("n1", "request-form")).SubmitAsync();
        Assert.Contains("L. Holm er bedt om et tal: Spørgeskemaet for oktober", page.Find(In("n1", "number-request")).TextContent,
            StringComparison.Ordinal);
        fixture.Fixture.Time.Advance(TimeSpan.FromMinutes(1));
        await fixture.Store.AddMeasurementsAsync(fixture.Viewer, fixture.Chain,
            [new NewMeasurement("n1", fixture.Fixture.Time.GetUtcNow(), 3, null)], "form", default);
        Assert.Empty(Open(fixture).FindAll(In("n1", "number-request")));
    }

    [Fact]
    public async Task Who_is_asked_gets_a_mail_with_a_link_when_an_address_is_given_and_none_once_the_number_has_come()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        var without = Open(fixture);
        without.Find(In("n1", "ask-number")).Click();
        Assert.Empty(without.FindAll(In("n1", "request-mail")));
        fixture.Mailer.IsConfigured = true;
        var page = Open(fixture);
        page.Find(In("n1", "ask-number")).Click();
        await page.NameAsync("request-who", "L. Holm");
        page.Find(In("n1", "request-text")).Change("Spørgeskemaet for oktober");
        page.Find(In("n1", "request-mail")).Input("holm");
        await page.Find(In("n1", "request-form")).SubmitAsync();
        Assert.Contains("mailadresse", page.Find(In("n1", "request-form")).TextContent, StringComparison.Ordinal);
        page.Find(In("n1", "request-mail")).Input("l.holm@kommune.dk");
        await page.Find(In("n1", "request-form")).SubmitAsync();
        await using var db = await ((IDbContextFactory<PortalDbContext>)fixture.Fixture).CreateDbContextAsync();
        var queued = Assert.Single(await db.OutgoingMails.AsNoTracking().ToListAsync(Xunit.TestContext.Current.CancellationToken));
        var mail = (await fixture.Mails.WriteAsync(queued, default))!;
        Assert.Equal("l.holm@kommune.dk", mail.To);
        Assert.Contains("Freja beder om et tal til en gevinst: Spørgeskemaet for oktober", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"/effektkaeder/{fixture.Chain}/gevinster?aabn=tal#gevinst-n1", mail.Text, StringComparison.Ordinal);
        fixture.Fixture.Time.Advance(TimeSpan.FromMinutes(1));
        await fixture.Store.AddMeasurementsAsync(fixture.Viewer, fixture.Chain,
            [new NewMeasurement("n1", fixture.Fixture.Time.GetUtcNow(), 3, null)], "form", default);
        Assert.Null(await fixture.Mails.WriteAsync(queued, default));
    }

    [Fact]
    public async Task Another_cause_stands_beside_the_figure()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        var page = Open(fixture);
        page.Find(In("g2", "add-other-cause")).Click();
        page.Find(In("g2", "note-text")).Change("Nævnet fik færre sager");
        await page.Find(In("g2", "note-form")).SubmitAsync();
        Assert.Contains("Anden årsag: Nævnet fik færre sager", page.Find(In("g2", "other-cause")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Naming_an_owner_is_put_off_to_a_day_and_the_report_counts_it_as_open_until_one_is_named()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        var (page, key) = (Open(fixture), DecisionKey.OfOwner("g3"));
        string At(string what) => $"[data-decision='{key}'] [data-testid={what}]";
        page.Find(At("answer-decision")).Click();
        page.Find(At("decision-put-off")).Click();
        page.Find(At("decision-text")).Change("Centret får ny chef");
        await page.Find(At("owner-form")).SubmitAsync();
        Assert.Contains("udskudt", page.Find($"[data-decision='{key}'] .chip").TextContent, StringComparison.Ordinal);
        Assert.Contains("Centret får ny chef", page.Find(At("decision-answer")).TextContent, StringComparison.Ordinal);
        var put = Of(await FiguresAsync(fixture), key);
        Assert.Equal((false, true), (put.IsOpen(Today(fixture)), put.CountsAsOpen(Today(fixture))));
        page.Find(At("answer-decision")).Click();
        await page.Find(At("owner-form")).SubmitAsync();
        Assert.Contains("Skriv navnet", page.Find(At("owner-form")).TextContent, StringComparison.Ordinal);
        await page.NameAsync("owner-name", "K. Jensen");
        await page.Find(At("owner-form")).SubmitAsync();
        Assert.Equal("K. Jensen", (await RecordsAsync(fixture)).Indicators["g3"][^1].Definition.Owner);
        Assert.False(Of(await FiguresAsync(fixture), key).CountsAsOpen(Today(fixture)));
    }

    [Fact]
    public async Task The_use_of_freed_time_is_decided_and_followed_up_on_its_day()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        Assert.True((await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "g2", new IndicatorDefinition
        {
            Key = "g2", Name = "Timer", Unit = "timer/år", Form = BenefitForm.Time, Owner = "K. Jensen",
        }, null, default)).IsDone);
        var (today, page) = (Today(fixture), Open(fixture));
        var (use, check) = (DecisionKey.OfTimeUse("g2"), DecisionKey.OfTimeCheck("g2"));
        await page.Find($"[data-decision='{use}'] [data-testid=answer-decision]").ClickAsync(new());
        await page.WaitForElement("[data-testid=time-use-form]").SubmitAsync();
        Assert.Contains("Skriv, hvad der er besluttet", page.Find("[data-testid=time-use-form]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=time-text]").Change("Kortere ventetid");
        page.Find("[data-testid=time-by]").Change("Direktionen");
        page.Find("[data-testid=time-check-on]").Change(Typed(today.AddDays(30)));
        await page.Find("[data-testid=time-use-form]").SubmitAsync();
        Assert.Equal("Kortere ventetid", page.Find(In("g2", "time-use")).TextContent);
        Assert.Contains("af Direktionen", page.Find(In("g2", "time-decided")).TextContent, StringComparison.Ordinal);
        Assert.Contains("planlagt", page.Find($"[data-decision='{check}'] .chip").TextContent, StringComparison.Ordinal);
        var definition = (await RecordsAsync(fixture)).Indicators["g2"][^1].Definition;
        Assert.Equal(("Kortere ventetid", "K. Jensen", today),
            (definition.TimeUse, definition.TimeUseOwner, definition.TimeUseFrom!.Value));
        Assert.False(Of(await FiguresAsync(fixture), check).IsOpen(today));

        fixture.Fixture.Time.Advance(TimeSpan.FromDays(30));
        page = Open(fixture);
        Assert.Contains("venter", page.Find($"[data-decision='{check}'] .chip").TextContent, StringComparison.Ordinal);
        await page.Find($"[data-decision='{check}'] [data-testid=answer-decision]").ClickAsync(new());
        page.WaitForElement("[data-testid=time-used]");
        await page.ChooseAsync("time-used", Occurrence.Partly);
        page.Find("[data-testid=time-check-text]").Change("Halvdelen gik til syn");
        await page.Find("[data-testid=time-check-form]").SubmitAsync();
        Assert.Contains("Vælg en ny opfølgning", page.Find("[data-testid=time-check-form]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=time-check-next]").Change(Typed(Today(fixture).AddDays(60)));
        await page.Find("[data-testid=time-check-form]").SubmitAsync();
        Assert.Contains("delvist. Halvdelen gik til syn", page.Find($"[data-decision='{check}'] [data-testid=decision-answer]").TextContent,
            StringComparison.Ordinal);
        var time = (await FiguresAsync(fixture)).Benefits.Single(f => f.Element.Id == "g2").FreedTime;
        Assert.Equal(("Kortere ventetid", Occurrence.Partly, Today(fixture).AddDays(60)),
            (time.Decided!.Text, time.Checked!.Answer!.Value, time.NextCheck!.Value));
    }

    [Fact]
    public async Task A_request_says_how_it_reaches_the_one_who_is_asked_and_what_became_of_it_and_is_withdrawn()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        var page = Open(fixture);
        page.Find(In("n1", "ask-number")).Click();
        Assert.Contains("Mail er ikke sat op", page.Find(In("n1", "request-route")).TextContent, StringComparison.Ordinal);
        fixture.Mailer.IsConfigured = true;
        page = Open(fixture);
        page.Find(In("n1", "ask-number")).Click();
        Assert.Contains("Uden adresse sendes ingen mail", page.Find(In("n1", "request-route")).TextContent, StringComparison.Ordinal);
        page.Find(In("n1", "request-mail")).Input("l.holm@kommune.dk");
        Assert.Contains("Der sendes en mail til l.holm@kommune.dk", page.Find(In("n1", "request-route")).TextContent,
            StringComparison.Ordinal);
        await page.NameAsync("request-who", "L. Holm");
        page.Find(In("n1", "request-text")).Change("Spørgeskemaet for oktober");
        await page.Find(In("n1", "request-form")).SubmitAsync();
        Assert.Contains("l.holm@kommune.dk står i kø", page.Find(In("n1", "request-mail-state")).TextContent, StringComparison.Ordinal);
        await using var db = await ((IDbContextFactory<PortalDbContext>)fixture.Fixture).CreateDbContextAsync();
        var mail = await db.OutgoingMails.SingleAsync(Xunit.TestContext.Current.CancellationToken);
        foreach (var (end, problem, words) in new[] { ((MailEnd?)null, "busy", "prøves igen"), (MailEnd.Sent, null, "blev sendt"),
            (MailEnd.GivenUp, "busy", "opgivet") })
        {
            (mail.End, mail.Problem) = (end, problem);
            await db.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
            Assert.Contains(words, Open(fixture).Find(In("n1", "request-mail-state")).TextContent, StringComparison.Ordinal);
        }

        page = Open(fixture);
        await page.Find(In("n1", "withdraw-request")).ClickAsync(new());
        Assert.Empty(page.FindAll(In("n1", "number-request")));
        Assert.Null(await fixture.Mails.WriteAsync(mail, default));
    }

    [Fact]
    public async Task A_request_and_its_mail_are_stored_together_or_not_at_all()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        var request = new NumberRequest("n1", Today(fixture), "Tallet for maj", "L. Holm", 0, _ => throw new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(
            () => fixture.Store.AskForNumberAsync(fixture.Viewer, fixture.Chain, request, default));
        Assert.Empty((await RecordsAsync(fixture)).Notes);
        var good = request with { Mail = fixture.Mails.MailOf(fixture.Viewer, "l.holm@kommune.dk", new Uri("https://portal.invalid/")) };
        Assert.True((await fixture.Store.AskForNumberAsync(fixture.Viewer, fixture.Chain, good, default)).IsDone);
        var note = Assert.Single((await RecordsAsync(fixture)).Notes);
        Assert.Equal(RequestMailState.Queued, (await fixture.Mails.StatesAsync(fixture.Viewer, [note.Id], default))[note.Id].State);
    }

    private static Decision Of(ChainBenefits benefits, string key) => Decisions.Of(benefits).Single(d => d.Key == key);

    private static async Task<ChainBenefits> FiguresAsync(BenefitFixture fixture) => (await fixture.Figures.ReadAsync(
        fixture.Viewer, fixture.Chain, Period.YearUpTo(Month.Of(fixture.Fixture.Time.GetUtcNow())), default))!;
}
