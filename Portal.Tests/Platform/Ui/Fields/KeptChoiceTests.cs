using Bunit;
using CsCheck;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Features.Benefits.Indicators;
using Portal.Platform.Ui.Fields;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Platform.Ui.Fields;

/// <summary>What is chosen in a select is told to the browser, which keeps it as a draft and gives it back.</summary>
public sealed class KeptChoiceTests : IAsyncDisposable
{
    private readonly PageFixture _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_choice_is_told_beside_what_the_page_gave_and_a_kept_one_is_taken_back()
    {
        var chosen = MeasuringRhythm.Month;
        var field = Select("hvor-tit", MeasuringRhythm.Month, value => chosen = value);
        Assert.Equal(("Month", "Month"), Told(field));

        await field.InvokeAsync(() => field.Instance.SelectOption(MeasuringRhythm.Year));
        Assert.Equal(("Month", "Year"), Told(field));

        await field.Find("#hvor-tit-valgt").ChangeAsync(new ChangeEventArgs { Value = "Quarter" });
        Assert.Equal(MeasuringRhythm.Quarter, chosen);
        Assert.Equal(("Month", "Quarter"), Told(field));

        // What is none of the values changes nothing.
        await field.Find("#hvor-tit-valgt").ChangeAsync(new ChangeEventArgs { Value = "Never" });
        Assert.Equal(MeasuringRhythm.Quarter, chosen);
    }

    [Fact]
    public void What_the_page_gives_later_is_not_told_as_a_choice()
    {
        var field = Select("hvor-tit", MeasuringRhythm.Month, _ => { });
        field.Render(p => p.Add(f => f.Value, MeasuringRhythm.Year));
        Assert.Equal(("Year", "Year"), Told(field));
    }

    [Fact]
    public void A_select_without_an_id_or_whose_choice_acts_at_once_is_not_kept()
    {
        Assert.Empty(Select(null, MeasuringRhythm.Month, _ => { }).FindAll("input[data-chosen]"));
        Assert.Empty(_fixture.Render<SelectField<string>>(p => p.Add(f => f.InputId, "ejer").AddUnmatched("data-no-draft", ""))
            .FindAll("input[data-chosen]"));
    }

    [Fact]
    public void Every_text_and_every_named_value_comes_back_from_its_text()
    {
        Gen.String.Sample(text => Assert.True(ChoiceText.TryRead<string>(ChoiceText.Of(text), out var read) && read == text));
        foreach (var value in Enum.GetValues<RiskLikelihood>().Cast<RiskLikelihood?>().Append(null))
            Assert.True(ChoiceText.TryRead<RiskLikelihood?>(ChoiceText.Of(value), out var read) && read == value);
        Assert.False(ChoiceText.TryRead<RiskLikelihood>("", out _));
        Assert.False(ChoiceText.TryRead<RiskLikelihood>("77", out _));
    }

    private static (string? Given, string? Chosen) Told(IRenderedComponent<SelectField<MeasuringRhythm>> field) =>
        field.Find("input[data-chosen]") is var told ? (told.GetAttribute("data-given"), told.GetAttribute("data-chosen")) : default;

    private IRenderedComponent<SelectField<MeasuringRhythm>> Select(string? id, MeasuringRhythm value, Action<MeasuringRhythm> chosen) =>
        _fixture.Render<SelectField<MeasuringRhythm>>(p =>
        {
            p.Add(f => f.Label, "Hvor tit").Add(f => f.Value, value).Add(f => f.ValueChanged, chosen);
            if (id is not null) p.Add(f => f.InputId, id);
            p.AddChildContent(builder =>
            {
                foreach (var each in Enum.GetValues<MeasuringRhythm>())
                {
                    builder.OpenComponent<MudSelectItem<MeasuringRhythm>>(0);
                    builder.AddAttribute(1, "Value", each);
                    builder.CloseComponent();
                }
            });
        });
}
