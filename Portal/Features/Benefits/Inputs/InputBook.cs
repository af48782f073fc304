using Portal.Features.Benefits.Formulas;
using Portal.Features.Benefits.Problems;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Hints;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Inputs;

/// <summary>
/// The numbers that formulas use besides indicators, by their names: <c>d1.antal</c>, <c>d1.lav</c>, <c>d1.høj</c>, <c>d1.minutter</c>,
/// <c>d1.andel</c>, <c>d1.timer</c> of a box, <c>timepris</c> of the chain. A number that a measured benefit uses is agreed: it stands as
/// it was agreed, month by month, also when the box on the canvas says something else; that is a pending change. Pure.
/// </summary>
public sealed class InputBook
{
    /// <summary>The name of the price of an hour in formulas.</summary>
    public const string HourPriceName = "timepris";

    private static readonly Dictionary<string, InputPart> Parts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["antal"] = InputPart.Count, ["lav"] = InputPart.Low, ["høj"] = InputPart.High, ["minutter"] = InputPart.Minutes,
        ["andel"] = InputPart.Share,
    };

    private const string Hours = "timer";
    private readonly ChainDocument _document;
    private readonly IReadOnlyDictionary<InputKey, InputFact> _facts;

    /// <summary>The book of a chain whose numbers nobody has agreed on.</summary>
    public static InputBook Of(ChainDocument document) => new(document, new Dictionary<InputKey, InputFact>());

    /// <param name="facts">The agreed numbers; those of deleted boxes may be among them.</param>
    public InputBook(ChainDocument document, IReadOnlyDictionary<InputKey, InputFact> facts) => (_document, _facts) = (document, facts);

    /// <summary>The chain.</summary>
    public ChainDocument Document => _document;

    /// <summary>The agreed numbers of the chain and of its present boxes, the chain's first, then in reading order.</summary>
    public IReadOnlyList<InputFact> Facts =>
    [
        .. _facts.Values.Where(f => f.Key.ElementId.Length == 0).OrderBy(f => f.Key.Part),
        .. ChainOrder.Read(_document).SelectMany(b => _facts.Values.Where(f => f.Key.ElementId == b.Id).OrderBy(f => f.Key.Part)),
    ];

    /// <summary>The agreed number; null when nobody has agreed on it.</summary>
    public InputFact? Find(InputKey key) => _facts.GetValueOrDefault(key);

    /// <summary>
    /// What the box says now, when it is not what was agreed; the first value is false when it is the same, or the box has no such number.
    /// </summary>
    public (bool IsPending, decimal? Value) PendingOf(InputFact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        if (fact.Key.ElementId.Length == 0 || _document.Find(fact.Key.ElementId) is not { } box) return (false, null);
        var drawn = OfBox(box, fact.Key.Part);
        return drawn == fact.Latest.Value ? (false, null) : (true, drawn);
    }

    /// <summary>
    /// A number by its name in a formula, as it is in a month; a yearly one is the month's twelfth. Null when there is no such number.
    /// </summary>
    public Quantity? In(string name, Month month) => Of(name, key => ValueIn(key, month), 12);

    /// <summary>
    /// A number by its name in a formula over several months: a yearly one is the sum of the months' twelfths, any other their mean.
    /// </summary>
    public Quantity? In(string name, IReadOnlyCollection<Month> months)
    {
        ArgumentNullException.ThrowIfNull(months);
        if (months.Count == 0) return null;
        var each = months.Select(month => Of(name, key => ValueIn(key, month), 1)).ToList();
        if (each[0] is not { } first) return null;
        if (each.Find(q => q!.Value.Problem is not null) is { } wrong) return wrong;
        if (each.Exists(q => q!.Value.Value is null)) return first with { Value = null };
        var values = each.ConvertAll(q => q!.Value.Value!.Value);
        var whole = IsOfYear(name) ? Amount.Sum(values) / 12 : values.TrueForAll(v => v == values[0]) ? values[0] : Amount.Mean(values);
        return whole is null ? first with { Value = null, Problem = TooLarge } : first with { Value = whole };
    }

    /// <summary>The chain with its boxes as agreed, also where the canvas says something else.</summary>
    public ChainDocument Agreed()
    {
        var document = _document;
        foreach (var fact in _facts.Values)
        {
            if (document.Find(fact.Key.ElementId) is not { } box || PendingOf(fact) is not (true, _)) continue;
            var latest = fact.Latest;
            var input = new NewInput(fact.Key, latest.Value, latest.From, "", null, false, null, latest.Version);
            if (PropertyOf(input, box) is not { } field) continue;
            document = document with { Elements = document.Elements.SetItem(box.Id, box.With(field.Property, field.Value)) };
        }

        return document;
    }

    /// <summary>True for a number that is per year.</summary>
    public static bool IsOfYear(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant() is "antal" or "lav" or "høj" or Hours;
    }

    /// <summary>The unit of a name, with its present value; null when there is no such number.</summary>
    public Quantity? Latest(string name) => Of(name, key => Find(key) is { } fact ? fact.Latest.Value : Drawn(key), 1);

    /// <summary>
    /// The inputs that a name stands for: the hours of a box are made of two. Also those of a deleted box, while a number of it is agreed.
    /// Empty when there is no such number.
    /// </summary>
    public IReadOnlyList<InputKey> KeysOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Equals(HourPriceName, StringComparison.OrdinalIgnoreCase)) return [InputKey.OfChain(InputPart.HourPrice)];
        var (box, part) = Split(name);
        if ((box?.Id ?? DeletedOf(name)) is not { } id) return [];
        if (part.Equals(Hours, StringComparison.OrdinalIgnoreCase)) return [new(id, InputPart.Count), new(id, InputPart.Minutes)];
        return Parts.TryGetValue(part, out var known) ? [new(id, known)] : [];
    }

    /// <summary>What a box on the canvas says now, per year where it is a count; null for none, or for one that is too large.</summary>
    public decimal? Drawn(InputKey key) => _document.Find(key.ElementId) is { } box ? OfBox(box, key.Part) : null;

    /// <summary>The names of all numbers that can be used in a formula, in reading order.</summary>
    public IReadOnlyList<string> Names =>
    [
        .. Find(InputKey.OfChain(InputPart.HourPrice)) is null ? (string[])[] : [HourPriceName],
        .. ChainOrder.Read(_document).Where(b => b.Volume is not null)
            .SelectMany(b => Parts.Keys.Append(Hours).Select(part => NameOf(b.Id, part))).Where(name => Latest(name)?.Value is not null),
    ];

    /// <summary>The name of a box's number in a formula: <c>d1.timer</c>; an id that is not a plain word is put in brackets.</summary>
    public static string NameOf(string id, string part)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return char.IsLetter(id[0]) && id.All(c => char.IsLetterOrDigit(c) || c == '_') ? $"{id}.{part}" : $"[{id}].{part}";
    }

    /// <summary>
    /// The value of a box that says the same as an input, in the box's own period; null when the box cannot say it.
    /// </summary>
    public static (string Property, string? Value)? PropertyOf(NewInput input, ChainElement box)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(box);
        if (PropertyOf(input.Key.Part) is not { } property) return null;
        if (input.Value is not { } value) return (property, null);
        var year = input.Key.Part is InputPart.Count or InputPart.Low or InputPart.High
            ? (decimal)(ChainVolume.None with { Likely = 1, Per = box.Volume?.Per }).PerYear!.Value
            : 1;
        return ChainNumber.Exact(value / year) is { } text ? (property, text) : null;
    }

    /// <summary>The field of a box that holds a number; null for the chain's own numbers.</summary>
    public static string? PropertyOf(InputPart part) => part switch
    {
        InputPart.Count => ElementProperty.VolumeLikely, InputPart.Low => ElementProperty.VolumeLow,
        InputPart.High => ElementProperty.VolumeHigh, InputPart.Minutes => ElementProperty.MinutesEach,
        InputPart.Share => ElementProperty.VolumeShare, _ => null,
    };

    private static decimal? OfBox(ChainElement box, InputPart part) =>
        PropertyOf(part) is { } property ? BoxNumber.In(box, property) : null;

    private Quantity? Of(string name, Func<InputKey, decimal?> value, decimal divisor)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Equals(HourPriceName, StringComparison.OrdinalIgnoreCase))
        {
            var price = InputKey.OfChain(InputPart.HourPrice);
            return Find(price) is null ? null : new Quantity(value(price), Unit.Over(Unit.OfMoney, Unit.OfHours, bySixty: false));
        }

        if (Split(name) is not ({ Volume: { } volume } box, var part)) return null;
        if (part.Equals(Hours, StringComparison.OrdinalIgnoreCase))
        {
            var (count, each) = (value(new(box.Id, InputPart.Count)), value(new(box.Id, InputPart.Minutes)));
            if (TooLargeDrawn(volume, InputPart.Count, count) || TooLargeDrawn(volume, InputPart.Minutes, each))
                return new Quantity(null, Unit.OfHours, TooLarge);
            if (count is not { } many || each is not { } minutes) return new Quantity(null, Unit.OfHours);
            return Amount.Multiply(many, minutes) is { } all
                ? new Quantity(all / 60 / divisor, Unit.OfHours)
                : new Quantity(null, Unit.OfHours, TooLarge);
        }

        if (!Parts.TryGetValue(part, out var known)) return null;
        var unit = known switch { InputPart.Minutes => Unit.OfMinutes, InputPart.Share => Unit.None, _ => Unit.OfCount };
        var number = value(new(box.Id, known));
        if (TooLargeDrawn(volume, known, number)) return new Quantity(null, unit, TooLarge);
        return new Quantity(unit == Unit.OfCount ? number / divisor : number, unit);
    }

    private decimal? ValueIn(InputKey key, Month month) => Find(key) is { } fact ? fact.ValueIn(month) : Drawn(key);

    private (ChainElement? Box, string Part) Split(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot <= 0 ? (null, "") : (_document.Find(IdOf(name, dot)), name[(dot + 1)..]);
    }

    private string? DeletedOf(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot > 0 && IdOf(name, dot) is var id && _facts.Keys.Any(k => k.ElementId == id) ? id : null;
    }

    private static string IdOf(string name, int dot) => name[..dot].Trim('[', ']');

    // A number that is drawn, but larger than is calculated with, is a problem and not a gap.
    private static bool TooLargeDrawn(ChainVolume volume, InputPart part, decimal? value) => value is null && part switch
    {
        InputPart.Minutes => volume.MinutesEach is not null,
        InputPart.Share => volume.Share is not null,
        InputPart.Low => (volume.Low ?? volume.Count) is not null,
        InputPart.High => (volume.High ?? volume.Count) is not null,
        _ => volume.Count is not null,
    };

    private static ProblemText TooLarge => ProblemTexts.Of("NumberGrowsTooLarge", Amount.Largest);
}
