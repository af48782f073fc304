using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Cases;
using Portal.Features.Messages;
using Portal.Ingestion.Letters;
using Portal.Platform.Ui;
using Portal.Tests.Features.Messages;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.Cases;

/// <summary>The search of the cases and of the live messages while the addresses that it asks for come late.</summary>
public sealed class SlowSearchTests
{
    private readonly FakeCases _cases = new();

    [Fact]
    public async Task The_cases_keep_what_is_typed_and_read_only_the_last_text()
    {
        await using var fixture = Fixture("/sager", out var net);
        _cases.Add(FakeCases.Letter());
        var page = fixture.Render<CasesPage>();
        TypeAndRest(fixture, page, net, "case-search", "26-04");
        TypeAndRest(fixture, page, net, "case-search", "26-0412");
        page.Find("[data-testid=case-search]").Input("26-0412 A");
        await ArriveAsync(page, net);
        await ArriveAsync(page, net);
        Assert.Equal("26-0412 A", page.Find("[data-testid=case-search]").GetAttribute("value"));
        Assert.Equal(["26-0412"], _cases.Searched.Where(t => t is not null).Distinct());
        page.WaitForState(() => page.Find("h2").TextContent.Contains("26-0412", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_erased_before_its_address_came_does_not_come_back()
    {
        await using var fixture = Fixture("/sager", out var net);
        _cases.Add(FakeCases.Letter());
        var page = fixture.Render<CasesPage>();
        TypeAndRest(fixture, page, net, "case-search", "Anna");
        TypeAndRest(fixture, page, net, "case-search", "");
        await ArriveAsync(page, net);
        await ArriveAsync(page, net);
        Assert.Equal("", page.Find("[data-testid=case-search]").GetAttribute("value") ?? "");
        Assert.EndsWith("/sager", net.Uri, StringComparison.Ordinal);
        Assert.DoesNotContain("Anna", _cases.Searched);
    }

    [Fact]
    public async Task The_live_messages_keep_what_is_typed_and_two_choices_made_before_the_first_has_come()
    {
        await using var fixture = Fixture("/beskeder", out var net);
        fixture.Log.Add();
        var page = fixture.Render<MessagesPage>();
        await page.ChooseAsync("filter-status", "e225a75c-4b63-46c4-9423-77f5c8762445");
        TypeAndRest(fixture, page, net, "filter-text", "besk");
        TypeAndRest(fixture, page, net, "filter-text", "besked-1");
        page.Find("[data-testid=filter-text]").Input("besked-12");
        while (net.OnTheWay > 0) await ArriveAsync(page, net);
        Assert.Equal("besked-12", page.Find("[data-testid=filter-text]").GetAttribute("value"));
        Assert.Contains("status=e225a75c", net.Uri, StringComparison.Ordinal);
        Assert.EndsWith("text=besked-1", net.Uri, StringComparison.Ordinal);
    }

    private static void TypeAndRest(
        PageFixture fixture, IRenderedComponent<IComponent> page, LateAddresses net, string testId, string text)
    {
        var asked = net.OnTheWay;
        page.Find($"[data-testid={testId}]").Input(text);
        fixture.Time.Advance(TypedSearch.Rest);
        page.WaitForState(() => net.OnTheWay > asked);
    }

    private static Task ArriveAsync(IRenderedComponent<IComponent> page, LateAddresses net) => page.InvokeAsync(net.Arrive);

    private PageFixture Fixture(string path, out LateAddresses net)
    {
        var late = net = new LateAddresses(path);
        return new PageFixture(more: services =>
            services.AddSingleton<ICaseReader>(_cases).AddSingleton<NavigationManager>(late));
    }
}
