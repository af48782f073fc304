using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Page;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Hosting;
using Portal.Platform.Access;
using Xunit;

namespace Portal.Tests.Features.Benefits;

/// <summary>
/// Every form that a button opens on the benefits' page is an <see cref="InlineForm"/>: it can be closed, it takes the focus and gives it
/// back, and it asks before it throws away what was typed (InlineForm.razor.js).
/// </summary>
public sealed class InlineFormTests
{
    private static readonly string Folder = Path.Combine(ConfigurationFile.Root, "Portal", "Features", "Benefits");

    [Fact]
    public void Every_form_is_the_shared_one_or_stands_in_a_dialog() => Assert.Equal(
        [], Directory.EnumerateFiles(Folder, "*.razor", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f) is var text && text.Contains("<form", StringComparison.Ordinal)
                && !text.Contains("<Modal", StringComparison.Ordinal))
            .Select(f => Path.GetFileNameWithoutExtension(f)).Except(["InlineForm"]));

    [Fact]
    public async Task Every_button_that_opens_a_form_opens_one_that_is_closed_again_and_takes_the_focus()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        var today = DanishTime.DateOf(fixture.Fixture.Time.GetUtcNow());
        await fixture.Store.AddNoteAsync(fixture.Viewer, fixture.Chain, NoteKind.Decision, "", today, null, "Igen?", null, default);
        foreach (var key in new[] { DecisionKey.OfTimeUse("g3"), DecisionKey.OfTimeCheck("g3") })
        {
            await fixture.Store.AddNoteAsync(
                fixture.Viewer, fixture.Chain, NoteKind.DecisionAnswer, key, today, Occurrence.Yes, "Til syn", "Freja", default);
        }

        var page = fixture.Render<BenefitsPage>(p => p.Add(x => x.Id, fixture.Chain));
        var forms = new HashSet<string>();
        var openers = page.FindAll("button[aria-expanded]").Count;
        Assert.True(openers > 20);
        for (var n = 0; n < openers; n++)
        {
            var asked = fixture.JSInterop.Invocations.Count(i => i.Identifier == "open");
            var opener = page.FindAll("button[aria-expanded]")[n];
            if (opener.GetAttribute("data-testid") == "all-measurements" || opener.Closest("[data-testid=list-look]") is not null) continue;
            await page.FindAll("button[aria-expanded]")[n].ClickAsync(new());
            var form = Assert.Single(page.FindAll(".inline-form"));
            forms.Add(form.GetAttribute("data-testid")!);
            Assert.Equal("true", page.FindAll("button[aria-expanded]")[n].GetAttribute("aria-expanded"));
            Assert.False(string.IsNullOrEmpty(form.GetAttribute("data-draft-open")));
            Assert.NotNull(form.QuerySelector("[data-ask][hidden]"));
            Assert.Equal(asked + 1, fixture.JSInterop.Invocations.Count(i => i.Identifier == "open"));
            await page.Find(".inline-form [data-cancel]").ClickAsync(new());
            Assert.Empty(page.FindAll(".inline-form"));
            Assert.Equal("false", page.FindAll("button[aria-expanded]")[n].GetAttribute("aria-expanded"));
        }

        Assert.Equal(["decision-form", "follow-up-form", "measurement-form", "note-form", "owner-form", "request-form", "time-check-form",
            "time-use-form"], forms.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("tal", "gevinst-n1", "measurement-form")]
    [InlineData("opfoelgning", "gevinst-g2", "follow-up-form")]
    [InlineData("aarsag", "gevinst-g2", "note-form")]
    [InlineData("svar", "beslutning-owner-g3", "owner-form")]
    public async Task A_link_opens_the_form_of_the_place_that_it_names(string form, string place, string opened)
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        var link = Portal.Platform.Ui.PortalUrls.BenefitForm(fixture.Chain, place, form);
        fixture.Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo(link);
        var page = fixture.Render<BenefitsPage>(p => p.Add(x => x.Id, fixture.Chain));
        Assert.NotNull(page.Find($"#{place} [data-testid={opened}]"));
        Assert.Single(page.FindAll(".inline-form"));
        await page.Find(".inline-form [data-cancel]").ClickAsync(new());
        Assert.Empty(page.FindAll(".inline-form"));
    }
}
