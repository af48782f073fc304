using System.Globalization;
using Microsoft.Extensions.Localization;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Chains.Layout;

/// <summary>The texts in a box: its main text, and below it the details of its kind.</summary>
public sealed record BoxContent(string Main, IReadOnlyList<string> Details)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The content in the language of <paramref name="texts"/>.</summary>
    /// <param name="language">The language of numbers and units; null for the page's. The texts are in it already.</param>
    public static BoxContent Of(ChainElement element, IStringLocalizer<LayoutTexts> texts, CultureInfo? language = null)
    {
        ArgumentNullException.ThrowIfNull(element);
        ArgumentNullException.ThrowIfNull(texts);
        var notation = NotationOf(language);
        var details = new List<string>();
        void Add(string? value, Func<string, string> say)
        {
            if (!string.IsNullOrEmpty(value)) details.Add(say(value));
        }

        var main = element.Text;
        var (start, stop, who) = (element.Start, element.Stop, element.Who);
        if (element.Kind == ChainKind.NewBehaviour && main.Length == 0)
        {
            // Who does what reads as a sentence; alone, what is begun needs its word.
            if (start is not null && !string.IsNullOrWhiteSpace(who)) (main, start, who) = (Sentence(who, start), null, null);
            else if (start is not null) (main, start) = (texts["Starts", start], null);
            else if (stop is not null) (main, stop) = (texts["Stops", stop], null);
        }

        if (element.Volume is { } volume) details.Add(Volume(volume, texts, language));
        Add(element.Consequence, c => texts["Consequence", c]);
        Add(start, s => texts["Starts", s]);
        Add(stop, s => texts["Stops", s]);
        Add(element.InsteadOf, i => texts["InsteadOf", i]);
        Add(who, w => texts["Who", w]);
        if (element.Number(ElementProperty.IndicatorTarget) is { } target)
        {
            var shown = Number(target, notation);
            details.Add(texts["Target", shown, UnitOf(element, shown, texts, notation)].Value.TrimEnd());
        }

        Add(element.Owner, o => texts["Owner", o]);
        // Browsers and pictures break lines at LF only.
        return new BoxContent(TextLines.WithLineFeeds(main), [.. details.Select(TextLines.WithLineFeeds)]);
    }

    /// <summary>The name of a kind, which is that of its zone.</summary>
    public static string Label(ChainKind kind, IStringLocalizer<LayoutTexts> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts[$"Label{kind}"];
    }

    /// <summary>What the method asks for in a kind's zone.</summary>
    public static string Prompt(ChainKind kind, IStringLocalizer<LayoutTexts> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts[$"Prompt{kind}"];
    }

    /// <summary>A volume in words: »500–600 om året · 10 % af sagerne · 109 min. hver«.</summary>
    public static string Volume(ChainVolume volume, IStringLocalizer<LayoutTexts> texts, CultureInfo? language = null)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(texts);
        var notation = NotationOf(language);
        string Number(double number) => BoxContent.Number(number, notation);
        var parts = new List<string>();
        var count = volume is { Low: { } low, High: { } high } && low != high ? $"{Number(low)}–{Number(high)}"
            : volume.Count is { } one ? Number(one)
            : null;
        if (count is not null) parts.Add($"{count} {Period(volume.Per, texts)}");
        if (volume.Share is { } share) parts.Add(texts["Share", Number(share * 100)]);
        if (volume.MinutesEach is { } minutes) parts.Add(texts["Minutes", Number(minutes)]);
        if (parts.Count == 0 && volume.Per is not null) parts.Add(Period(volume.Per, texts));
        return string.Join(" · ", parts);
    }

    private static string Period(string? per, IStringLocalizer<LayoutTexts> texts)
    {
        var name = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(per ?? "year");
        return texts[$"Per{name}"];
    }

    private static string Sentence(string who, string does) =>
        $"{char.ToUpper(who.TrimStart()[0], DanishFormat.Danish)}{who.Trim()[1..]} {does.Trim()}";

    // A unit is shown as it was typed; in English a known one and its period are translated.
    private static string UnitOf(ChainElement element, string shown, IStringLocalizer<LayoutTexts> texts, CultureInfo notation)
    {
        var unit = element.Get(ElementProperty.IndicatorUnit) ?? "";
        if (ReferenceEquals(notation, DanishFormat.Danish)) return UnitWord.Written(unit, shown);
        var period = unit.LastIndexOf('/');
        var word = UnitWord.Of(period < 0 ? unit : unit[..period], shown, notation);
        return period < 0 ? word : $"{word} {PeriodOf(unit[(period + 1)..].Trim(), texts)}";
    }

    private static string PeriodOf(string period, IStringLocalizer<LayoutTexts> texts) => period switch
    {
        "år" => texts["PerYear"],
        "kvartal" => texts["PerQuarter"],
        "måned" => texts["PerMonth"],
        "uge" => texts["PerWeek"],
        "dag" => texts["PerDay"],
        _ => "/ " + period,
    };

    private static CultureInfo NotationOf(CultureInfo? language) =>
        (language ?? CultureInfo.CurrentUICulture).TwoLetterISOLanguageName == "en" ? English : DanishFormat.Danish;

    private static string Number(double number, CultureInfo notation) => number.ToString("#,0.###############", notation);

}
