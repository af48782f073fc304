using Portal.Features.Benefits.Figures;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Page;

/// <summary>What is known of a benefit's freed time, as sentences.</summary>
public static class TimeUseTexts
{
    /// <summary>Who decided its use and when; null when nobody has written a decision.</summary>
    public static ProblemText? DecidedOf(FreedTimeUse time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return time.Decided is { } decided
            ? PageTexts.Of("TimeDecided", decided.Day, decided.Evidence ?? decided.EnteredBy)
            : null;
    }

    /// <summary>The newest follow-up, and the day of the next.</summary>
    public static IEnumerable<ProblemText> ChecksOf(FreedTimeUse time)
    {
        ArgumentNullException.ThrowIfNull(time);
        if (time.Checked is { Answer: { } answer } done)
        {
            yield return PageTexts.Of("CheckedOn", done.Day, PageTexts.Of($"Happens{answer}"),
                done.Evidence ?? done.EnteredBy, done.Text);
        }

        if (time.NextCheck is { } next) yield return PageTexts.Of("CheckOn", next);
    }
}
