using System.Globalization;

namespace Portal.Platform.Text;

/// <summary>A text that can be shown in several languages.</summary>
public interface ILocalizedText
{
    /// <summary>The text in a language; numbers and dates in it are in that language's notation.</summary>
    string In(CultureInfo language);
}

/// <summary>
/// An error text as a resource key and its arguments. Rules return this; the text is looked up where it is shown: on a page in the reader's
/// language (<see cref="Localized"/>), in the HTTP interface in Danish, in a report in the report's.
/// </summary>
/// <param name="Texts">The class that names the <c>.resx</c>.</param>
/// <param name="Places">The arguments: texts, numbers, dates or other <see cref="ILocalizedText"/>.</param>
public sealed record ProblemText(Type Texts, string Key, IReadOnlyList<object> Places) : ILocalizedText
{
    /// <summary>The text in Danish.</summary>
    public string Danish => In(DanishFormat.Danish);

    /// <summary>The text in the current UI language.</summary>
    public string Localized => In(CultureInfo.CurrentUICulture);

    /// <inheritdoc />
    public string In(CultureInfo language)
    {
        var words = TextResources.Find(Texts, Key, language);
        return string.Format(LanguageFormat.Of(language), words, [.. Places.Select(p => p switch
        {
            ILocalizedText localized => localized.In(language),
            DateOnly day => LanguageFormat.Date(day, language),
            DateTimeOffset at => LanguageFormat.Date(DanishFormat.Day(at), language),
            _ => p,
        })]);
    }

    /// <summary>The Danish text, for logs and tests.</summary>
    public override string ToString() => Danish;
}
