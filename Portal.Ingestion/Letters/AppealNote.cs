using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Letters;

/// <summary>What the last day to appeal rests on. On the wire: <c>proven</c>, <c>presumed</c>; null for none.</summary>
public enum AppealKind
{
    /// <summary>There is no last day.</summary>
    None,

    /// <summary>A receipt says that the letter arrived.</summary>
    Proven,

    /// <summary>The letter was handed to the post, and is presumed to have arrived some working days later.</summary>
    Presumed,
}

/// <summary>The kinds' names on the wire.</summary>
public static class AppealKinds
{
    /// <summary>The name; null for <see cref="AppealKind.None"/>.</summary>
    public static string? ToWire(this AppealKind kind) => kind switch
    {
        AppealKind.Proven => "proven",
        AppealKind.Presumed => "presumed",
        _ => null,
    };
}

/// <summary>The rule of a last day to appeal.</summary>
/// <param name="Id">The case type whose period it is.</param>
/// <param name="Words">How it is counted, and where the rule comes from.</param>
public sealed record AppealRule(string Id, LocalizedText Words);

/// <summary>The last day to appeal, as guidance: a Copenhagen date and its rule, or no date and the reason.</summary>
public sealed record AppealNote(DateOnly? LastDay, LocalizedText Text)
{
    private const int LastCountableYear = 9900;

    /// <summary>What the last day rests on; <see cref="AppealKind.None"/> without one.</summary>
    public AppealKind Kind { get; init; }

    /// <summary>The letter's arrival starts a period; false for a letter without a decision, and for a type without a period.</summary>
    public bool RunsPeriod { get; init; }

    /// <summary>The rule; null when no period runs for the letter.</summary>
    public AppealRule? Rule { get; init; }

    /// <summary>The day on which the letter is presumed to have arrived, a Copenhagen date; null for another kind.</summary>
    public DateOnly? PresumedArrival { get; init; }

    /// <summary>The note for a letter with <paramref name="verdict"/>.</summary>
    /// <param name="letter">The letter as registered.</param>
    /// <param name="decisive">The status that the verdict rests on; null when there is none or it was erased.</param>
    public static AppealNote Of(LetterRegistration letter, LetterVerdict verdict, PortalSettings settings, LetterEvent? decisive)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(settings);
        if (!letter.Decision) return new(null, LocalizedText.Of("NoAppeal"));
        var code = CaseTypeCode.Known(letter.CaseType, settings.AppealPeriods.Keys);
        var text = code is null
            ? null
            : settings.AppealPeriods.FirstOrDefault(p => string.Equals(p.Key, code, StringComparison.OrdinalIgnoreCase)).Value;
        if (!AppealPeriod.TryParse(text, out var period)) return new(null, LocalizedText.Of("NoPeriod"));
        var closed = settings.ClosedDaysOf(code!);
        var note = verdict.Verdict switch
        {
            Verdict.Delivered => Proven(letter, verdict, period, closed, decisive) with { Rule = ProvenRule(code!, period) },
            Verdict.HandedToPost => Presumed(letter, verdict, period, closed, settings.PresumedArrival) with
            {
                Rule = PresumedRule(code!, period, settings.PresumedArrival, letter.PostCategory),
            },
            _ => new AppealNote(null, LocalizedText.Of("AppealLater", period.DisplayText)),
        };
        return note with { RunsPeriod = true };
    }

    private static AppealNote Proven(
        LetterRegistration letter, LetterVerdict verdict, AppealPeriod period, ClosedDays closed, LetterEvent? decisive)
    {
        if (verdict.At is not { } at) return new(null, LocalizedText.Of("AppealNoTime"));
        var arrival = DanishTime.DateOf(at);
        if (arrival.Year > LastCountableYear) return new(null, LocalizedText.Of("AppealNoYear"));
        var contradicted = verdict.Contradiction ? LocalizedText.Of("AppealContradicted") : LocalizedText.Empty;
        return new(period.LastDay(arrival, closed), LocalizedText.Of(
            "Guidance", period.DisplayText, arrival, Moved(period, arrival, closed), contradicted, Doubt(decisive, at, letter.SentAt)))
        {
            Kind = AppealKind.Proven,
        };
    }

    private static AppealNote Presumed(
        LetterRegistration letter, LetterVerdict verdict, AppealPeriod period, ClosedDays closed, PresumedArrival presumption)
    {
        if (verdict.PostedAt is not { } posted || presumption.DayOf(posted, letter.PostCategory) is not { } arrival)
            return new(null, LocalizedText.Of("AppealProbable", period.DisplayText));
        return new(period.LastDay(arrival, closed), LocalizedText.Of(
            "AppealPresumed", DanishTime.DateOf(posted), presumption.DaysFor(letter.PostCategory), arrival, period.DisplayText,
            Moved(period, arrival, closed)))
        {
            Kind = AppealKind.Presumed, PresumedArrival = arrival,
        };
    }

    private static AppealRule ProvenRule(string code, AppealPeriod period) =>
        new(code, LocalizedText.Of("RuleProven", period.DisplayText));

    private static AppealRule PresumedRule(string code, AppealPeriod period, PresumedArrival presumption, string? postCategory) =>
        new(code, LocalizedText.Of(
            presumption.SaturdayCounts ? "RulePresumedSaturdays" : "RulePresumed", period.DisplayText, presumption.DaysFor(postCategory)));

    private static LocalizedText Moved(AppealPeriod period, DateOnly arrival, ClosedDays closed)
    {
        var counted = period.Unmoved(arrival);
        return closed.WhyClosed(counted) is { } why ? LocalizedText.Of("Moved", counted, WhyNot(counted, why)) : LocalizedText.Empty;
    }

    private static LocalizedText Doubt(LetterEvent? decisive, DateTimeOffset arrivedAt, DateTimeOffset sentAt) => decisive switch
    {
        { ClockAhead: true } => LocalizedText.Of("AppealClock"),
        not null when arrivedAt < sentAt - ArrivalGrounds.ClockDifference => LocalizedText.Of("AppealBeforeSending"),
        { ByHand.NamesLetter: false } => LocalizedText.Of("AppealByHand"),
        _ => LocalizedText.Empty,
    };

    // The Danish name of a holiday does not help an English reader, so the text adds that it is a day off.
    private static LocalizedText WhyNot(DateOnly day, string danish) => new(
        danish,
        danish is DanishCalendar.Saturday or DanishCalendar.Sunday ? day.DayOfWeek.ToString() : $"»{danish}«, a day off in Denmark");
}
