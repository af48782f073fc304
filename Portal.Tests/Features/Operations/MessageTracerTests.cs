using Microsoft.Extensions.DependencyInjection;
using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Features.Operations.Tracing;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Tests.Ingestion.Journal;
using Portal.Tests.Ingestion.Letters;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Features.Operations;

/// <summary>Any id of a message leads to one answer, over the real log.</summary>
public sealed class MessageTracerTests
{
    private static readonly Viewer Adm = IngestionFixture.Administrator();
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task<IngestionFixture> OpenAsync() =>
        IngestionFixture.OpenAsync(more: services => services.AddAccessControl().AddSingleton<MessageTracer>());

    private static MessageTracer Tracer(IngestionFixture fixture) => fixture.Services.GetRequiredService<MessageTracer>();

    [Fact]
    public async Task Every_id_of_a_status_and_its_letter_finds_it_with_what_it_was_matched_with_and_is_noted()
    {
        await using var fixture = await OpenAsync();
        await ActionLogFixture.RegisterAsync(fixture, 1);
        await ActionLogFixture.StatusAsync(fixture, ActionLogFixture.Uuid(1));
        var message = (await Tracer(fixture).FindAsync(Adm, ActionLogFixture.Uuid(1), Stop))!.Messages[0].Message;
        foreach (var id in (string[])[message.BeskedId, $"  {{{ActionLogFixture.Uuid(1).ToUpperInvariant()}}} ",
            $"\"{ActionLogFixture.Uuid(1)}\"", "24-0117", "brev-1"])
        {
            var answer = await Tracer(fixture).FindAsync(Adm, id, Stop);
            var (found, letter, told) = Assert.Single(answer!.Messages);
            Assert.Equal((message.Sequence, "brev-1", message.Sequence), (found.Sequence, letter!.LetterId, told!.Sequence));
        }

        await fixture.Services.GetRequiredService<AccessLookService>().FlushAsync(Stop);
        var noted = (await fixture.Services.GetRequiredService<IAccessLog>().ReadAsync(Adm, new AccessFilter(), null, 100, Stop)).Items;
        Assert.Contains(noted, n => n.Kind == AccessKind.MessageSearch && n.Record.Text == ActionLogFixture.Uuid(1));
    }

    [Fact]
    public async Task A_letter_without_any_status_a_row_in_quarantine_and_an_unknown_id_are_told_apart()
    {
        await using var fixture = await OpenAsync();
        await ActionLogFixture.RegisterAsync(fixture, 1);
        var letter = await Tracer(fixture).FindAsync(Adm, "brev-1", Stop);
        Assert.Empty(letter!.Messages);
        Assert.Equal("24-0117", Assert.Single(letter.Letters).CaseNumber);

        const string Id = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
        await fixture.ReceiveAsync($"""
            <Haendelsesbesked xmlns="urn:oio:besked:kuvert:1.0" xmlns:sd="urn:oio:sagdok:3.0.0"><BeskedId><sd:UUIDIdentifikator>{Id}
            </sd:UUIDIdentifikator></BeskedId><Beskedkuvert/></Haendelsesbesked>
            """);
        var row = await Tracer(fixture).FindAsync(Adm, Id, Stop);
        Assert.Empty(row!.Messages);
        Assert.Equal(QuarantineReason.MissingType, Assert.Single(row.Quarantined).Message.Reason);
        Assert.Null(await Tracer(fixture).FindAsync(Adm, "findes-ikke", Stop));
        Assert.Null(await Tracer(fixture).FindAsync(Adm, "  ", Stop));
        Assert.Null(await Tracer(fixture).FindAsync(Adm, new string('a', 241), Stop));
        Assert.Null(await Tracer(fixture).FindAsync(IngestionFixture.Administrator("11111111"), Id, Stop));
        Assert.Null(await Tracer(fixture).FindAsync(LettersFixture.Caseworker(), "brev-1", Stop));
    }
}
