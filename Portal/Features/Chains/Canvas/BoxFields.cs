using System.Globalization;
using Microsoft.Extensions.Localization;
using Portal.Features.Chains.Document;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Chains.Canvas;

/// <summary>How a field is edited.</summary>
public enum FieldShape
{
    Text,
    Line,
    Number,
    Percent,
    Period,
    Date,

    /// <summary>One of the message types of the catalogue.</summary>
    MessageType,
}

/// <summary>A field of a box.</summary>
/// <param name="Property"><see cref="ElementProperty"/>.</param>
/// <param name="Shape">How it is edited.</param>
public sealed record BoxField(string Property, FieldShape Shape)
{
    /// <summary>The resource key of its label.</summary>
    public string Name => $"Field_{Property}";
}

/// <summary>Which fields a kind of box has, and how their values are read and shown.</summary>
public static class BoxFields
{
    private static readonly BoxField[] Volume =
    [
        new(ElementProperty.VolumeLow, FieldShape.Number), new(ElementProperty.VolumeLikely, FieldShape.Number),
        new(ElementProperty.VolumeHigh, FieldShape.Number), new(ElementProperty.VolumePer, FieldShape.Period),
        new(ElementProperty.VolumeShare, FieldShape.Percent), new(ElementProperty.MinutesEach, FieldShape.Number),
    ];

    private static readonly BoxField[] Views =
    [
        new(ElementProperty.StrategicView, FieldShape.Text), new(ElementProperty.ProfessionalView, FieldShape.Text),
        new(ElementProperty.StaffView, FieldShape.Text), new(ElementProperty.ItView, FieldShape.Text),
    ];

    private static readonly BoxField Owner = new(ElementProperty.Owner, FieldShape.Line);

    private static readonly BoxField MessageType = new(ElementProperty.MessageType, FieldShape.MessageType);

    private static readonly BoxField[] Indicator =
    [
        new(ElementProperty.IndicatorName, FieldShape.Line), new(ElementProperty.IndicatorUnit, FieldShape.Line),
        new(ElementProperty.IndicatorBaseline, FieldShape.Number),
        new(ElementProperty.IndicatorTarget, FieldShape.Number), new(ElementProperty.IndicatorFollowUp, FieldShape.Date),
    ];

    /// <summary>The kind's own fields, besides its text.</summary>
    public static IReadOnlyList<BoxField> Of(ChainKind kind) => kind switch
    {
        ChainKind.Problem => [.. Volume, new(ElementProperty.Consequence, FieldShape.Text)],
        ChainKind.Future => Volume,
        ChainKind.Result => [.. Volume, MessageType],
        ChainKind.Benefit or ChainKind.NegativeBenefit => [Owner, .. Indicator],
        ChainKind.NewBehaviour => [new(ElementProperty.Start, FieldShape.Text), new(ElementProperty.Stop, FieldShape.Text),
            new(ElementProperty.InsteadOf, FieldShape.Text), new(ElementProperty.Who, FieldShape.Line), Owner],
        ChainKind.Technology => [Owner, MessageType],
        ChainKind.Capability or ChainKind.Difference => [Owner],
        _ => [],
    };

    /// <summary>The fields of the four views (strategic, professional, staff, IT); a note has none.</summary>
    public static IReadOnlyList<BoxField> ViewsOf(ChainKind kind) => kind == ChainKind.Note ? [] : Views;

    /// <summary>The field of a property, if any kind of box has one; null for e.g. the text and the four views.</summary>
    public static BoxField? Find(string property) => ChainKinds.InOrder.SelectMany(Of).FirstOrDefault(f => f.Property == property);

    /// <summary>A stored value as its field shows it: decimal comma, shares as percent.</summary>
    public static string Show(BoxField field, string? value)
    {
        ArgumentNullException.ThrowIfNull(field);
        if (string.IsNullOrEmpty(value) || field.Shape is not (FieldShape.Number or FieldShape.Percent)
            || !decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return value ?? "";
        }
        return (ChainNumber.Exact(field.Shape == FieldShape.Percent ? number * 100 : number) ?? value).Replace('.', ',');
    }

    /// <summary>
    /// Converts what was typed to the stored form: numbers read as Danish where they are ambiguous, shares from percent. What is not a
    /// number, or has another unit than the field's, is returned trimmed, for the rules to refuse.
    /// </summary>
    public static string Read(BoxField field, string? written)
    {
        ArgumentNullException.ThrowIfNull(field);
        var text = (written ?? "").Trim();
        if (text.Length == 0 || field.Shape is not (FieldShape.Number or FieldShape.Percent)) return text;
        if (WrittenNumber.ReadField(text) is not { Value: { } number } reading || !Takes(field, reading.Unit)) return text;
        return ChainNumber.Exact(field.Shape == FieldShape.Percent ? number / 100 : number) ?? text;
    }

    /// <summary>Explains, in the reader's language, why a number field cannot hold what was typed; null when it can.</summary>
    /// <param name="written">As typed, or as <see cref="Read"/> returned it.</param>
    public static string? WhyNot(BoxField field, string? written, IStringLocalizer<CanvasTexts> texts)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(texts);
        var text = (written ?? "").Trim();
        if (text.Length == 0 || field.Shape is not (FieldShape.Number or FieldShape.Percent)) return null;
        var reading = WrittenNumber.ReadField(text);
        if (reading.Problem is { } problem) return problem.Localized;
        if (!Takes(field, reading.Unit))
        {
            var own = field.Shape == FieldShape.Percent ? "UnitPercent"
                : field.Property == ElementProperty.MinutesEach ? "UnitMinutes"
                : "UnitCount";
            return texts["OtherUnit", reading.Unit!, texts[own].Value];
        }

        if (ChainRules.CheckValue(field.Property, Read(field, text)) is not null) return null;
        if (reading.Value is { } number && ChainNumber.Exact(number) is null && Amount.Fits(number))
            return texts["TooManyDigits", ChainNumber.MostDigits];
        return texts[field.Shape == FieldShape.Percent ? "NotAShare" : reading.Value < 0 ? "NotNegative" : "NumberTooLarge"];
    }

    // An indicator's numbers are in the unit that another field of the box names, so any unit may follow them.
    private static bool Takes(BoxField field, string? unit) => unit?.TrimEnd('.').ToLowerInvariant() switch
    {
        null => true,
        // Øre are hundredths of a krone, and »cr« (credit) can mean a negative amount: refused rather than misread.
        "øre" or "cr" => false,
        _ when field.Property is ElementProperty.IndicatorBaseline or ElementProperty.IndicatorTarget => true,
        "%" or "pct" or "procent" or "percent" => field.Shape == FieldShape.Percent,
        "min" or "minut" or "minutter" or "minutes" => field.Property == ElementProperty.MinutesEach,
        "stk" or "antal" or "pcs" => field.Shape == FieldShape.Number && field.Property != ElementProperty.MinutesEach,
        _ => false,
    };
}
