using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Localization;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Layout;
using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Canvas;

/// <summary>The accessible name of a box, for screen readers: kind, which of how many, text, incoming and outgoing links.</summary>
public static class BoxAccessibleName
{
    private const int Longest = 300, LongestOther = 60;

    // The last name of each box by language, reused while the box, its number and its neighbours are the same.
    private static readonly ConditionalWeakTable<ChainElement, ConcurrentDictionary<string, Words>> Known = [];

    private static readonly ConditionalWeakTable<ChainView, ConcurrentDictionary<string, IReadOnlyList<string>>> Cache = [];

    private sealed record Words(int Number, int Of, IReadOnlyList<ChainElement> From, IReadOnlyList<ChainElement> To, string Said)
    {
        public bool Hold((int Number, int Of) place, IReadOnlyList<ChainElement> from, IReadOnlyList<ChainElement> to) =>
            (Number, Of) == place && Same(From, from) && Same(To, to);

        private static bool Same(IReadOnlyList<ChainElement> one, IReadOnlyList<ChainElement> other)
        {
            if (one.Count != other.Count) return false;
            for (var n = 0; n < one.Count; n++)
            {
                if (!ReferenceEquals(one[n], other[n])) return false;
            }

            return true;
        }
    }

    /// <summary>
    /// The names of all boxes of a view, in the order of <see cref="ChainView.Boxes"/>; computed once per view and language.
    /// </summary>
    public static IReadOnlyList<string> All(ChainView view, IStringLocalizer<CanvasTexts> texts, IStringLocalizer<LayoutTexts> words)
    {
        ArgumentNullException.ThrowIfNull(view);
        return Cache.GetOrCreateValue(view)
            .GetOrAdd(CultureInfo.CurrentUICulture.Name, _ => [.. view.Boxes.Select(b => Of(view, b, texts, words))]);
    }

    /// <summary>»Gevinster 2 af 3: … Kommer fra … Leder til …«.</summary>
    public static string Of(ChainView view, ChainElement box, IStringLocalizer<CanvasTexts> texts, IStringLocalizer<LayoutTexts> words)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(box);
        IReadOnlyList<ChainElement> from = [.. view.To[box.Id].Select(l => view.Document.Find(l.From)).OfType<ChainElement>()],
            to = [.. view.From[box.Id].Select(l => view.Document.Find(l.To)).OfType<ChainElement>()];
        var (known, place) = (Known.GetOrCreateValue(box), view.NumberOf(box.Id));
        if (!known.TryGetValue(CultureInfo.CurrentUICulture.Name, out var last) || !last.Hold(place, from, to))
        {
            known[CultureInfo.CurrentUICulture.Name] = last =
                new Words(place.Number, place.Of, from, to, Describe(box, place, from, to, texts, words));
        }

        return last.Said;
    }

    /// <summary>A short name: the box's text on one line, or its kind when it has no text.</summary>
    public static string Name(ChainElement box, IStringLocalizer<CanvasTexts> texts, IStringLocalizer<LayoutTexts> words)
    {
        var main = Cut(BoxContent.Of(box, words).Main, LongestOther);
        return main.Length > 0 ? main : texts["Nameless", BoxContent.Label(box.Kind, words)];
    }

    private static string Describe(ChainElement box, (int Number, int Of) place, IReadOnlyList<ChainElement> from,
        IReadOnlyList<ChainElement> to, IStringLocalizer<CanvasTexts> texts, IStringLocalizer<LayoutTexts> words)
    {
        var content = BoxContent.Of(box, words);
        var text = texts["Spoken", BoxContent.Label(box.Kind, words), place.Number, place.Of, TextOf(box, content.Main, texts)].Value;
        if (content.Details.Count > 0) text += " " + Cut(string.Join(", ", content.Details), Longest) + ".";
        if (from.Count > 0) text += " " + texts["ComesFrom", Names(from)];
        if (to.Count > 0) text += " " + texts["LeadsTo", Names(to)];
        return text;

        string Names(IEnumerable<ChainElement> boxes) => string.Join("; ", boxes.Select(e => Name(e, texts, words)));
    }

    private static string TextOf(ChainElement box, string main, IStringLocalizer<CanvasTexts> texts) =>
        box.Withheld ? texts["Withheld"] : main.Length == 0 ? texts["NoText"] : Cut(main, Longest);

    private static string Cut(string text, int longest)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return TextCut.At(line, longest, "…");
    }
}
