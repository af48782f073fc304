using Portal.Features.Benefits.Keeping;

namespace Portal.Features.Benefits.Figures;

/// <summary>What was decided about a benefit's freed time, and how it was followed up. What it is used for is in the definition.</summary>
/// <param name="Decided">The newest decision; null when nobody has written one.</param>
/// <param name="Checked">The newest follow-up; null before the first.</param>
/// <param name="NextCheck">The day of the next follow-up; null for none.</param>
public sealed record FreedTimeUse(BenefitNote? Decided, BenefitNote? Checked, DateOnly? NextCheck)
{
    /// <summary>Nothing is decided.</summary>
    public static FreedTimeUse None { get; } = new(null, null, null);

    /// <summary>Reads the answers to both questions about a benefit's freed time, in order of entry.</summary>
    /// <param name="decisions">Answers to <see cref="DecisionKey.OfTimeUse"/>.</param>
    /// <param name="checks">Answers to <see cref="DecisionKey.OfTimeCheck"/>; one that is put off sets the day of the next.</param>
    public static FreedTimeUse Of(IEnumerable<BenefitNote> decisions, IEnumerable<BenefitNote> checks)
    {
        var known = checks.ToList();
        return new FreedTimeUse(
            decisions.LastOrDefault(n => n.Answer != Occurrence.PutOff), known.LastOrDefault(n => n.Answer != Occurrence.PutOff),
            known is [.., { Answer: Occurrence.PutOff } next] ? next.Day : null);
    }
}
