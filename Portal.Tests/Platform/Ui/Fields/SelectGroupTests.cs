using Bunit;
using MudBlazor;
using Portal.Platform.Ui.Fields;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Platform.Ui.Fields;

/// <summary>The headings among the choices of a select are in its list, and nowhere else.</summary>
public sealed class SelectGroupTests : IAsyncDisposable
{
    private readonly PageFixture _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_heading_shows_in_the_open_list_and_not_below_the_closed_field()
    {
        var popovers = _fixture.Render<MudPopoverProvider>();
        var field = _fixture.Render<SelectField<string>>(p => p.AddChildContent<SelectGroup>(g => g.AddChildContent("Problemet"))
            .AddChildContent<MudSelectItem<string>>(i => i.Add(x => x.Value, "boks")));
        Assert.DoesNotContain("Problemet", field.Markup, StringComparison.Ordinal);

        await field.InvokeAsync(() => field.Instance.OpenMenu());
        popovers.WaitForAssertion(() => Assert.Contains("Problemet", popovers.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Problemet", field.Markup, StringComparison.Ordinal);
    }
}
