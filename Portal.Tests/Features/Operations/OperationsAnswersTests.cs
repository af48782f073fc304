using Bunit;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Operations;
using Portal.Features.Operations.Tracing;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Quarantine;
using Portal.Platform.Access;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.Messages;
using Portal.Tests.Features.Quarantine;
using Xunit;

namespace Portal.Tests.Features.Operations;

/// <summary>Drift says in words whether anything piles up, whether each reader keeps up, and where a message went.</summary>
public sealed class OperationsAnswersTests : IAsyncDisposable
{
    private readonly FakeOperations _operations = new();
    private readonly FakeQuarantine _quarantine = new();
    private readonly FakeCases _cases = new();
    private readonly PageFixture _fixture;

    public OperationsAnswersTests() => _fixture = new PageFixture(PortalRoles.Administrator, services => services
        .AddSingleton<IOperationsReader>(_operations).AddSingleton<IQuarantineReader>(_quarantine).AddSingleton<ICaseReader>(_cases)
        .AddSingleton<MessageTracer>());

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public void All_is_not_well_while_an_answer_below_says_otherwise()
    {
        var well = FakeOperations.Of(Waiting(null)) with { Readers = [new ReaderView("letters", 7, 3)] };
        Assert.True(OperationsAnswers.IsWell(well, FakeOperations.Now));
        Assert.False(OperationsAnswers.IsWell(well with { Readers = [new ReaderView("letters", 0, 5000)] }, FakeOperations.Now));
        Assert.False(OperationsAnswers.IsWell(FakeOperations.Of(Waiting(5000)) with { Readers = well.Readers }, FakeOperations.Now));

        // Neither "all have read everything" beside a reader that lacks three, nor "none waits" where nobody can know.
        _operations.View = well;
        var page = _fixture.Render<OperationsPage>();
        Assert.Contains("mangler 3: Parring med breve", page.Find("[data-testid=answer-keeps-up]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Portalen henter ingen steder", page.Find("[data-testid=answer-piles-up]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_message_by_push_is_the_same_in_its_row_and_among_the_answers_to_senders()
    {
        var at = FakeOperations.Now.AddSeconds(-1);
        var transport = FakeOperations.Transport("push", "open");
        var view = FakeOperations.Of(transport with { Figures = transport.Figures with { LastMessageAt = at } });
        _operations.View = view with { Push = new PushView(view.Nodes[0].Id, null, null, [], null, [], []) };
        var shown = _fixture.Render<OperationsPage>().Find("[data-testid=push-last-stored]").TextContent.Trim();
        Assert.Equal(Portal.Platform.Text.LanguageFormat.PageDateAndTime(at), shown);
    }

    private static TransportView Waiting(long? count) =>
        FakeOperations.Transport("amqp", "open") with { Backlog = new TransportBacklog(count, FakeOperations.Now.AddMinutes(-3)) };

    [Fact]
    public void What_waits_and_who_lags_is_said_in_words()
    {
        _operations.View = FakeOperations.Of(FakeOperations.Transport("push", "open") with
        {
            Backlog = new TransportBacklog(1200, FakeOperations.Now.AddMinutes(-3)),
        });
        var page = _fixture.Render<OperationsPage>();
        Assert.Contains("Ja. 1.200 beskeder venter, flest ved Push. Den ældste har ventet i 3 min.",
            page.Find("[data-testid=answer-piles-up]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Ja. Alle følger med; den, der er længst bagefter lige nu, mangler 2: Parring med breve, ukendt.",
            page.Find("[data-testid=answer-keeps-up]").TextContent, StringComparison.Ordinal);

        _operations.View = FakeOperations.Of(Waiting(0)) with { Readers = [new ReaderView("letters", 1042, 0)] };
        page = _fixture.Render<OperationsPage>();
        Assert.Contains("Ja. Alle er nået til den nyeste besked: Parring med breve.",
            page.Find("[data-testid=answer-keeps-up]").TextContent, StringComparison.Ordinal);

        _operations.View = FakeOperations.Of(Waiting(0)) with { Readers = [new ReaderView("letters", 0, 5000)] };
        page = _fixture.Render<OperationsPage>();
        Assert.Equal("no", page.Find("[data-testid=answer-piles-up]").GetAttribute("data-answer"));
        Assert.Contains("Nej. Parring med breve mangler 5.000 beskeder.",
            page.Find("[data-testid=answer-keeps-up]").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("connecting")]
    [InlineData("lost")]
    [InlineData("refused")]
    [InlineData("paused")]
    public void What_waits_at_a_source_that_cannot_be_reached_is_not_said_to_be_nothing(string state)
    {
        _operations.View = FakeOperations.Of(
            FakeOperations.Transport("amqp", state) with { Backlog = new TransportBacklog(null, null) });
        var answer = _fixture.Render<OperationsPage>().Find("[data-testid=answer-piles-up]");
        Assert.Equal("unknown", answer.GetAttribute("data-answer"));
        Assert.Contains("!", answer.TextContent, StringComparison.Ordinal);
        Assert.Contains("Det kan ikke ses: AMQP tager ikke imod", answer.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_another_process_reads_is_seen()
    {
        var well = FakeOperations.Of(Waiting(0));
        var lost = FakeOperations.Of(FakeOperations.Transport("amqp", "lost"));
        Assert.Empty(OperationsAnswers.Of(well with { Nodes = [.. well.Nodes, .. lost.Nodes] }).Unseen);
        Assert.Equal(["amqp"], OperationsAnswers.Of(well with { Nodes = [well.Nodes[0] with { Silent = true }] }).Unseen);
        Assert.Empty(OperationsAnswers.Of(FakeOperations.Of(FakeOperations.Transport("amqp", "off"))).Unseen);
    }

    [Fact]
    public void A_source_that_several_processes_read_is_counted_once_and_nothing_is_said_to_pile_up_below_a_hundred() =>
        Gen.Long[0, 100_000].Sample(waiting =>
        {
            var view = FakeOperations.Of(Waiting(waiting));
            view = view with { Nodes = [.. view.Nodes, .. view.Nodes] };
            var answers = OperationsAnswers.Of(view);
            return answers.Waiting == waiting && answers.PilesUp == waiting > OperationsAnswers.FewWaiting;
        });

    [Theory]
    [InlineData("010101-1234")]
    [InlineData("0101011234")]
    public void A_person_number_is_refused_with_the_way_to_the_cases_and_is_not_searched_for(string number)
    {
        var page = _fixture.Render<OperationsPage>();
        page.Find("[data-testid=trace-id]").Input(number);
        page.Find("[data-testid=trace]").Submit();
        Assert.Contains("slås op under Sager", page.Markup, StringComparison.Ordinal);
        Assert.Equal("/sager", page.Find("[data-testid=trace-cases]").GetAttribute("href"));
        Assert.Empty(page.FindAll("[data-testid=trace-unseen]"));
    }

    [Fact]
    public void An_id_that_was_not_seen_says_what_to_check_and_stays_out_of_the_address()
    {
        var page = _fixture.Render<OperationsPage>();
        page.Find("[data-testid=trace-id]").Input("findes-ikke");
        page.Find("[data-testid=trace]").Submit();
        page.WaitForElement("[data-testid=trace-unseen]");
        Assert.Contains("»findes-ikke« er ikke set her.", page.Find("[data-testid=trace-unseen]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("findes-ikke", _fixture.Address(), StringComparison.Ordinal);
    }
}
