using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Operations;
using Portal.Features.Operations.Tracing;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Quarantine;
using Portal.Platform.Access;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.Messages;
using Portal.Tests.Features.Quarantine;
using Xunit;

namespace Portal.Tests.Features.Operations;

public sealed class OperationsPageTests : IAsyncDisposable
{
    private readonly FakeOperations _operations = new();
    private readonly PageFixture _fixture;

    public OperationsPageTests() =>
        _fixture = new PageFixture(PortalRoles.Administrator, services => services.AddSingleton<IOperationsReader>(_operations)
            .AddSingleton<IQuarantineReader>(new FakeQuarantine()).AddSingleton<MessageTracer>());

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public void A_transport_that_is_open_tells_its_figures()
    {
        var row = _fixture.Render<OperationsPage>().Find("[data-testid=transport]");
        Assert.Equal(("push", "open"), (row.GetAttribute("data-transport"), row.GetAttribute("data-state")));
        foreach (var text in (string[])["Åben", "12/s", "240 ms · 4,2 s", "12 · ældste 3 min", "3/min", "1/min"])
            Assert.Contains(text, row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transport_whose_state_changed_is_marked_and_reported()
    {
        var page = _fixture.Render<OperationsPage>();
        Assert.Empty(page.FindAll("[data-testid=news-mark]"));
        _operations.View = FakeOperations.Of(FakeOperations.Transport("push", "paused"));
        await _fixture.ArriveAsync(
            page, () => page.FindAll("[data-testid=transport][data-transport=push] [data-testid=news-mark]").Count == 1);
        var element = page.Find("[data-testid=news-told]");
        Assert.Equal("polite", element.GetAttribute("aria-live"));
        Assert.EndsWith(": På pause", element.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("paused", "På pause")]
    [InlineData("refused", "Afvist")]
    public void A_transport_in_trouble_says_why_and_what_to_do(string state, string word)
    {
        _operations.View = FakeOperations.Of(FakeOperations.Transport("amqp", state, "Køen findes ikke.", "Ret Ingestion:Amqp:Queue."));
        var page = _fixture.Render<OperationsPage>();
        var row = page.Find("[data-testid=transport]").TextContent;
        Assert.Contains(word, row, StringComparison.Ordinal);
        Assert.Contains("Køen findes ikke.", row, StringComparison.Ordinal);
        Assert.Contains("Gør sådan: Ret Ingestion:Amqp:Queue.", row, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=all-well]"));
    }

    [Fact]
    public void A_process_that_does_not_answer_is_reported_with_what_to_do()
    {
        _operations.View = FakeOperations.Of(FakeOperations.Transport("amqp", "silent"));
        Assert.Contains("start den igen", _fixture.Render<OperationsPage>().Find("[data-testid=transport][data-state=silent]").TextContent,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("connecting", "forbinder")]
    [InlineData("lost", "forbinder igen")]
    [InlineData("refused", "afvist")]
    [InlineData("paused", "på pause")]
    public void A_transport_that_does_not_take_is_a_red_line_at_the_top_and_nothing_is_well(string state, string word)
    {
        _operations.View = FakeOperations.Of(FakeOperations.Transport("push", "open"),
            FakeOperations.Transport("amqp", state, "Brokeren vært:5672 kan ikke nås.", "Se efter brokeren."));
        var page = _fixture.Render<OperationsPage>();
        var line = page.Find("[data-testid=transport-trouble][data-transport=amqp]").TextContent;
        foreach (var text in (string[])[word, "Brokeren vært:5672 kan ikke nås.", "Gør sådan: Se efter brokeren.", "siden"])
            Assert.Contains(text, line.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=all-well]"));
    }

    [Fact]
    public void A_process_that_died_is_a_red_line_at_the_top_with_what_it_took()
    {
        _operations.View = _operations.View with
        {
            Nodes = [.. _operations.View.Nodes, new NodeView("vm2/7/1", "worker", FakeOperations.Now.AddMinutes(-2), true,
                new CommitFigures(0, 0, 0), [FakeOperations.Transport("amqp", "silent"), FakeOperations.Transport("folder", "silent")])],
        };
        var page = _fixture.Render<OperationsPage>();
        var line = page.Find("[data-testid=process-dead]").TextContent;
        foreach (var text in (string[])["Worker vm2 · 7", "AMQP, Mappe", "start den igen"])
            Assert.Contains(text, line, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=all-well]"));
    }

    [Fact]
    public void A_portal_without_its_worker_says_so_at_the_top()
    {
        _operations.View = _operations.View with { NoWorkerSince = FakeOperations.Now.AddMinutes(-2) };
        var page = _fixture.Render<OperationsPage>();
        Assert.Contains("Der kører ingen worker", page.Find("[data-testid=no-worker]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=all-well]"));
    }

    [Fact]
    public void While_the_database_is_away_the_page_says_so_and_asks_it_nothing()
    {
        _operations.View = _operations.View with { Database = null, StorageError = "Databaseserveren svarer ikke." };
        var page = _fixture.Render<OperationsPage>();
        Assert.Contains("Databaseserveren svarer ikke.", page.Find("[data-testid=storage-trouble]").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("[data-testid=database-away]"));
        Assert.Equal("open", page.Find("[data-testid=transport]").GetAttribute("data-state"));
        foreach (var asking in (string[])["[data-testid=database]", "[data-testid=retention]", "[data-testid=all-well]"])
            Assert.Empty(page.FindAll(asking));
    }

    [Fact]
    public void Silence_and_trouble_are_said_at_the_top()
    {
        _operations.View = _operations.View with
        {
            StorageError = "Disken er fuld.",
            Silences = [new SilenceWarning("push", null, new SilenceFinding(FakeOperations.Now.AddHours(-3), 120)),
                new SilenceWarning(null, "PKO_PostStatus", new SilenceFinding(FakeOperations.Now.AddHours(-3), 90))],
        };
        var page = _fixture.Render<OperationsPage>();
        Assert.Contains("Disken er fuld. Intet går tabt", page.Find("[data-testid=storage-trouble]").TextContent, StringComparison.Ordinal);
        Assert.Contains("omkring 120 beskeder via Push siden kl. 23.11.2026 11:01:00, men der er ingen kommet (3 t)",
            page.Find("[data-transport=push][data-testid=silence]").TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "omkring 90 af typen PKO_PostStatus", page.Find("[data-beskedtype=PKO_PostStatus]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void All_well_is_said_too_and_what_cannot_be_known_is_not_guessed()
    {
        var page = _fixture.Render<OperationsPage>();
        Assert.Contains("Alt kører", page.Find("[data-testid=all-well]").TextContent, StringComparison.Ordinal);
        var database = page.Find("[data-testid=database]").TextContent;
        foreach (var text in (string[])["5,0 MB", "1.042", "måles", "10,0 GB", "kan ikke beregnes endnu"])
            Assert.Contains(text, database, StringComparison.Ordinal);
        Assert.Contains("Parring med breve", page.Find("[data-reader=letters]").TextContent, StringComparison.Ordinal);
        Assert.Contains("ukendt", page.Find("[data-reader=ukendt]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Ingen modtagekanal har været lukket.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_outage_tells_when_how_long_and_why()
    {
        _operations.View = _operations.View with { Outages = [new Outage(
            "vm1/42/1", "amqp", "paused", FakeOperations.Now.AddHours(-2), FakeOperations.Now.AddMinutes(-90),
            "Forbindelsen er væk."), new Outage("vm1/42/1", "push", "paused", FakeOperations.Now, null, null)] };
        var rows = _fixture.Render<OperationsPage>().FindAll("[data-testid=outage]");
        Assert.Contains("30 min", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Forbindelsen er væk.", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("vm1 · 42", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("varer endnu", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_answer_to_a_push_tells_what_it_does_to_the_mailbox()
    {
        _operations.View = _operations.View with { Push = Answers() };
        var page = _fixture.Render<OperationsPage>();
        var card = page.Find("[data-testid=push-answers]").TextContent;
        foreach (var text in (string[])["vm1 · 42", "StatusKode 20", "fjerner den fra postkassen", "StatusKode 40", "holder pause",
            "200 til en afsender, der er kendt på sit certifikat", "Svares aldrig", "standse postkassen", "Ingen afsender får 40 lige nu."])
            Assert.Contains(text, card, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("[data-testid=all-well]"));

        _operations.View = _operations.View with { Push = Answers() with { RefusalHttpStatus = 503 } };
        Assert.Contains("HTTP-status 503 til alle", _fixture.Render<OperationsPage>().Find("[data-testid=push-answers]").TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_40_are_told_with_since_when_how_many_why_and_to_whom_and_nothing_is_well()
    {
        _operations.View = _operations.View with
        {
            Push = Answers() with { Rows =
            [
                new PushRefusalRow("kombit (SHA-256 AB12CD34)", FakeOperations.Now.AddMinutes(-7), FakeOperations.Now, 1204,
                    PushRefusal.Storage, 200, "Disken er fuld.", null),
                new PushRefusalRow("192.0.2.7", FakeOperations.Now, FakeOperations.Now, 1, PushRefusal.UnknownCaller, 401, null, null),
            ] },
        };
        var page = _fixture.Render<OperationsPage>();
        var notice = Assert.Single(page.FindAll("[data-testid=push-refused]")).TextContent.ReplaceLineEndings(" ");
        foreach (var text in (string[])["40 til kombit (SHA-256 AB12CD34) siden 23.11.2026 13:54:00.", "Disken er fuld."])
            Assert.Contains(text, notice, StringComparison.Ordinal);
        Assert.Contains("1.204", page.Find("[data-testid=push-refusal]").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Storage", "UnknownCaller"], page.FindAll("[data-testid=push-refusal]").Select(r => r.GetAttribute("data-why")));
        Assert.Empty(page.FindAll("[data-testid=all-well]"));
    }

    [Fact]
    public void A_strangers_refused_call_takes_nothing_from_all_being_well()
    {
        _operations.View = _operations.View with { Push = Answers() with { Rows = [new PushRefusalRow("192.0.2.7", FakeOperations.Now,
            FakeOperations.Now, 1, PushRefusal.UnknownCaller, 401, null, null)] } };
        var page = _fixture.Render<OperationsPage>();
        Assert.NotEmpty(page.FindAll("[data-testid=all-well]"));
        Assert.Contains("192.0.2.7", page.Find("[data-testid=push-refusal]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_expires_and_a_header_that_was_ignored_are_told_with_what_to_do()
    {
        var (mine, theirs) = (Certificate(CertificateUse.Own, -2), Certificate(CertificateUse.Push, 41));
        _operations.View = _operations.View with
        {
            Push = Answers() with
            {
                Certificates = [mine, theirs], Expiring = [mine, theirs],
                Ignored = new IgnoredCertificateHeader("198.51.100.4", FakeOperations.Now, FakeOperations.Now, 3),
            },
        };
        var page = _fixture.Render<OperationsPage>();
        var notices = page.FindAll("[data-testid=certificate-expires]").Select(n => n.TextContent.ReplaceLineEndings(" ")).ToList();
        Assert.Contains("navn (SHA-256 AB12CD34) udløb 21.11.2026", notices[0], StringComparison.Ordinal);
        Assert.Contains("udløber 03.01.2027; dage tilbage: 41", notices[1], StringComparison.Ordinal);
        Assert.Contains("ved siden af det gamle", notices[1], StringComparison.Ordinal);
        Assert.Contains("198.51.100.4", page.Find("[data-testid=header-ignored]").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.FindAll("[data-testid=certificate]").Count);
        Assert.Empty(page.FindAll("[data-testid=all-well]"));
    }

    private static PushView Answers() => new("vm1/42/1", null, FakeOperations.Now, [], null, [], []);

    private static SeenCertificate Certificate(CertificateUse use, int days) => new(
        use, "AB12CD34EF", "navn", FakeOperations.Now.AddDays(-300), FakeOperations.Now.AddDays(days), FakeOperations.Now);

    [Fact]
    public async Task A_change_shows_by_itself()
    {
        var page = _fixture.Render<OperationsPage>();
        _operations.View = FakeOperations.Of(FakeOperations.Transport("push", "paused", "Disken er fuld."));
        await _fixture.ArriveAsync(page, () => page.FindAll("[data-state=paused]").Count == 1);
    }

    [Theory]
    [InlineData(0, "0 byte")]
    [InlineData(1023, "1.023 byte")]
    [InlineData(1536, "1,5 kB")]
    [InlineData(157286400, "150 MB")]
    [InlineData(-2048, "−2,0 kB")]
    public void Sizes_read_as_people_write_them(double bytes, string text) => Assert.Equal(text, OperationsFormat.Bytes(bytes));
}
