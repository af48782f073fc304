using Microsoft.Extensions.Localization;
using Portal.Chains.Document;
using Portal.Chains.Layout;

namespace Portal.Chains.Canvas;

/// <summary>A box in words, for those who hear the chain: kind, which of how many, text, what it comes from and leads to.</summary>
public static class SpokenBox
{
    private const int Longest = 300, LongestOther = 60;

    /// <summary>»Gevinster 2 af 3: … Kommer fra … Leder til …«.</summary>
    public static string Of(ChainView view, ChainElement box, IStringLocalizer<CanvasTexts> texts, IStringLocalizer<LayoutTexts> words)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(box);
        var content = BoxContent.Of(box, words);
        var (number, of) = view.NumberOf(box.Id);
        var said = texts["Spoken", BoxContent.Label(box.Kind, words), number, of, Said(box, content.Main, texts)].Value;
        if (content.Details.Count > 0) said += " " + Cut(string.Join(", ", content.Details), Longest) + ".";
        if (Names(view.To[box.Id].Select(l => l.From)) is { Length: > 0 } from) said += " " + texts["ComesFrom", from];
        if (Names(view.From[box.Id].Select(l => l.To)) is { Length: > 0 } to) said += " " + texts["LeadsTo", to];
        return said;

        string Names(IEnumerable<string> ids) => string.Join("; ", ids.Select(view.Document.Find).OfType<ChainElement>().Select(e => Name(e, texts, words)));
    }

    /// <summary>A box in few words: its text on one line, or its kind when it has none yet.</summary>
    public static string Name(ChainElement box, IStringLocalizer<CanvasTexts> texts, IStringLocalizer<LayoutTexts> words)
    {
        var main = Cut(BoxContent.Of(box, words).Main, LongestOther);
        return main.Length > 0 ? main : texts["Nameless", BoxContent.Label(box.Kind, words)];
    }

    private static string Said(ChainElement box, string main, IStringLocalizer<CanvasTexts> texts) => box.Withheld ? texts["Withheld"] : main.Length == 0 ? texts["NoText"] : Cut(main, Longest);

    private static string Cut(string text, int longest)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= longest) return line;
        var end = char.IsHighSurrogate(line[longest - 1]) ? longest - 1 : longest;
        return line[..end] + "…";
    }
}
