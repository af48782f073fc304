using Microsoft.Playwright;

namespace Portal.Tests.Stories;

/// <summary>What a person does with a select of MudBlazor, whose list is shown apart from it.</summary>
internal static class Choosing
{
    /// <summary>Opens the select and chooses the option that carries that value (<c>data-value</c>).</summary>
    public static async Task ChooseValueAsync(this ILocator select, string value)
    {
        await select.ClickAsync();
        await select.Page.Locator($"[role=option][data-value='{value}']").ClickAsync();
    }

    /// <summary>Opens the select and chooses the option with that text.</summary>
    public static async Task ChooseAsync(this ILocator select, string option)
    {
        await select.ClickAsync();
        await select.Page.GetByRole(AriaRole.Option, new() { Name = option, Exact = true }).ClickAsync();
    }
}
