using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Portal.Platform.Ui;

/// <summary>
/// MudBlazor's own words ("next month", "rows per page", what is wrong with a number) in the language of the page. A word that is not in
/// <see cref="MudTexts"/> stays MudBlazor's English one.
/// </summary>
/// <param name="texts">The words.</param>
public sealed class MudTextsLocalizer(IStringLocalizer<MudTexts> texts) : MudLocalizer
{
    /// <inheritdoc />
    public override LocalizedString this[string key] => texts[key];

    /// <inheritdoc />
    public override LocalizedString this[string key, params object[] arguments] => texts[key, arguments];
}

/// <summary>Names the resource files of MudBlazor's words.</summary>
public sealed class MudTexts;
