using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Registering;
using Portal.Ingestion.Letters;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Features.Registering;

/// <summary>The form that registers one letter asks about what may be a mistake, once, and registers what is pressed again.</summary>
public sealed class LetterFormTests : IAsyncDisposable
{
    private readonly FakeRegistry _letters = new();
    private readonly PageFixture _fixture;

    public LetterFormTests() => _fixture = new PageFixture(Portal.Platform.Access.PortalRoles.Administrator, services => services
        .AddSingleton<ILetterRegistry>(_letters).AddSingleton<ILetterPreview>(_letters));

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private IRenderedComponent<LetterForm> Fill(string caseType)
    {
        var page = _fixture.Render<LetterForm>();
        foreach (var (id, value) in (ReadOnlySpan<(string, string)>)[
            ("caseNumber", "26-0412"), ("caseType", caseType), ("letterId", "L-7"), ("title", "Afgørelse"),
            ("recipient-name", "Anna Lejer"), ("identifiers-messageUuid", "3f2b8c1e-9d4a-4b7e-8f10-2a6c5d7e9b01")])
        {
            page.Find($"#letter-{id}").Input(value);
        }

        page.Find("#letter-sentAt").Change("20-11-2020");
        page.Find("#letter-sentAt-time").Change("10:00");

        return page;
    }

    [Fact]
    public void A_decision_whose_case_type_has_no_period_is_asked_about_and_registered_when_pressed_again()
    {
        var page = Fill("husleje");
        page.Find("form").Submit();
        Assert.Contains("Huslejenævn", page.WaitForElement("[data-testid=form-no-period]").TextContent, StringComparison.Ordinal);
        Assert.Empty(_letters.Stored);
        page.Find("form").Submit();
        page.WaitForState(() => _letters.Stored.Count == 1);
        Assert.Equal(RegistrationSource.Person, _letters.Source);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=form-no-period]")));
    }

    [Theory]
    [InlineData("26-0399", "L-3", "26-0399 · L-3")]
    [InlineData(null, null, "som du ikke må se")]
    public void A_uuid_that_another_letter_has_is_warned_of_and_registered_when_pressed_again(string? number, string? id, string named)
    {
        _letters.SameUuid = new LetterOfSameUuid(number, id);
        var page = Fill("huslejenaevn");
        page.Find("form").Submit();
        Assert.Contains(named, page.WaitForElement("[data-testid=form-same-uuid]").TextContent, StringComparison.Ordinal);
        Assert.Empty(_letters.Stored);
        page.Find("form").Submit();
        page.WaitForState(() => _letters.Stored.Count == 1);
    }

    [Theory]
    [InlineData("hest", false)]
    [InlineData("{3F2B8C1E9D4A4B7E8F102A6C5D7E9B01}", true)]
    public void A_uuid_is_taken_in_any_notation_and_another_text_is_an_error_at_the_field(string typed, bool taken)
    {
        var page = Fill("huslejenaevn");
        page.Find("#letter-identifiers-messageUuid").Input(typed);
        page.Find("form").Submit();
        if (taken) page.WaitForState(() => _letters.Stored.Count == 1);
        else Assert.Contains("UUID", page.WaitForElement("#letter-identifiers-messageUuid-hint").TextContent, StringComparison.Ordinal);
        Assert.Equal(taken ? 1 : 0, _letters.Stored.Count);
    }

    [Theory]
    [InlineData("letter-sentAt-time", "25:99", "11:30", "12.21")]
    [InlineData("letter-sentAt", "31-11-2020", "30-11-2020", "dd-mm-åååå, f.eks. 13-02-2023.")]
    public void What_is_no_day_or_time_is_refused_at_its_field_and_never_left_out(string field, string typed, string mended, string told)
    {
        var page = Fill("huslejenaevn");
        page.Find($"#{field}").Change(typed);
        page.Find("form").Submit();
        Assert.Contains(told, page.WaitForElement($"#{field}-hint").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll("[aria-invalid=true]"));
        Assert.Empty(_letters.Stored);
        Assert.Equal(typed, page.Find($"#{field}").GetAttribute("value"));
        page.Find($"#{field}").Change(mended);
        page.Find("form").Submit();
        page.WaitForState(() => _letters.Stored.Count == 1);
    }

    [Theory]
    [InlineData("HUSLEJENÆVN", false)]
    [InlineData("", true)]
    public void A_known_case_type_is_not_asked_about_and_a_missing_one_is_told_of(string caseType, bool told)
    {
        var page = Fill(caseType);
        page.Find("form").Submit();
        page.WaitForState(() => _letters.Stored.Count == 1);
        var result = page.WaitForElement("[data-testid=form-result]").TextContent;
        Assert.Equal(told, result.Contains("ingen sagstype", StringComparison.Ordinal));
    }

    [Fact]
    public void A_registered_letter_leaves_an_empty_form_for_the_next_one()
    {
        var page = Fill("huslejenaevn");
        page.Find("form").Submit();
        page.WaitForElement("[data-testid=form-result]");
        Assert.All((string[])["caseNumber", "letterId", "title", "recipient-name", "sentAt", "sentAt-time", "identifiers-messageUuid"],
            id => Assert.True(string.IsNullOrEmpty(page.Find($"#letter-{id}").GetAttribute("value")), id));
        page.Find("form").Submit();
        page.WaitForState(() => page.FindAll("[aria-invalid=true]").Count > 0);
        Assert.Single(_letters.Stored);
    }
}
