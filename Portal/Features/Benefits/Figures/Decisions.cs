using System.Globalization;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Figures;

/// <summary>Something that is to be decided about a chain.</summary>
/// <param name="Key">See <see cref="DecisionKey"/>.</param>
/// <param name="Figure">The benefit that it is about; null for one that a person wrote about the whole chain.</param>
/// <param name="Answer">The latest answer; null without one.</param>
public sealed record Decision(string Key, ILocalizedText Text, BenefitFigure? Figure, BenefitNote? Answer)
{
    /// <summary>True when it waits for an answer on a day in Copenhagen: without one, or put off to that day or before.</summary>
    public bool IsOpen(DateOnly today) => Answer is null ? !IsUnsigned : Answer.Answer == Occurrence.PutOff && Answer.Day <= today;

    /// <summary>True for freed time whose use is described, while nobody has written who decided it.</summary>
    public bool IsUnsigned => Answer is null && Figure is { TimeUse: not null } figure
        && Key == DecisionKey.OfTimeUse(figure.Element.Id);

    /// <summary>True for the question of who is to own a benefit that nobody owns yet.</summary>
    public bool AsksForOwner => Figure is { } figure && Key == DecisionKey.OfOwner(figure.Element.Id)
        && string.IsNullOrWhiteSpace(figure.Definition.Owner);

    /// <summary>True for the question of whether freed time is used as decided.</summary>
    public bool ChecksFreedTime => Figure is { } figure && Key == DecisionKey.OfTimeCheck(figure.Element.Id);

    /// <summary>
    /// True when a report must count it as open: also a benefit without an owner whose naming is put off, since it still has none.
    /// </summary>
    public bool CountsAsOpen(DateOnly today) => IsOpen(today) || AsksForOwner;
}

/// <summary>
/// What is to be decided about a chain: what people wrote, and what follows from its figures: a missing owner, a benefit that does not
/// come, freed time that nobody uses, a target that cannot be reached. Pure.
/// </summary>
public static class Decisions
{
    /// <summary>All of them, answered or not: those that people wrote first, then benefit by benefit.</summary>
    public static IReadOnlyList<Decision> Of(ChainBenefits benefits)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        Decision Asked(string key, ILocalizedText text, BenefitFigure? figure) =>
            new(key, text, figure, benefits.Answers[key].FirstOrDefault());
        return
        [
            .. benefits.Decisions.Select(n => Asked(DecisionKey.OfNote(n.Id), new WrittenText(n.Text.Trim()),
                benefits.All.FirstOrDefault(f => f.Element.Id == n.ElementId))),
            .. benefits.Benefits.Where(f => !f.Element.Withheld).SelectMany(figure => AskedOf(figure, benefits)
                .Select(asked => Asked(asked.Key, asked.Text, figure))),
        ];
    }

    /// <summary>Those that wait for an answer.</summary>
    public static IReadOnlyList<Decision> OpenOf(ChainBenefits benefits)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        return [.. Of(benefits).Where(d => d.IsOpen(benefits.Today))];
    }

    // What was answered stays with its answer, also when the numbers no longer ask.
    private static IEnumerable<(string Key, ILocalizedText Text)> AskedOf(BenefitFigure figure, ChainBenefits benefits)
    {
        var (now, answers) = (Of(figure, benefits.Today).ToList(), benefits.Answers);
        var (id, name) = (figure.Element.Id, new FigureName(figure));
        (string Key, ILocalizedText Text)[] before =
        [
            (DecisionKey.OfOwner(id), DecisionTexts.Of(figure.IsNegative ? "OwnerNegative" : "OwnerBenefit", name)),
            (DecisionKey.OfCourse(id), DecisionTexts.Of(figure.IsNegative ? "BehindNegative" : "BehindBenefit", name)),
            (DecisionKey.OfTimeUse(id), DecisionTexts.Of("TimeUse", name)),
            (DecisionKey.OfTimeCheck(id), DecisionTexts.Of("TimeCheck", name)),
            (DecisionKey.OfTarget(id), DecisionTexts.Of("TargetAsked", name)),
        ];
        return now.Concat(before.Where(b => answers.Contains(b.Key) && !now.Exists(n => n.Key == b.Key)));
    }

    private static IEnumerable<(string Key, ILocalizedText Text)> Of(BenefitFigure figure, DateOnly today)
    {
        var (id, name) = (figure.Element.Id, new FigureName(figure));
        if (string.IsNullOrWhiteSpace(figure.Definition.Owner))
            yield return (DecisionKey.OfOwner(id), DecisionTexts.Of(figure.IsNegative ? "OwnerNegative" : "OwnerBenefit", name));
        if (CourseOf(figure) is { } course) yield return (DecisionKey.OfCourse(id), DecisionTexts.Of(course, name));
        if (figure is { IsNegative: false, Definition: { Form: BenefitForm.Time, Kind: not IndicatorKind.Described },
            FreedTime.Decided: null })
        {
            yield return (DecisionKey.OfTimeUse(id), DecisionTexts.Of("TimeUse", name));
        }

        // Asked from the day on which the use begins, until a follow-up is done or planned.
        if (figure is { IsNegative: false, TimeUse: not null, Definition: { Form: BenefitForm.Time, TimeUseFrom: { } from },
            FreedTime: { Checked: null, NextCheck: null } } && from <= today)
        {
            yield return (DecisionKey.OfTimeCheck(id), DecisionTexts.Of("TimeCheck", name));
        }

        if (figure.Limit is { } limit)
        {
            yield return (DecisionKey.OfTarget(id), DecisionTexts.Of(
                figure.Definition.Better == BetterWhen.Higher ? "TargetMost" : "TargetLeast", name,
                new AmountText(figure.Definition.Target, figure.Definition.Unit, Exact: true),
                new AmountText(limit, figure.Definition.Unit)));
        }
    }

    // Behind with a cause that somebody wrote is explained; worse and too late must be answered all the same.
    private static string? CourseOf(BenefitFigure figure) => figure.Standing.State switch
    {
        BenefitState.Worse => figure.IsNegative ? "WorseNegative" : "WorseBenefit",
        BenefitState.Missed => figure.IsNegative ? "MissedNegative" : "MissedBenefit",
        BenefitState.Behind or BenefitState.Unchanged when figure.Causes.Count == 0 =>
            figure.IsNegative ? "BehindNegative" : "BehindBenefit",
        _ => null,
    };
}

/// <summary>
/// What a figure is called: a benefit by its box's text without a full stop, anything else by what is measured, since its box tells of a
/// problem and not of a number.
/// </summary>
public sealed record FigureName(BenefitFigure Figure) : ILocalizedText
{
    /// <inheritdoc />
    public string In(CultureInfo language) => !Figure.IsBenefit && Figure.Definition.Name is { Length: > 0 } measured ? measured
        : Figure.Element.Text.Trim().TrimEnd('.', ' ', ';', ':') is { Length: > 0 } text ? text
        : Figure.IsNegative ? DecisionTexts.Of("NameNegative").In(language)
        : Figure.IsBenefit ? DecisionTexts.Of("NameBenefit").In(language)
        : Figure.Definition.Key;
}
