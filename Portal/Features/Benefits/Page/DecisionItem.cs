using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Page;

/// <summary>A decision that is needed, and the newest answer to it.</summary>
/// <param name="Key">See <see cref="DecisionKey"/>.</param>
/// <param name="Answer">Null while nobody has answered.</param>
public sealed record DecisionItem(string Key, string Text, BenefitNote? Answer)
{
    /// <summary>The start of the keys of decisions that a person wrote.</summary>
    private const string Written = "note:";

    /// <summary>The note that a person wrote; null for a decision that follows from a benefit.</summary>
    public long? NoteId => Key.StartsWith(Written, StringComparison.Ordinal)
        && long.TryParse(Key.AsSpan(Written.Length), out var id) ? id : null;

    /// <summary>True while it waits: nobody has answered, or it was put off to a day that has come.</summary>
    /// <param name="today">Today's date in Copenhagen.</param>
    public bool IsOpen(DateOnly today) => Answer is null || (Answer.Answer == Occurrence.PutOff && Answer.Day <= today);
}

/// <summary>The decisions that a chain's benefits need. Pure.</summary>
public static class ChainDecisions
{
    /// <summary>The decisions that people wrote, then those that follow from the benefits, in reading order.</summary>
    public static IReadOnlyList<DecisionItem> Of(ChainBenefits benefits)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        return
        [
            .. benefits.Decisions.Select(n => Item(DecisionKey.OfNote(n.Id), n.Text)),
            .. benefits.Benefits.Where(b => !b.Element.Withheld).SelectMany(Of).Select(d => Item(d.Key, d.Text.Localized)),
        ];

        DecisionItem Item(string key, string text) => new(key, text, benefits.Answers[key].FirstOrDefault());
    }

    private static IEnumerable<(string Key, ProblemText Text)> Of(BenefitFigure figure)
    {
        var (id, name, definition) = (figure.Element.Id, figure.Element.Text, figure.Definition);
        if (string.IsNullOrEmpty(definition.Owner)) yield return (DecisionKey.OfOwner(id), PageTexts.Of("DecideOwner", name));
        if (CourseOf(figure.Standing.State) is { } course) yield return (DecisionKey.OfCourse(id), PageTexts.Of(course, name));
        if (definition.Form == BenefitForm.Time && string.IsNullOrEmpty(definition.TimeUse))
            yield return (DecisionKey.OfTimeUse(id), PageTexts.Of("DecideTimeUse", name));
        if (figure.Limit is { } limit)
        {
            yield return (DecisionKey.OfTarget(id), PageTexts.Of(
                "DecideTarget", name, new AmountText(definition.Target, definition.Unit), new AmountText(limit, definition.Unit)));
        }
    }

    private static string? CourseOf(BenefitState state) => state switch
    {
        BenefitState.Behind => "DecideBehind",
        BenefitState.Worse => "DecideWorse",
        BenefitState.Missed => "DecideMissed",
        _ => null,
    };
}
