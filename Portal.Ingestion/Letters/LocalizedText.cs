using System.Globalization;
using System.Resources;
using Portal.Ingestion.Domain.Time;

namespace Portal.Ingestion.Letters;

/// <summary>
/// A text about a letter in Danish and English: pages show the reader's language, evidence and the HTTP interface use Danish. Compared by
/// value.
/// </summary>
/// <param name="Danish">The Danish words.</param>
/// <param name="English">The same in English; names of statuses and error codes stay as they were sent.</param>
public sealed record LocalizedText(string Danish, string English)
{
    private static readonly CultureInfo InDanish = CultureInfo.GetCultureInfo("da-DK");
    private static readonly CultureInfo InEnglish = CultureInfo.GetCultureInfo("en-GB");
    private static readonly ResourceManager Words = new("Portal.Ingestion.Letters.LetterTexts", typeof(LocalizedText).Assembly);

    /// <summary>The empty text in both languages.</summary>
    public static LocalizedText Empty { get; } = new("", "");

    /// <summary>The text in the current UI language.</summary>
    public string Localized => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? English : Danish;

    /// <summary>
    /// A text of <c>LetterTexts.resx</c>; its placeholders take texts, numbers, moments (shown in Copenhagen's time) and days.
    /// </summary>
    public static LocalizedText Of(string key, params object[] places) => new(In(InDanish, key, places), In(InEnglish, key, places));

    /// <summary>A text that is the same in both languages, as it was sent.</summary>
    public static LocalizedText AsSent(string text) => new(text, text);

    /// <summary>Texts with a space between them.</summary>
    public static LocalizedText Join(IReadOnlyList<LocalizedText> texts) =>
        new(string.Join(' ', texts.Select(t => t.Danish)), string.Join(' ', texts.Select(t => t.English)));

    /// <summary>Both texts, one after the other.</summary>
    public static LocalizedText operator +(LocalizedText first, LocalizedText second) => Add(first, second);

    /// <summary>Both texts, one after the other.</summary>
    public static LocalizedText Add(LocalizedText first, LocalizedText second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return new(first.Danish + second.Danish, first.English + second.English);
    }

    /// <summary>The Danish words.</summary>
    public override string ToString() => Danish;

    private static string In(CultureInfo language, string key, object[] places)
    {
        string Text(string name) =>
            Words.GetString(name, language) ?? throw new MissingManifestResourceException($"LetterTexts has no text {name}.");
        object Shown(object place) => place switch
        {
            LocalizedText text => ReferenceEquals(language, InEnglish) ? text.English : text.Danish,
            DateTimeOffset at => DanishTime.ToLocal(at).ToString(Text("Moment"), language),
            DateOnly day => day.ToString(Text("Day"), language),
            _ => place,
        };
        return string.Format(language, Text(key), [.. places.Select(Shown)]);
    }
}
