using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Document;

/// <summary>Validates and cleans what comes from users and callers before it is applied to a chain.</summary>
public static class ChainRules
{
    public const int MaxId = 100;
    public const int MaxTitle = 300;
    public const int MaxText = 20_000;
    public const int MaxElements = 5_000;
    public const int MaxLinks = 20_000;
    public const double MaxPlace = 1_000_000;
    public const double MinWidth = 80, MaxWidth = 1_200;

    /// <summary>The periods of a volume.</summary>
    public static IReadOnlyList<string> Periods { get; } = ["day", "week", "month", "quarter", "year"];

    /// <summary>The levels of confidence in a link.</summary>
    public static IReadOnlyList<string> Confidences { get; } = ["low", "medium", "high"];

    /// <summary>The operation with its texts cleaned, or the first field that is not allowed.</summary>
    public static (ChainOperation? Operation, string? Field) Check(ChainDocument document, ChainOperation operation)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(operation);
        var cleaned = new List<ChainChange>(operation.Changes.Count);
        var (elements, links) = (document.Elements.Count, document.Links.Count);
        foreach (var change in operation.Changes)
        {
            if (Check(change) is not { } clean) return (null, FieldOf(change));
            if (clean is AddElement && ++elements > MaxElements) return (null, FieldOf(change));
            if (clean is Connect && ++links > MaxLinks) return (null, FieldOf(change));
            cleaned.Add(clean);
        }

        return (new ChainOperation(cleaned), null);
    }

    /// <summary>
    /// True for an id that may be used: 1–100 characters, no control characters, no space at the ends, and no CPR number, since ids appear
    /// in addresses and files.
    /// </summary>
    public static bool IsId(string? id) =>
        id is { Length: > 0 and <= MaxId } && id.Trim().Length == id.Length && !id.Any(char.IsControl) && Clean(id) == id
        && !CprNumber.IsIn(id);

    /// <summary>
    /// A new id for a box: twelve letters. Without digits, since of hexadecimal ones some read as a CPR number, and were refused.
    /// </summary>
    public static string NewId() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 12);

    /// <summary>
    /// The value to store, empty for none; null when <paramref name="property"/> does not allow it. Texts keep all characters, markup too,
    /// except those that <see cref="Clean"/> removes.
    /// </summary>
    public static string? CheckValue(string property, string? value)
    {
        if (string.IsNullOrEmpty(value)) return property == ElementProperty.Kind ? null : "";
        if (ElementProperty.IsNumber(property)) return CheckNumber(property, value);
        return property switch
        {
            ElementProperty.Kind => ChainKinds.Parse(value)?.ToWire(),
            ElementProperty.VolumePer => Periods.Contains(value) ? value : null,
            ElementProperty.IndicatorFollowUp =>
                DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? value : null,
            _ when ElementProperty.IsText(property) => Clean(value) is { Length: <= MaxText } text ? text : null,
            _ => null,
        };
    }

    /// <summary>
    /// Text with every kind of line break as \n, and without NUL, other control characters and halves of surrogate pairs.
    /// </summary>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = TextLines.WithLineFeeds(text);
        if (!text.Any(c => char.IsSurrogate(c) || (char.IsControl(c) && c is not ('\n' or '\t')) || c is '\uFFFE' or '\uFFFF')) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || (!Rune.IsControl(rune) && rune.Value is not (0xFFFE or 0xFFFF))) clean.Append(rune);
        }

        return clean.ToString();
    }

    private static ChainChange? Check(ChainChange change) => change switch
    {
        AddElement add =>
            IsId(add.Id) && Enum.IsDefined(add.Kind) && CheckValues(add.Values) is { } values ? add with { Values = values } : null,
        SetValue set => CheckValue(set.Property, set.Value) is { } value ? set with { Value = value.Length == 0 ? null : value } : null,
        Connect link => link.From != link.To && CheckLink(ChainLink.ConfidenceProperty, link.Confidence) is not null
            && CheckLink(ChainLink.AssumptionProperty, link.Assumption) is { } assumption
            ? link with { Assumption = assumption.Length == 0 ? null : assumption,
                Confidence = string.IsNullOrEmpty(link.Confidence) ? null : link.Confidence }
            : null,
        SetLinkValue set => CheckLink(set.Property, set.Value) is { } value ? set with { Value = value.Length == 0 ? null : value } : null,
        SetChainValue set => CheckOwn(set),
        OpenWorkshop open => IsId(open.Code) ? open : null,
        RevealPlaces { Kinds: { } kinds } when !kinds.All(Enum.IsDefined) => null,
        SetVoting { VotesEach: < 1 or > 100 } => null,
        ShowQuestion { Number: < 0 or > 4 } => null,
        Gather gather => double.IsFinite(gather.X) && double.IsFinite(gather.Y) && gather.Zoom is > 0 and < 100 ? gather : null,
        _ => change,
    };

    private static ImmutableSortedDictionary<string, string>? CheckValues(ImmutableSortedDictionary<string, string> values)
    {
        var clean = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (property, value) in values)
        {
            if (property == ElementProperty.Kind || CheckValue(property, value) is not { } checkedValue) return null;
            if (checkedValue.Length > 0) clean[property] = checkedValue;
        }

        return clean.ToImmutable();
    }

    private static string? CheckNumber(string property, string value)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)
            || Math.Abs(number) > ChainNumber.Largest)
        {
            return null;
        }
        var fits = property switch
        {
            ElementProperty.X or ElementProperty.Y => Math.Abs(number) <= MaxPlace,
            ElementProperty.Width => number is >= MinWidth and <= MaxWidth,
            ElementProperty.VolumeShare => number is >= 0 and <= 1,
            ElementProperty.VolumeLow or ElementProperty.VolumeLikely or ElementProperty.VolumeHigh or ElementProperty.MinutesEach =>
                number >= 0,
            _ => true,
        };
        if (!fits) return null;
        return property is ElementProperty.X or ElementProperty.Y or ElementProperty.Width
            ? ChainNumber.Write(number)
            : ChainNumber.Exact(value);
    }

    private static string? CheckLink(string property, string? value) => property switch
    {
        _ when string.IsNullOrEmpty(value) => property is ChainLink.AssumptionProperty or ChainLink.ConfidenceProperty ? "" : null,
        ChainLink.AssumptionProperty => Clean(value) is { Length: <= MaxText } text ? text : null,
        ChainLink.ConfidenceProperty => Confidences.Contains(value) ? value : null,
        _ => null,
    };

    private static SetChainValue? CheckOwn(SetChainValue set) => set.Property switch
    {
        // One line each, for lists, headings and file names.
        ChainDocument.TitleProperty =>
            TextLines.OneLine(Clean(set.Value ?? "")).Trim() is { Length: > 0 and <= MaxTitle } title ? set with { Value = title } : null,
        ChainDocument.DepartmentProperty =>
            TextLines.OneLine(Clean(set.Value ?? "")).Trim() is { Length: <= MaxTitle } department ? set with { Value = department } : null,
        ChainDocument.StageProperty =>
            Enum.TryParse<ChainStage>(set.Value, out var stage) && Enum.IsDefined(stage) ? set with { Value = stage.ToString() } : null,
        _ => null,
    };

    private static string FieldOf(ChainChange change) => change switch
    {
        AddElement add =>
            add.Values.Where(v => CheckValue(v.Key, v.Value) is null).Select(v => $"{add.Id}.{v.Key}").FirstOrDefault() ?? add.Id,
        SetValue set => $"{set.Id}.{set.Property}",
        Connect link => $"{link.From}.to",
        SetLinkValue set => $"{set.From}.to.{set.Property}",
        SetChainValue set => set.Property,
        _ => "workshop",
    };
}
