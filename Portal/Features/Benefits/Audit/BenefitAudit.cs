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
/// measurements, follow-ups, answers to decisions, and requests for numbers. Pure.
/// </summary>
public static class BenefitAudit
{
    private static readonly HashSet<string> NoKeys = [];

    /// <summary>The changes, newest first.</summary>
    /// <param name="inputs">The chain's agreed numbers, for their names.</param>
    /// <param name="answers">The chain's answers to decisions, by <see cref="DecisionKey"/>.</param>
    /// <param name="requests">The chain's requests for numbers.</param>
    public static IReadOnlyList<AuditEntry> Of(
        BenefitFigure figure, InputBook inputs, ILookup<string, BenefitNote>? answers = null,
        IReadOnlyList<RequestedNumber>? requests = null)
    {
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentNullException.ThrowIfNull(inputs);
        return
        [
            .. Definitions(figure)
                .Concat(figure.Inputs.Concat(figure.FormerInputs).SelectMany(f => Input(f, inputs))).Concat(Corrections(figure))
                .Concat(figure.FollowUps.Select(n => new AuditEntry(
                    n.EnteredAt, n.EnteredBy, PageTexts.Of("AuditFollowUp", n.Day), null, new WrittenText(n.Text), null)))
                .Concat(answers is null ? [] : Answers(figure.Element.Id, answers))
                .Concat((requests ?? []).Where(r => r.Note.ElementId == figure.Element.Id).SelectMany(Requested))
                .Select((Entry, Place) => (Entry, Place)).OrderByDescending(e => e.Entry.At).ThenBy(e => e.Place).Select(e => e.Entry),
        ];
    }

    private static IEnumerable<AuditEntry> Definitions(BenefitFigure figure)
    {
        var versions = figure.Versions;
        if (versions.Count == 0) yield break;
        foreach (var entry in First(figure, versions[0])) yield return entry;
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

    // Who names only an owner does not describe how it is measured: the rest is still what the box itself says.
    private static IEnumerable<AuditEntry> First(BenefitFigure figure, IndicatorVersion first)
    {
        var before = IndicatorDefaults.Of(figure.Element, NoKeys) with
        {
            Key = first.Definition.Key, Owner = null, FollowUpOn = null,
        };
        var changes = DefinitionFields.Changes(before, first.Definition);
        if (changes.Count == 0 || changes.Any(c => c.Name is not ProblemText { Key: "FieldOwner" or "FieldFollowUpOn" }))
            return [new AuditEntry(first.At, first.By, PageTexts.Of("AuditDescribed"), null, null, first.Reason)];
        return changes.Select(c => new AuditEntry(
            first.At, first.By, c.Name, Shown(c.Before, c.Unit), Shown(c.After, c.Unit), first.Reason));
    }

    private static IEnumerable<AuditEntry> Answers(string elementId, ILookup<string, BenefitNote> answers)
    {
        (string Key, string Asked)[] decisions =
        [
            (DecisionKey.OfTimeUse(elementId), "AuditTimeUse"), (DecisionKey.OfTimeCheck(elementId), "AuditTimeCheck"),
            (DecisionKey.OfOwner(elementId), "AuditOwnerAsked"), (DecisionKey.OfCourse(elementId), "AuditCourse"),
            (DecisionKey.OfTarget(elementId), "AuditTarget"),
        ];
        foreach (var (key, asked) in decisions)
        {
            foreach (var answer in answers[key])
            {
                ILocalizedText outcome = answer.Answer == Occurrence.PutOff
                    ? PageTexts.Of("AuditPutOff", answer.Day)
                    : PageTexts.Of("AuditAnswered", answer.Evidence ?? answer.EnteredBy, answer.Day);
                yield return new AuditEntry(
                    answer.EnteredAt, answer.EnteredBy, PageTexts.Of(asked), null, outcome, answer.Text.Trim() is { Length: > 0 } text
                        ? text
                        : null);
            }
        }
    }

    private static IEnumerable<AuditEntry> Requested(RequestedNumber request)
    {
        var (note, whom) = (request.Note, new WrittenText(request.Note.Evidence ?? ""));
        yield return new AuditEntry(note.EnteredAt, note.EnteredBy, PageTexts.Of("AuditAsked", note.Day), null, whom, note.Text);
        if (request is { WithdrawnAt: { } at, WithdrawnBy: { } by })
            yield return new AuditEntry(at, by, PageTexts.Of("AuditAskedWithdrawn"), null, whom, null);
    }

    private static ILocalizedText Shown(object? value, string unit) => value switch
    {
        null => PageTexts.Of("NothingWritten"),
        decimal number => new AmountText(number, unit, Exact: true),
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
        ? new AmountText(value, figure.Definition.Unit, Exact: true)
        : PageTexts.Of("TakenBack");
}
