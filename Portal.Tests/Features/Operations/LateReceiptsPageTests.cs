using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Cases;
using Portal.Features.FollowUp;
using Portal.Features.FollowUp.People;
using Portal.Features.Operations;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Delays;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Operations;
using Portal.Platform.Access;
using Portal.Platform.Mail;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.FollowUp;
using Portal.Tests.Features.Messages;
using Portal.Tests.Platform.Shell;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.Operations;

public sealed class LateReceiptsPageTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = FakeOperations.Now;
    private readonly FormGuardTests.Notes _notes = new();
    private readonly PageFixture _fixture;

    public LateReceiptsPageTests()
    {
        var worklist = new FakeWorklist(new FakeCases());
        _fixture = new PageFixture(PortalRoles.Administrator, services => services.AddSingleton<IOperationsReader>(new FakeOperations())
            .AddSingleton<Portal.Ingestion.Quarantine.IQuarantineReader>(new Quarantine.FakeQuarantine())
            .AddSingleton<Portal.Features.Operations.Tracing.MessageTracer>()
            .AddSingleton<IWorklistService>(worklist).AddSingleton<IHandMatching>(worklist).AddSingleton<ISenderMutes>(worklist)
            .AddSingleton<IWorkPeople>(worklist).AddSingleton<ICaseNotes>(_notes)
            .AddSingleton<IMailer>(new SmtpMailer(new SmtpSettings(null, 25, null, null, ""))).AddScoped<FollowUpPageServices>());
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("da");
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private static LateReceipts Late(long waiting) => new("55133018", Now.AddMinutes(-20),
        new DelayFigures(137, new TimeSpan(14, 20, 0), new TimeSpan(30, 5, 0)), 24, waiting);

    [Theory]
    [InlineData(12, "12 rækker venter, til brevet er over 30 t 5 min gammelt")]
    [InlineData(1, "1 række venter, til brevet er over 30 t 5 min gammelt")]
    [InlineData(0, "Nye rækker venter, til brevet er over 30 t 5 min gammelt")]
    public void The_worklist_says_in_one_line_that_receipts_are_late(int waiting, string held)
    {
        _fixture.Delays.Late.Add(Late(waiting));
        var line = Assert.Single(_fixture.Render<FollowUpPage>().FindAll("[data-testid=late-receipts]")).TextContent;
        foreach (var text in (string[])["siden kl. 13:41", "137 breve", "mindst 14 t 20 min", held])
            Assert.Contains(text, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_line_comes_and_goes_while_the_page_is_open()
    {
        var page = _fixture.Render<FollowUpPage>();
        Assert.Empty(page.FindAll("[data-testid=late-receipts]"));
        _fixture.Delays.Late.Add(Late(2));
        await _fixture.ArriveAsync(page, () => page.FindAll("[data-testid=late-receipts]").Count == 1);
        _fixture.Delays.Late.Clear();
        await _fixture.ArriveAsync(page, () => page.FindAll("[data-testid=late-receipts]").Count == 0);
    }

    [Fact]
    public void Drift_shows_the_line_and_the_delays_by_hour()
    {
        _fixture.Delays.Late.Add(Late(2));
        _fixture.Delays.Hours.Add(new HourlyDelay(new DateTimeOffset(2026, 10, 25, 1, 0, 0, TimeSpan.Zero), DelayFigures.None));
        _fixture.Delays.Hours.Add(new HourlyDelay(new DateTimeOffset(2026, 10, 25, 0, 0, 0, TimeSpan.Zero),
            new DelayFigures(1234, TimeSpan.FromMinutes(4), TimeSpan.FromHours(50))));
        var page = _fixture.Render<OperationsPage>();
        Assert.Single(page.FindAll("[data-testid=late-receipts]"));
        Assert.Empty(page.FindAll("[data-testid=all-well]"));
        page.WaitForAssertion(() => Assert.Equal(
            [
                ["25.10.2026 fra kl. 02:00 (normaltid)", "0", "–", "–"],
                ["25.10.2026 fra kl. 02:00 (sommertid)", "1.234", "4 min", "2 dage 2 t"],
            ],
            page.FindAll("[data-testid=delay-hour]").Select(r => r.Children.Select(c => c.TextContent.Trim()).ToArray())));
    }

    [Fact]
    public void A_period_that_is_over_is_offered_and_dismissed()
    {
        _fixture.Delays.Offered.Add(new LatePeriod(7, Now.AddHours(-3), Now.AddHours(-1), TimeSpan.FromHours(20)));
        var page = _fixture.Render<FollowUpPage>();
        Assert.Equal("/driftshaendelser?forsinket=7", page.Find("[data-testid=late-note]").GetAttribute("href"));
        Assert.Contains("fra 23.11.2026 kl. 11:01 til 23.11.2026 kl. 13:01", page.Find("[data-testid=late-period]").TextContent,
            StringComparison.Ordinal);
        page.Find("[data-testid=late-dismiss]").Click();
        page.WaitForState(() => page.FindAll("[data-testid=late-period]").Count == 0);
    }

    [Fact]
    public void The_form_is_filled_in_and_notes_the_period_to_the_second_also_in_the_hour_that_autumn_repeats()
    {
        var from = new DateTimeOffset(2026, 10, 25, 1, 15, 20, TimeSpan.Zero);
        _fixture.Delays.Offered.Add(new LatePeriod(7, from, from.AddHours(2), new TimeSpan(20, 30, 0)));
        _fixture.Services.GetRequiredService<NavigationManager>().NavigateTo("/driftshaendelser?forsinket=7");
        var page = _fixture.Render<IncidentsPage>();
        Assert.Equal(("25-10-2026", "02:15"), (page.Find("[data-testid=incident-from]").GetAttribute("value"),
            page.Find("[data-testid=incident-from-time]").GetAttribute("value")));
        Assert.Equal("DigitalPost", page.Chosen<string>("incident-channel"));
        Assert.Contains("20 timer og 30 minutter", page.Find("[data-testid=incident-text]").GetAttribute("value"),
            StringComparison.Ordinal);
        page.Find("form").Submit();
        Assert.Equal((from, from.AddHours(2), 7L),
            (_notes.Drafts[0].From, _notes.Drafts[0].To, _notes.Drafts[0].LatePeriod));
    }
}
