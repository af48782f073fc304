using System.Globalization;
using Bunit;
using Portal.Features.Messages;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;
using Xunit;

namespace Portal.Tests.Features.Messages;

public sealed class MessageDetailTests : IAsyncDisposable
{
    private readonly PageFixture _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private IRenderedComponent<MessagePage> Render(MessageView? message)
    {
        _fixture.Log.Detail =
            message is null ? null : new MessageDetail(message, null, null, "<Haendelsesbesked>010101-xxxx</Haendelsesbesked>");
        return _fixture.Render<MessagePage>(p => p.Add(x => x.BeskedId, "besked-1"));
    }

    [Fact]
    public void A_failure_is_reported_in_plain_words_with_its_code()
    {
        var message = FakeMessageReader.Sample(1) with
        {
            Action = "e225a75c-4b63-46c4-9423-77f5c8762445", ActionName = "Fejlet", Case = "26-0412",
            PostStatus = new PostStatusView { Channel = "Digital Post",
                Error = new PostError("memo.invalid", "<script>alert(1)</script>" + new string('x', 5000)) },
        };
        var page = Render(message);
        Assert.Contains("Brevet i sag 26-0412 kunne ikke afleveres i Digital Post.",
            page.Find("[data-testid=message-sentence]").TextContent, StringComparison.Ordinal);
        Assert.Contains("memo.invalid", page.Find("[role=tabpanel] .chip.bad").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("article script"));
        Assert.True(page.Find("details pre").TextContent.Length < 700);
        Assert.Equal("/sager/26-0412", page.Find("a.mud-button-filled").GetAttribute("href"));
    }

    [Fact]
    public void The_masked_xml_is_on_the_page_and_its_tab_is_the_chosen_one_when_it_is_pressed()
    {
        var page = Render(FakeMessageReader.Sample(1));
        Assert.Contains("010101-xxxx", page.Find("[data-testid=raw-xml]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Forklaret", page.Find("[role=tab][aria-selected=true]").TextContent.Trim());
        page.FindAll("[role=tab]").Single(t => t.TextContent.Contains("XML", StringComparison.Ordinal)).Click();
        Assert.Contains("XML", Assert.Single(page.FindAll("[role=tab][aria-selected=true]")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_one_may_not_see_does_not_exist()
    {
        var page = Render(null);
        Assert.Equal("Beskeden findes ikke, eller du har ikke adgang", page.Find("h1").TextContent);
        Assert.Empty(page.FindAll("[data-testid=message-detail]"));
    }

    public static TheoryData<UnreadableReason, string> Reasons
    {
        get
        {
            var data = new TheoryData<UnreadableReason, string>();
            foreach (var reason in Enum.GetValues<UnreadableReason>())
            {
                data.Add(reason, "da");
                data.Add(reason, "en");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_message_that_cannot_be_read_says_so_and_why_and_what_to_do_and_never_that_it_was_erased(
        UnreadableReason reason, string language)
    {
        var message = FakeMessageReader.Sample(1) with { Unreadable = reason };
        _fixture.Log.Detail = new MessageDetail(message, null, null, null);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var page = _fixture.Render<MessagePage>(p => p.Add(x => x.BeskedId, "besked-1"));

        var cannot = language == "da" ? "Kan ikke læses" : "Cannot be read";
        Assert.Equal($"! {cannot}", page.Find("[data-testid=message-detail] .chip.warn").TextContent);
        var notice = page.Find("[data-testid=unreadable]");
        Assert.Equal(reason.ToWire(), notice.GetAttribute("data-reason"));
        Assert.Contains($"{cannot}.", notice.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, notice.QuerySelectorAll("p").Length);

        // A missing translation would show its key.
        Assert.DoesNotContain("Unreadable", page.Markup.Replace("unreadable", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(
            language == "da" ? "slettet" : "erased", page.Find("article").TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(3, page.FindAll("[role=tabpanel] > p.mud-text-secondary")
            .Count(p => p.TextContent.Contains(language == "da" ? "øverst" : "at the top", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_unknown_type_is_shown_as_it_is()
    {
        var page = Render(FakeMessageReader.Sample(
            1) with { Beskedtype = "urn:x", BeskedtypeName = "ukendt type", PostStatus = null, Action = null, ActionName = null });
        Assert.Contains("En besked af typen ukendt type er modtaget.", page.Find("[data-testid=message-sentence]").TextContent,
            StringComparison.Ordinal);
    }
}
