using Portal.Features.Benefits.Formulas;
using Portal.Features.Benefits.Problems;
using Portal.Features.Chains.Document;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Indicators;

/// <summary>
/// The numbers of a chain's boxes by their names in formulas: <c>d1.antal</c>, <c>d1.lav</c>, <c>d1.høj</c>, <c>d1.minutter</c>,
/// <c>d1.andel</c>, <c>d1.timer</c>. A formula that uses them follows what is agreed in the workshop.
/// </summary>
public static class BoxNumbers
{
    private static readonly string[] Parts = ["antal", "lav", "høj", "minutter", "andel", "timer"];

    /// <summary>A box's number by its name in a formula; null when there is no such number.</summary>
    /// <returns>The number, and whether it is per year, so that a month gets a twelfth of it.</returns>
    public static (Quantity Quantity, bool OfYear)? Of(ChainDocument document, string name)
    {
        ArgumentNullException.ThrowIfNull(document);
        var dot = name.LastIndexOf('.');
        if (dot <= 0 || document.Find(name[..dot].Trim('[', ']')) is not { Volume: { } volume }) return null;
        return name[(dot + 1)..].ToLowerInvariant() switch
        {
            "antal" => (Year(volume, volume.Count), true),
            "lav" => (Year(volume, volume.Low ?? volume.Count), true),
            "høj" => (Year(volume, volume.High ?? volume.Count), true),
            "minutter" => (Kept(volume.MinutesEach, Unit.OfMinutes), false),
            "andel" => (Kept(volume.Share, Unit.None), false),
            "timer" => (Hours(Year(volume, volume.Count), Kept(volume.MinutesEach, Unit.OfMinutes)), true),
            _ => null,
        };
    }

    /// <summary>The name of a box's number in a formula: <c>d1.timer</c>; an id that is not a plain word is put in brackets.</summary>
    public static string NameOf(string id, string part)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return char.IsLetter(id[0]) && id.All(c => char.IsLetterOrDigit(c) || c == '_') ? $"{id}.{part}" : $"[{id}].{part}";
    }

    /// <summary>The names of all numbers that the chain's boxes have, in reading order.</summary>
    public static IReadOnlyList<string> NamesOf(ChainDocument document) =>
    [
        .. ChainOrder.Read(document).Where(b => b.Volume is not null)
            .SelectMany(b => Parts.Select(part => NameOf(b.Id, part))).Where(name => Of(document, name)?.Quantity.Value is not null),
    ];

    private static Quantity Year(ChainVolume volume, double? count) =>
        Kept((volume with { Low = count, Likely = count, High = count }).PerYear, Unit.OfCount);

    private static Quantity Hours(Quantity count, Quantity minutes)
    {
        if ((count.Problem ?? minutes.Problem) is { } problem) return new Quantity(null, Unit.OfHours, problem);
        if (count.Value is not { } many || minutes.Value is not { } each) return new Quantity(null, Unit.OfHours);
        return Amount.Multiply(many, each) is { } all ? new Quantity(all / 60, Unit.OfHours) : new Quantity(null, Unit.OfHours, TooLarge);
    }

    private static Quantity Kept(double? number, Unit unit)
    {
        if (number is not { } value) return new Quantity(null, unit);
        return Amount.Of(value) is { } amount ? new Quantity(amount, unit) : new Quantity(null, unit, TooLarge);
    }

    private static Portal.Platform.Text.ProblemText TooLarge => ProblemTexts.Of("NumberGrowsTooLarge", Amount.Largest);
}
