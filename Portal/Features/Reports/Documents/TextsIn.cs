using System.Globalization;
using Microsoft.Extensions.Localization;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Documents;

/// <summary>A room's texts in a given language, whatever the language of the page is.</summary>
internal sealed class TextsIn<T>(CultureInfo language) : IStringLocalizer<T>
{
    /// <inheritdoc />
    public LocalizedString this[string name] => new(name, TextResources.Find(typeof(T), name, language));

    /// <inheritdoc />
    public LocalizedString this[string name, params object[] arguments] =>
        new(name, string.Format(language, TextResources.Find(typeof(T), name, language), arguments));

    /// <inheritdoc />
    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
}
