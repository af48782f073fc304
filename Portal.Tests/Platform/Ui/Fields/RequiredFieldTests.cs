using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Portal.Platform.Ui.Fields;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Platform.Ui.Fields;

/// <summary>A required field is marked for the eye and for screen readers, and only its form says that it is missing.</summary>
public sealed class RequiredFieldTests : IAsyncDisposable
{
    private readonly PageFixture _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public void Every_kind_of_field_is_marked()
    {
        IRenderedComponent<IComponent>[] fields =
        [
            _fixture.Render<TextField>(p => p.Add(f => f.Label, "Titel").Add(f => f.Required, true)),
            _fixture.Render<SelectField<string>>(p => p.Add(f => f.Label, "Kanal").Add(f => f.Required, true)),
            _fixture.Render<DateField>(p => p.Add(f => f.Label, "Dag").Add(f => f.Required, true)),
            _fixture.Render<TimeField>(p => p.Add(f => f.Label, "Tid").Add(f => f.Required, true)),
            _fixture.Render<NameField>(p => p.Add(f => f.Label, "Ejer").Add(f => f.Required, true)),
        ];
        Assert.All(fields, field =>
        {
            Assert.NotEmpty(field.FindAll("[aria-required=true]"));
            // The class that puts the asterisk after the label.
            Assert.NotEmpty(field.FindAll(".mud-input-required"));
        });
    }

    [Fact]
    public async Task What_the_form_says_stays_when_the_field_is_left_empty_and_the_library_says_nothing_of_its_own()
    {
        var field = _fixture.Render<TextField>(p => p.Add(f => f.Label, "Titel").Add(f => f.Required, true));
        await field.Find("input").BlurAsync(new FocusEventArgs());
        Assert.Empty(field.FindAll(".mud-input-error"));

        field.Render(p => p.Add(f => f.Label, "Titel").Add(f => f.Required, true)
            .Add(f => f.Error, true).Add(f => f.ErrorText, "Skriv en titel."));
        await field.Find("input").BlurAsync(new FocusEventArgs());
        Assert.Contains("Skriv en titel.", field.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_required_day_that_is_no_day_says_so_until_it_is_mended_or_emptied()
    {
        var field = _fixture.Render<DateField>(p => p.Add(f => f.Label, "Dag").Add(f => f.Required, true));
        foreach (var mended in (string[])["29-11-2026", ""])
        {
            await field.Find("input").ChangeAsync(new ChangeEventArgs { Value = "i går" });
            Assert.NotEmpty(field.FindAll(".mud-input-error"));
            await field.Find("input").ChangeAsync(new ChangeEventArgs { Value = mended });
            Assert.Empty(field.FindAll(".mud-input-error"));
        }
    }
}
