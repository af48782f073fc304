using Microsoft.Extensions.Localization;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Layout;
using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Hints;

/// <summary>
/// The chain read as one sentence: because … we have … with … we can … so that … the difference … gives … if we … although … Boxes hold
/// both clauses and nouns, so the words between them fit either. An ellipsis replaces what is missing.
/// </summary>
public sealed class ChainSentence(IStringLocalizer<HintTexts> texts, IStringLocalizer<LayoutTexts> words)
{
    private const string Gap = "…";

    /// <summary>The sentence; empty for an empty chain.</summary>
    public string Of(ChainDocument document)
    {
        var boxes = ChainOrder.Read(document).Where(b => !b.Withheld).ToLookup(b => b.Kind);
        if (!boxes.Any(k => k.Key != ChainKind.Note)) return "";
        string[] Texts(ChainKind kind) => [.. boxes[kind].Select(b => Inner(b.Text)).Where(t => t.Length > 0)];
        var (problems, benefits, negatives) = (boxes[ChainKind.Problem].Select(Problem).Where(t => t.Length > 0).ToArray(),
            Texts(ChainKind.Benefit), Texts(ChainKind.NegativeBenefit));

        var because = $"{texts["Purposes", List(Texts(ChainKind.Purpose))]}, "
            + $"{texts[problems.Length > 1 ? "ProblemsMany" : "Problems", List(problems)]}.";
        var with =
            $"{Capability(Texts(ChainKind.Technology), boxes[ChainKind.Capability])}, {texts["Futures", List(Texts(ChainKind.Future))]}.";
        var difference = Texts(ChainKind.Difference) is { Length: > 0 } differences
            ? texts["Difference", List(differences)].Value
            : texts["TheDifference"].Value;
        var gives = $"{difference} {texts[benefits.Length > 1 ? "BenefitsMany" : "Benefits", List(benefits)]}, "
            + $"{texts["Behaviours", List([.. boxes[ChainKind.NewBehaviour].Select(Behaviour).Where(t => t.Length > 0)])]}";
        var although = texts[negatives.Length > 1 ? "NegativeMany" : "Negative", List(negatives)];
        return $"{because} {with} {gives}, {although}.";
    }

    /// <summary>True when a capability begins with »vi kan« (or, in English, “we can”).</summary>
    internal static bool BeginsWithWeCan(string text) => AfterWeCan(text) is not null;

    private static string? AfterWeCan(string text)
    {
        foreach (var start in (string[])["vi kan ", "we can "])
        {
            if (text.TrimStart().StartsWith(start, StringComparison.OrdinalIgnoreCase)) return text.TrimStart()[start.Length..];
        }

        return null;
    }

    private string Capability(string[] technologies, IEnumerable<ChainElement> capabilities)
    {
        var elements = capabilities.Where(c => c.Text.Trim().Length > 0).ToList();
        var weCan = elements.TrueForAll(c => BeginsWithWeCan(c.Text));
        var able = List([.. elements.Select(c => Inner(weCan ? AfterWeCan(c.Text)! : c.Text))]);
        return (technologies.Length > 0, weCan) switch
        {
            (true, true) => texts["TechnologyAndWeCan", List(technologies), able],
            (false, true) => texts["WeCan", able],
            (true, false) => texts["Technology", List(technologies), able],
            _ => texts["Capability", able],
        };
    }

    private string Problem(ChainElement box)
    {
        var text = Inner(box.Text);
        return text.Length > 0 && box.Volume is { } volume && BoxContent.Volume(volume, words) is { Length: > 0 } much
            ? texts["WithVolume", text, much]
            : text;
    }

    private string Behaviour(ChainElement box)
    {
        if (box.Start is null && box.Stop is null) return Inner(box.Text);
        var who = box.Who is { } named ? Inner(named) : texts["We"].Value;
        var text = box.Start is { } start ? $"{who} {Inner(start)}" : texts["Stops", who, Inner(box.Stop!)].Value;
        if (box.InsteadOf is { } instead) text = texts["InsteadOf", text, Inner(instead)];
        return box is { Start: not null, Stop: { } stop } ? $"{text} {texts["And"]} {texts["StopsToo", Inner(stop)]}" : text;
    }

    private string List(string[] parts) => parts.Length switch
    {
        0 => Gap,
        1 => parts[0],
        // Parts that contain commas are separated by semicolons.
        _ when parts.Any(p => p.Contains(',', StringComparison.Ordinal)) =>
            $"{string.Join("; ", parts.SkipLast(1))}; {texts["And"]} {parts[^1]}",
        _ => $"{string.Join(", ", parts.SkipLast(1))} {texts["And"]} {parts[^1]}",
    };

    // Prepares a text for use within a sentence: one line, no full stop, lower case at the start unless the first word is a name or an
    // abbreviation.
    private static string Inner(string text)
    {
        var line = string.Join(' ', TextLines.OneLine(text).Split(' ', StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.', ' ');
        if (line.Length < 2 || !char.IsUpper(line[0])) return line;
        var first = line.AsSpan(0, line.AsSpan().IndexOfAny(" ,.:;") is > 0 and var end ? end : line.Length);
        var isName = first[1..].ContainsAnyInRange('A', 'Z') || first.ContainsAnyInRange('0', '9') || first.Contains('_');
        return isName ? line : char.ToLowerInvariant(line[0]) + line[1..];
    }
}
