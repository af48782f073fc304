using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Letters;

/// <summary>The last day to appeal, as guidance: a Copenhagen date and its rule, or no date and the reason.</summary>
public sealed record AppealNote(DateOnly? LastDay, LocalizedText Text)
{
    private const int LastCountableYear = 9900;

    /// <summary>The note for a letter with <paramref name="verdict"/>.</summary>
    /// <param name="decisive">The status that the verdict rests on; null when there is none or it was erased.</param>
    /// <param name="sentAt">When the letter was sent, UTC; the text warns when the arrival is before it.</param>
    public static AppealNote Of(
        bool decision, string? caseType, LetterVerdict verdict, PortalSettings settings, LetterEvent? decisive, DateTimeOffset sentAt)
    {
        if (!decision) return new(null, LocalizedText.Of("NoAppeal"));
        var text = CaseTypeCode.Known(caseType, settings.AppealPeriods.Keys) is { } code
            ? settings.AppealPeriods.FirstOrDefault(p => string.Equals(p.Key, code, StringComparison.OrdinalIgnoreCase)).Value
            : null;
        if (!AppealPeriod.TryParse(text, out var period)) return new(null, LocalizedText.Of("NoPeriod"));
        if (verdict.Verdict == Verdict.HandedToPost) return new(null, LocalizedText.Of("AppealProbable", period.DisplayText));
        if (verdict.Verdict != Verdict.Delivered) return new(null, LocalizedText.Of("AppealLater", period.DisplayText));
        if (verdict.At is not { } at) return new(null, LocalizedText.Of("AppealNoTime"));
        var arrival = DanishTime.DateOf(at);
        if (arrival.Year > LastCountableYear) return new(null, LocalizedText.Of("AppealNoYear"));
        var (counted, last) = (period.Unmoved(arrival), period.LastDay(arrival));
        var moved = counted == last ? LocalizedText.Empty : LocalizedText.Of("Moved", counted, WhyNot(counted));
        var contradicted = verdict.Contradiction ? LocalizedText.Of("AppealContradicted") : LocalizedText.Empty;
        return new(last, LocalizedText.Of("Guidance", period.DisplayText, arrival, moved, contradicted, Doubt(decisive, at, sentAt)));
    }

    private static LocalizedText Doubt(LetterEvent? decisive, DateTimeOffset arrivedAt, DateTimeOffset sentAt) => decisive switch
    {
        { ClockAhead: true } => LocalizedText.Of("AppealClock"),
        not null when arrivedAt < sentAt - ArrivalGrounds.ClockDifference => LocalizedText.Of("AppealBeforeSending"),
        { ByHand.NamesLetter: false } => LocalizedText.Of("AppealByHand"),
        _ => LocalizedText.Empty,
    };

    // The Danish name of a holiday does not help an English reader, so the text adds that it is a day off.
    private static LocalizedText WhyNot(DateOnly day)
    {
        var danish = DanishCalendar.WhyNotWorkingDay(day) ?? "";
        return new(danish, danish is "lørdag" or "søndag" ? day.DayOfWeek.ToString() : $"»{danish}«, a day off in Denmark");
    }
}
