using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Page;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Audit;

/// <summary>A change of a benefit, of a number that it uses, or of a measurement.</summary>
/// <param name="At">When it was saved, UTC.</param>
/// <param name="What">The field, the number or the measurement.</param>
/// <param name="From">What it was; null when there was nothing to be compared with.</param>
/// <param name="To">What it became; null for an event without a value.</param>
/// <param name="Why">The reason that was given; null for none.</param>
public sealed record AuditEntry(
    DateTimeOffset At, string By, ILocalizedText What, ILocalizedText? From, ILocalizedText? To, string? Why);

/// <summary>
/// Everything that was changed about a benefit: its definition field by field, the agreed numbers that it uses or used, corrected
/// measurements, and follow-ups. Pure.
/// </summary>
public static class BenefitAudit
{
    /// <summary>The changes, newest first.</summary>
    /// <param name="inputs">The chain's agreed numbers, for their names.</param>
    public static IReadOnlyList<AuditEntry> Of(BenefitFigure figure, InputBook inputs)
    {
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentNullException.ThrowIfNull(inputs);
        return
        [
            .. Definitions(figure.Versions)
                .Concat(figure.Inputs.Concat(figure.FormerInputs).SelectMany(f => Input(f, inputs))).Concat(Corrections(figure))
                .Concat(figure.FollowUps.Select(n => new AuditEntry(
                    n.EnteredAt, n.EnteredBy, PageTexts.Of("AuditFollowUp", n.Day), null, new WrittenText(n.Text), null)))
                .Select((Entry, Place) => (Entry, Place)).OrderByDescending(e => e.Entry.At).ThenBy(e => e.Place).Select(e => e.Entry),
        ];
    }

    private static IEnumerable<AuditEntry> Definitions(IReadOnlyList<IndicatorVersion> versions)
    {
        if (versions.Count == 0) yield break;
        yield return new AuditEntry(versions[0].At, versions[0].By, PageTexts.Of("AuditDescribed"), null, null, versions[0].Reason);
        foreach (var (before, after) in versions.Zip(versions.Skip(1)))
        {
            foreach (var change in DefinitionFields.Changes(before.Definition, after.Definition))
            {
                yield return new AuditEntry(
                    after.At, after.By, change.Name, Shown(change.Before, before.Definition.Unit), Shown(change.After, change.Unit),
                    after.Reason);
            }
        }
    }

    private static ILocalizedText Shown(object? value, string unit) => value switch
    {
        null => PageTexts.Of("NothingWritten"),
        decimal number => new AmountText(number, unit),
        ILocalizedText word => word,
        _ => new ValueText(value),
    };

    /// <summary>A day or a text.</summary>
    private sealed record ValueText(object Value) : ILocalizedText
    {
        public string In(CultureInfo language) => FieldChange.Shown(Value, "", language);
    }

    private static IEnumerable<AuditEntry> Input(InputFact fact, InputBook inputs)
    {
        var (name, first) = (Deviations.NameOf(fact.Key, inputs), fact.Versions[0]);
        yield return new AuditEntry(first.At, first.By, PageTexts.Of("AuditAgreed", name), null, Number(fact, first), first.Reason);
        foreach (var (before, after) in fact.Changes)
        {
            AuditEntry Entry(ILocalizedText what, ILocalizedText from, ILocalizedText to) =>
                new(after.At, after.By, what, from, to, after.Reason);
            ILocalizedText Field(string label) => FieldTexts.Of("FieldOfInput", FieldTexts.Of(label), name);
            if (before.Value != after.Value || before.From != after.From)
                yield return Entry(name, Number(fact, before), Number(fact, after));
            if (before.Source != after.Source)
                yield return Entry(Field("FieldInputSource"), Text(before.Source), Text(after.Source));
            if (before.Owner != after.Owner)
                yield return Entry(Field("FieldInputOwner"), Text(before.Owner), Text(after.Owner));
            if (before.LockedAt is null && after.LockedAt is not null)
                yield return Entry(Field("FieldInputLocked"), PageTexts.Of("No"), PageTexts.Of("Yes"));
        }
    }

    private static ILocalizedText Number(InputFact fact, InputVersion version)
    {
        var shown = Deviations.Shown(fact.Key.Part, version.Value);
        return version.From is { } from ? PageTexts.Of("NumberFrom", shown, from) : shown;
    }

    private static ILocalizedText Text(string? text) =>
        string.IsNullOrEmpty(text) ? PageTexts.Of("NothingWritten") : new WrittenText(text);

    // A measurement that replaced or withdrew an earlier one for the same time.
    private static IEnumerable<AuditEntry> Corrections(BenefitFigure figure) => figure.Measurements.GroupBy(m => m.At).SelectMany(
        same => same.OrderBy(m => m.Id).ToList() is var order
            ? order.Zip(order.Skip(1)).Select(pair => new AuditEntry(
                pair.Second.EnteredAt, pair.Second.EnteredBy, PageTexts.Of("AuditNumberOf", pair.Second.At),
                Value(figure, pair.First), Value(figure, pair.Second), pair.Second.Note))
            : []);

    private static ILocalizedText Value(BenefitFigure figure, Measurement measurement) => measurement.Value is { } value
        ? new AmountText(value, figure.Definition.Unit)
        : PageTexts.Of("TakenBack");
}
