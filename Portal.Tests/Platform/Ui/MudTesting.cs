using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Extensions;
using MudBlazor.Services;
using Portal.Platform.Ui;
using Portal.Platform.Ui.Fields;

namespace Portal.Tests.Platform.Ui;

/// <summary>Lets component tests use pages of MudBlazor's components.</summary>
internal static class MudTesting
{
    /// <summary>
    /// Registers MudBlazor as the portal does. Pages are rendered without the layout, whose popover provider is not asked for.
    /// </summary>
    public static IServiceCollection AddMudForTests(this IServiceCollection services)
    {
        services.AddMudServices(options => options.PopoverOptions.CheckForPopoverProvider = false);
        services.AddTransient<MudLocalizer, MudTextsLocalizer>();
        return services;
    }

    /// <summary>Chooses a value in the select with that <c>data-testid</c>, as a click on the option does.</summary>
    public static Task ChooseAsync<T>(this IRenderedComponent<IComponent> page, string testId, T value)
    {
        var select = page.FindComponents<MudSelect<T>>().Single(s => TestIdOf(s.Instance) == testId);
        return select.InvokeAsync(() => select.Instance.ValueChanged.InvokeAsync(value));
    }

    /// <summary>Types a name in the field with that <c>data-testid</c>, which suggests names in use.</summary>
    public static Task NameAsync(this IRenderedComponent<IComponent> page, string testId, string name)
    {
        var field = page.FindComponents<NameField>().Single(f => TestIdOf(f.Instance) == testId);
        return field.InvokeAsync(() => field.Instance.ValueChanged.InvokeAsync(name));
    }

    /// <summary>Chooses a date in the picker with that <c>data-testid</c>.</summary>
    public static Task ChooseDateAsync(this IRenderedComponent<IComponent> page, string testId, DateTime? date)
    {
        var picker = page.FindComponents<MudDatePicker>().Single(p => TestIdOf(p.Instance) == testId);
        return picker.InvokeAsync(() => picker.Instance.DateChanged.InvokeAsync(date));
    }

    /// <summary>Chooses a time of day in the picker with that <c>data-testid</c>.</summary>
    public static Task ChooseTimeAsync(this IRenderedComponent<IComponent> page, string testId, TimeSpan? time)
    {
        var picker = page.FindComponents<MudTimePicker>().Single(p => TestIdOf(p.Instance) == testId);
        return picker.InvokeAsync(() => picker.Instance.TimeChanged.InvokeAsync(time));
    }

    /// <summary>The value of the select with that <c>data-testid</c>.</summary>
    public static T? Chosen<T>(this IRenderedComponent<IComponent> page, string testId) =>
        page.FindComponents<MudSelect<T>>().Single(s => TestIdOf(s.Instance) == testId).Instance.GetState(x => x.Value);

    /// <summary>The values that a select offers, in order.</summary>
    public static IReadOnlyList<T?> Offers<T>(this IRenderedComponent<IComponent> page, string testId)
    {
        var select = page.FindComponents<MudSelect<T>>().Single(s => TestIdOf(s.Instance) == testId);
        return [.. select.FindComponents<MudSelectItem<T>>().Select(i => i.Instance.Value)];
    }

    private static string? TestIdOf(MudComponentBase component) => component.UserAttributes.GetValueOrDefault("data-testid") as string;
}
