using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Registering;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Features.Registering;

/// <summary>The form of a letter that is sent instead of one that did not arrive.</summary>
public sealed class ResendFormTests : IAsyncDisposable
{
    private const string Number = "0101011234";
    private readonly FakeRegistry _letters = new();
    private readonly Source _source = new();
    private readonly PageFixture _fixture;

    public ResendFormTests() => _fixture = new PageFixture(more: services => services.AddSingleton<ILetterRegistry>(_letters)
        .AddSingleton<ILetterPreview>(_letters).AddSingleton<IResendSource>(_source));

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private IRenderedComponent<RegisterPage> Render(string? rowId = "l-1")
    {
        var navigation = _fixture.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo(rowId is null ? "/forsendelser" : $"/forsendelser?erstatter={rowId}");
        return _fixture.Render<RegisterPage>();
    }

    private static string? Value(IRenderedComponent<RegisterPage> page, string id) => page.Find($"#letter-{id}").GetAttribute("value");

    private static void Fill(IRenderedComponent<RegisterPage> page, string letterId = "L-2")
    {
        page.Find("#letter-letterId").Input(letterId);
        page.Find("#letter-sentAt").Change("20-11-2026");
        page.Find("#letter-sentAt-time").Change("10:00");
        page.Find("#letter-identifiers-messageUuid").Input("3f2b8c1e-9d4a-4b7e-8f10-2a6c5d7e9b01");
    }

    [Fact]
    public void It_is_filled_from_the_old_letter_without_its_number()
    {
        var page = Render();
        Assert.Equal(("26-0412", "huslejenaevn", "Afgørelse om husleje", "Anna Lejer", "L-1"),
            (Value(page, "caseNumber"), Value(page, "caseType"), Value(page, "title"), Value(page, "recipient-name"),
                Value(page, "replaces")));
        Assert.True(string.IsNullOrEmpty(Value(page, "letterId")));
        Assert.Contains("010101-xxxx", page.Find("label:has([data-testid=same-number])").TextContent, StringComparison.Ordinal);
        Assert.Contains("afgørelse.pdf", page.Find("label:has([data-testid=same-documents])").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(Number, page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#letter-recipient-id"));
        Assert.Equal("letter-l-1", page.Find("[data-testid=letter-form]").GetAttribute("data-draft"));
    }

    [Fact]
    public void It_registers_the_same_recipient_and_documents_and_names_the_old_letter()
    {
        var page = Render();
        Fill(page);
        page.Find("form").Submit();
        var letter = Assert.Single(_letters.Stored);
        Assert.Equal(new LetterRecipient("Anna Lejer", Number, "CPR"), letter.Recipient);
        Assert.Equal(("L-2", "L-1", "afgørelse.pdf"), (letter.LetterId, letter.Replaces, Assert.Single(letter.Documents).Name));
        Assert.StartsWith("/sager/26-0412#brev-", page.Find("[data-testid=form-result] a").GetAttribute("href"), StringComparison.Ordinal);
        Assert.DoesNotContain(Number, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_number_can_be_written_and_the_documents_left_out()
    {
        var page = Render();
        page.Find("[data-testid=same-number]").Change(false);
        page.Find("[data-testid=same-documents]").Change(false);
        page.Find("#letter-recipient-id").Input("55133018");
        Fill(page);
        page.Find("form").Submit();
        var letter = Assert.Single(_letters.Stored);
        Assert.Equal(("55133018", "CVR", 0), (letter.Recipient.Id, letter.Recipient.IdType, letter.Documents.Count));
    }

    [Fact]
    public void A_number_that_is_gone_is_reported_and_nothing_is_registered()
    {
        var page = Render();
        Fill(page);
        _source.Letter = null;
        page.Find("form").Submit();
        Assert.Contains("Nummeret kan ikke længere hentes", page.Find("[data-testid=form-problem]").TextContent, StringComparison.Ordinal);
        Assert.Empty(_letters.Stored);
    }

    [Fact]
    public void An_unknown_row_is_reported_and_the_form_is_empty()
    {
        _source.Letter = null;
        var page = Render("l-99");
        Assert.NotEmpty(page.FindAll("[data-testid=resend-missing]"));
        Assert.True(string.IsNullOrEmpty(Value(page, "caseNumber")));
        Assert.Equal("letter", page.Find("[data-testid=letter-form]").GetAttribute("data-draft"));
    }

    [Fact]
    public void The_form_says_where_identifiers_are_found_in_Danish()
    {
        var page = Render(null);
        Assert.Empty(page.FindAll("[data-testid=resend-missing]"));
        Assert.Contains("I fagsystemet", page.Find("[data-testid=identifiers-where]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Beskedens UUID (MessageUUID)", page.Find("label[for=letter-identifiers-messageUuid]").TextContent);
        Assert.Equal("/opfoelgning?grund=unmatched", page.Find("[data-testid=identifiers-where] a").GetAttribute("href"));
    }

    private sealed class Source : IResendSource
    {
        public LetterRegistration? Letter { get; set; } = new()
        {
            CaseNumber = "26-0412", CaseType = "huslejenaevn", LetterId = "L-1", Title = "Afgørelse om husleje",
            Recipient = new LetterRecipient("Anna Lejer", Number, "CPR"), Channel = LetterChannel.FysiskPost,
            SentAt = new DateTimeOffset(2026, 11, 19, 7, 0, 0, TimeSpan.Zero), Identifiers = new LetterIdentifiers { MessageUuid = "a" },
            Documents = [new LetterDocument("afgørelse.pdf", null)],
        };

        public Task<ResendDraft?> FindAsync(Viewer viewer, string? rowId, CancellationToken cancellationToken) =>
            Task.FromResult(Letter is null ? null : new ResendDraft(rowId!, LetterMask.Of(Letter)));

        public Task<LetterRecipient?> RecipientAsync(Viewer viewer, string? rowId, CancellationToken cancellationToken) =>
            Task.FromResult(Letter?.Recipient);
    }
}
