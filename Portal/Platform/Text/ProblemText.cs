using System.Globalization;

namespace Portal.Platform.Text;

/// <summary>A text that can be shown in the reader's language.</summary>
public interface ILocalizedText
{
    /// <summary>The words; numbers and dates in them are as Danes write them in every language.</summary>
    string In(CultureInfo language);
}

/// <summary>
/// What is wrong, as a key of a feature's texts and what is in its places. Rules give this; the words come where it is shown: on a page in
/// the reader's language (<see cref="Localized"/>), through the interface and in reports in Danish.
/// </summary>
/// <param name="Texts">Names the <c>.resx</c>.</param>
/// <param name="Places">Texts, numbers, dates, or more that is <see cref="ILocalizedText"/>.</param>
public sealed record ProblemText(Type Texts, string Key, IReadOnlyList<object> Places) : ILocalizedText
{
    /// <summary>In Danish.</summary>
    public string Danish => In(DanishFormat.Danish);

    /// <summary>The text in the current UI language.</summary>
    public string Localized => In(CultureInfo.CurrentUICulture);

    /// <inheritdoc />
    public string In(CultureInfo language)
    {
        var words = TextResources.Find(Texts, Key, language);
        return string.Format(DanishFormat.Danish, words, [.. Places.Select(p => p switch { ILocalizedText localized =>
            localized.In(language), DateOnly day => DanishFormat.Date(day), _ => p })]);
    }

    /// <summary>The Danish words, for logs and tests.</summary>
    public override string ToString() => Danish;
}
