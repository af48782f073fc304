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
    /// <summary>The content in the language of <paramref name="texts"/>; numbers are in Danish notation.</summary>
    public static BoxContent Of(ChainElement element, IStringLocalizer<LayoutTexts> texts)
    {
        ArgumentNullException.ThrowIfNull(element);
        ArgumentNullException.ThrowIfNull(texts);
        var details = new List<string>();
        void Add(string? value, Func<string, string> say)
        {
            if (!string.IsNullOrEmpty(value)) details.Add(say(value));
        }

        var main = element.Text;
        var (start, stop) = (element.Start, element.Stop);
        if (element.Kind == ChainKind.NewBehaviour && main.Length == 0)
        {
            if (start is not null) (main, start) = (texts["Starts", start], null);
            else if (stop is not null) (main, stop) = (texts["Stops", stop], null);
        }

        if (element.Volume is { } volume) details.Add(Volume(volume, texts));
        Add(element.Consequence, c => texts["Consequence", c]);
        Add(start, s => texts["Starts", s]);
        Add(stop, s => texts["Stops", s]);
        Add(element.InsteadOf, i => texts["InsteadOf", i]);
        Add(element.Who, w => texts["Who", w]);
        if (element.Number(ElementProperty.IndicatorTarget) is { } target)
        {
            details.Add(texts["Target", Number(target),
                UnitWord.Written(element.Get(ElementProperty.IndicatorUnit) ?? "", Number(target))].Value.TrimEnd());
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
    public static string Volume(ChainVolume volume, IStringLocalizer<LayoutTexts> texts)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(texts);
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

    private static string Number(double number) => number.ToString("#,0.###############", DanishFormat.Danish);
}
