using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Cases;
using Portal.Features.FollowUp;
using Portal.Features.FollowUp.People;
using Portal.Features.Registering;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Work;
using Portal.Platform.Mail;
using Portal.Platform.Ui;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.FollowUp;
using Portal.Tests.Features.Messages;
using Portal.Tests.Features.Registering;
using Xunit;

namespace Portal.Tests.Platform.Shell;

/// <summary>
/// Each form with text, while the database refuses writes: the form says so, the text stays, and a second press saves it.
/// </summary>
public sealed class FormGuardTests : IAsyncDisposable
{
    private readonly Notes _notes = new();
    private readonly FakeRegistry _letters = new();
    private readonly FakeCases _cases = new();
    private readonly FakeWorklist _worklist;
    private readonly PageFixture _fixture;

    public FormGuardTests()
    {
        _worklist = new FakeWorklist(_cases);
        _fixture = new PageFixture(Portal.Platform.Access.PortalRoles.Administrator, services => services.AddSingleton<ICaseNotes>(_notes)
            .AddSingleton<ILetterRegistry>(_letters).AddSingleton<ILetterPreview>(_letters)
            .AddSingleton<ICaseReader>(_cases).AddSingleton<IWorklistService>(_worklist).AddSingleton<IHandMatching>(_worklist)
            .AddSingleton<ISenderMutes>(_worklist).AddSingleton<IWorkPeople>(_worklist)
            .AddSingleton<IMailer>(new SmtpMailer(new SmtpSettings("mail.invalid", 25, null, null, "portal@kommune.invalid")))
            .AddScoped<FollowUpPageServices>());
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    public static TheoryData<string> Errors() => PageErrors.Errors();

    // Submits twice: the first fails, says so and keeps the text; the second saves it.
    private void FailsOnceAndIsSaved<T>(IRenderedComponent<T> page, string form, string field, string text, Action<Exception?> error,
        string kind, Func<bool> saved, string draft)
        where T : IComponent
    {
        error(PageErrors.Error(kind));
        page.Find(form).Submit();
        page.WaitForAssertion(() => Assert.Contains(
            "Din tekst er bevaret; prøv igen", page.Find("[data-testid=not-saved]").TextContent, StringComparison.Ordinal));
        Assert.Equal(text, page.Find(field).GetAttribute("value"));
        Assert.Equal("alert", page.Find("[data-testid=not-saved]").GetAttribute("role"));
        Assert.False(saved());
        Assert.DoesNotContain(_fixture.JSInterop.Invocations, i => i.Identifier == "portalDrafts.forget");
        error(null);
        page.Find(form).Submit();
        page.WaitForState(saved);
        page.WaitForAssertion(() => Assert.Contains(
            _fixture.JSInterop.Invocations, i => i.Identifier == "portalDrafts.forget" && (string?)i.Arguments[0] == draft));
    }

    [Theory, MemberData(nameof(Errors))]
    public void The_reason_of_a_hold_stays(string kind)
    {
        var closed = false;
        var page = _fixture.Render<HoldDialog>(p => p.Add(x => x.CaseNumber, "26-0412").Add(x => x.Held, false)
            .Add(x => x.OnClose, () => closed = true));
        page.Find("[data-testid=hold-reason]").Input("retssag er varslet");
        FailsOnceAndIsSaved(page, "form", "[data-testid=hold-reason]", "retssag er varslet", t => _notes.Error = t, kind,
            () => closed && _notes.Written.Contains("retssag er varslet"), "hold");
    }

    [Theory, MemberData(nameof(Errors))]
    public void An_incident_stays(string kind)
    {
        var page = _fixture.Render<IncidentsPage>();
        page.Find("[data-testid=incident-from]").Change("23-11-2026");
        page.Find("[data-testid=incident-from-time]").Change("10:00");
        page.Find("[data-testid=incident-text]").Input("Fjernprint lå stille");
        FailsOnceAndIsSaved(page, "form[data-draft=incident]", "[data-testid=incident-text]", "Fjernprint lå stille",
            t => _notes.Error = t, kind,
            () => _notes.Written.Contains("Fjernprint lå stille"), "incident");
        page.WaitForState(() => string.IsNullOrEmpty(page.Find("[data-testid=incident-text]").GetAttribute("value")));

        _notes.Error = PageErrors.Error(kind);
        page.Find("[data-testid=incident-withdraw]").Click();
        page.WaitForElement("[data-testid=not-saved]");
        Assert.Single(page.FindAll("[data-testid=incident-row]"));
    }

    [Theory, MemberData(nameof(Errors))]
    public void A_letter_that_is_typed_in_stays(string kind)
    {
        var page = _fixture.Render<LetterForm>();
        foreach (var (id, value) in (ReadOnlySpan<(string, string)>)[
            ("caseNumber", "26-0412"), ("caseType", "Huslejenævn"), ("letterId", "L-7"), ("title", "Afgørelse"),
            ("recipient-name", "Anna Lejer"), ("identifiers-messageUuid", "3f2b8c1e-9d4a-4b7e-8f10-2a6c5d7e9b01")])
        {
            page.Find($"#letter-{id}").Input(value);
        }

        page.Find("#letter-sentAt").Change("20-11-2026");
        page.Find("#letter-sentAt-time").Change("10:00");
        FailsOnceAndIsSaved(page, "form", "#letter-title", "Afgørelse", t => _letters.Error = t, kind,
            () => _letters.Stored.Exists(l => l.LetterId == "L-7"), "letter");
        Assert.True(page.Find("#letter-recipient-id").HasAttribute("data-no-draft"));
        Assert.False(page.Find("#letter-title").HasAttribute("data-no-draft"));
    }

    [Theory, MemberData(nameof(Errors))]
    public void The_address_of_the_daily_mail_stays(string kind)
    {
        var closed = false;
        var page = _fixture.Render<DigestChoice>(p => p.Add(x => x.OnClose, () => closed = true));
        page.Find("[data-testid=digest-to]").Input("sofie@kommune.dk");
        FailsOnceAndIsSaved(page, "form", "[data-testid=digest-to]", "sofie@kommune.dk", t => _worklist.Error = t, kind,
            () => closed && _worklist.DigestTo == "sofie@kommune.dk", "digest");
    }

    [Theory, MemberData(nameof(Errors))]
    public void The_purpose_of_a_search_by_person_number_stays(string kind)
    {
        Assert.True(CprNumber.TryParse("0101011234", out var cpr));
        var found = false;
        var page = _fixture.Render<PersonSearch>(p => p.Add(x => x.Cpr, cpr).Add(x => x.OnFound, _ => found = true));
        page.Find("[data-testid=cpr-purpose]").Input("Ringer til lejeren");
        FailsOnceAndIsSaved(page, "form", "[data-testid=cpr-purpose]", "Ringer til lejeren", t => _fixture.Access.Error = t, kind,
            () => found, "person-search");
    }

    [Fact]
    public async Task A_second_press_while_the_first_is_being_done_does_nothing()
    {
        var guard = _fixture.Render<FormGuard>();
        var (first, runs) = (new TaskCompletionSource(), 0);
        var running = guard.InvokeAsync(() => guard.Instance.RunAsync(() =>
        {
            runs++;
            return first.Task;
        }));
        Assert.True(guard.Instance.Busy);
        Assert.False(await guard.InvokeAsync(() => guard.Instance.RunAsync(() =>
        {
            runs++;
            return Task.CompletedTask;
        })));
        first.SetResult();
        Assert.True(await running);
        Assert.Equal((1, false), (runs, guard.Instance.Busy));
    }

    internal sealed class Notes : ICaseNotes
    {
        public Exception? Error { get; set; }

        public List<string> Written { get; } = [];

        public Task<ValueList<Incident>> IncidentsAsync(Viewer viewer, CancellationToken cancellationToken) =>
            Task.FromResult<ValueList<Incident>>(
                [.. Written.Select((w, n) => new Incident(n, FakeCases.Sent, null, null, w, FakeCases.Sent, viewer.Name, null, null))]);

        public List<IncidentDraft> Drafts { get; } = [];

        public Task NoteIncidentAsync(Viewer viewer, IncidentDraft draft, CancellationToken cancellationToken)
        {
            Drafts.Add(draft);
            return WriteAsync(draft.Text);
        }

        public Task<bool> WithdrawIncidentAsync(Viewer viewer, long id, CancellationToken cancellationToken) =>
            WriteAsync("trukket tilbage");

        public Task<bool> HoldAsync(Viewer viewer, string caseNumber, bool on, string reason, CancellationToken cancellationToken) =>
            WriteAsync(reason);

        private Task<bool> WriteAsync(string text)
        {
            if (Error is not null) throw Error;
            Written.Add(text);
            return Task.FromResult(true);
        }
    }
}
