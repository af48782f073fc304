using Bunit;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Tests.Platform.Ui;
using Xunit;
using static Portal.Tests.Features.Benefits.BenefitsPageParts;

namespace Portal.Tests.Features.Benefits;

/// <summary>Two people change the same benefit: each sees what the other wrote before it is replaced.</summary>
public sealed class BenefitConflictTests
{
    [Fact]
    public async Task Who_saves_over_a_colleagues_change_sees_both_field_by_field_and_chooses()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var first = Disputes with { EffectFrom = null, Baseline = Baseline.None with { Value = 550 } };
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "d1", first, null, default);
        var page = Open(fixture);
        Row(page, "d1").QuerySelector("[data-testid=describe]")!.Click();
        await fixture.Store.SaveIndicatorAsync(
            Anna, fixture.Chain, "d1", first with { Owner = "A. Holm", Target = 10, Measurer = "Sekretariatet", Low = 5 }, null, default);

        // On the renderer's thread, since Anna's save renders the page again.
        await page.NameAsync("owner", "K. Jensen");
        foreach (var (field, value) in new[] { ("target-value", "20"), ("baseline-value", "500") })
            await page.InvokeAsync(() => page.Find($"[data-testid={field}]").ChangeAsync(new() { Value = value }));
        await page.Find("[data-testid=indicator-form]").SubmitAsync();

        var text = page.Find("[data-testid=indicator-conflict]").TextContent;
        Assert.Contains("Anna", text, StringComparison.Ordinal);
        Assert.Equal(["FieldTarget", "FieldOwner"], page.FindAll("[data-testid=conflict]").Select(c => c.GetAttribute("data-field")));
        Assert.Equal(["10", "20"], page.FindAll("[data-testid=conflict][data-field=FieldTarget] q").Select(q => q.TextContent));
        Assert.Equal(["Forventning, lav: 5", "Måles af: Sekretariatet"],
            page.FindAll("[data-testid=conflict-taken]").Select(t => t.TextContent));
        Assert.Equal("K. Jensen", page.Find("[data-testid=owner]").GetAttribute("value"));
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        Assert.Contains("Vælg øverst", page.Find("[data-testid=indicator-problems]").TextContent, StringComparison.Ordinal);
        page.Find("[data-field=FieldTarget] [data-testid=keep-theirs]").Click();
        page.Find("[data-field=FieldOwner] [data-testid=keep-mine]").Click();
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        Assert.Empty(page.FindAll("[data-testid=indicator-form]"));
        var saved = (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Indicators["d1"];
        Assert.Equal((3, "K. Jensen", 10m, "Sekretariatet", 5m, 500m), (saved.Count, saved[^1].Definition.Owner,
            saved[^1].Definition.Target, saved[^1].Definition.Measurer, saved[^1].Definition.Low, saved[^1].Definition.Baseline.Value));
    }

    [Fact]
    public async Task A_number_that_a_colleague_entered_meanwhile_is_shown_before_it_is_replaced()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var page = Open(fixture);
        Row(page, "n1").QuerySelector("[data-testid=enter]")!.Click();
        page.Find("[data-testid=measurement-day]").Change("31-01-2026");
        page.Find("[data-testid=measurement-value]").Change("2,9");
        await fixture.Store.AddMeasurementsAsync(Anna, fixture.Chain, [new NewMeasurement("n1", January, 3.125m, null)], "form", default);
        await page.Find("[data-testid=measurement-form]").SubmitAsync();
        Assert.Contains("Anna har imens indtastet et tal for 31.01.2026: 3,125", page.Find("[data-testid=number-conflict]").TextContent,
            StringComparison.Ordinal);
        await page.Find("[data-testid=keep-mine]").ClickAsync(new());
        Assert.Equal(["2,9", "3,125"], page.FindAll("[data-testid=measurement] b").Select(b => b.TextContent));
    }

    [Fact]
    public async Task The_same_number_with_another_note_is_shown_too_before_its_note_is_replaced()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var page = Open(fixture);
        Row(page, "n1").QuerySelector("[data-testid=enter]")!.Click();
        page.Find("[data-testid=measurement-day]").Change("31-01-2026");
        page.Find("[data-testid=measurement-value]").Change("2,9");
        await fixture.Store.AddMeasurementsAsync(
            Anna, fixture.Chain, [new NewMeasurement("n1", January, 2.9m, "uden Lindebo")], "form", default);
        await page.Find("[data-testid=measurement-form]").SubmitAsync();
        Assert.Equal("uden Lindebo", page.Find("[data-testid=number-conflict] q").TextContent);
        await page.Find("[data-testid=keep-theirs]").ClickAsync(new());
        Assert.Equal(
            "uden Lindebo", Assert.Single((await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Measurements).Note);
        Assert.Empty(page.FindAll("[data-testid=number-conflict]"));
    }

    [Theory]
    [InlineData(NoteKind.Behaviour, "b1", "[data-testid=behaviour-row][data-element-id=b1]", "follow-behaviour")]
    [InlineData(NoteKind.Cause, "g2", "[data-element-id=g2].benefit", "add-cause")]
    [InlineData(NoteKind.Decision, "", "[data-testid=notes-decision]", "add-Decision")]
    [InlineData(NoteKind.Unplanned, "", "[data-testid=notes-unplanned]", "add-Unplanned")]
    public async Task A_note_that_a_colleague_wrote_meanwhile_is_shown_before_mine_is_saved(
        NoteKind kind, string box, string place, string opener)
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var today = new DateOnly(2026, 2, 1);
        Occurrence? yes = kind == NoteKind.Behaviour ? Occurrence.Yes : null;
        await fixture.Store.AddNoteAsync(Anna, fixture.Chain, kind, box, today, yes, "Set før der skrives", null, default);
        var page = Open(fixture);
        await page.Find($"{place} [data-testid={opener}]").ClickAsync(new());

        // A colleague's note that was written after the typing began counts as unseen, even if the page shows it before the save.
        await WriteAsync(page, place, "Min");
        await fixture.Store.AddNoteAsync(Anna, fixture.Chain, kind, box, today, yes, "Annas", null, default);
        await page.InvokeAsync(() => page.Find($"{place} [data-testid=note-form]").SubmitAsync());
        var element = page.Find("[data-testid=note-conflict]");
        Assert.Contains("Anna skrev her", element.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Annas", "Min"], element.QuerySelectorAll($"[data-field=Write{kind}] q").Select(q => q.TextContent));
        Assert.Equal("Min", page.Find($"{place} [data-testid=note-text]").GetAttribute("value"));
        Assert.Equal(2, (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Notes.Count);
        Assert.DoesNotContain(fixture.JSInterop.Invocations, i => i.Identifier == "portalDrafts.forget");

        await page.Find("[data-testid=keep-mine]").ClickAsync(new());
        Assert.Equal(["Set før der skrives", "Annas", "Min"],
            (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Notes.Select(n => n.Text));
        Assert.Empty(page.FindAll("[data-testid=note-conflict]"));
        Assert.Contains(
            fixture.JSInterop.Invocations, i => i.Identifier == "portalDrafts.forget" && (string?)i.Arguments[0] == $"note-{kind}-{box}");
    }

    [Fact]
    public async Task A_note_is_given_up_for_a_colleagues_and_no_question_is_asked_about_what_was_seen_or_says_the_same()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var page = Open(fixture);
        await page.Find("[data-testid=add-Decision]").ClickAsync(new());
        await WriteAsync(page, "[data-testid=notes-decision]", "Min");
        await fixture.Store.AddNoteAsync(
            Anna, fixture.Chain, NoteKind.Decision, "", new DateOnly(2026, 2, 1), null, "Annas", null, default);
        await page.Find("[data-testid=notes-decision] [data-testid=note-form]").SubmitAsync();
        await page.Find("[data-testid=keep-theirs]").ClickAsync(new());
        Assert.Equal("Annas", Assert.Single((await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Notes).Text);

        // Her note has now been seen.
        await page.Find("[data-testid=add-Decision]").ClickAsync(new());
        await WriteAsync(page, "[data-testid=notes-decision]", "Næste");
        await page.Find("[data-testid=notes-decision] [data-testid=note-form]").SubmitAsync();
        Assert.Empty(page.FindAll("[data-testid=note-conflict]"));
        Assert.Equal(2, (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Notes.Count);
    }
}
