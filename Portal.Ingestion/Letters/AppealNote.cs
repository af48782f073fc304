using System.Globalization;
using Portal.Ingestion.Configuration;
using Portal.Ingestion.Time;

namespace Portal.Ingestion.Letters;

/// <summary>The last day to appeal as guidance: a Copenhagen date with its rule, or none with the reason, in Danish.</summary>
public sealed record AppealNote(DateOnly? LastDay, string Text)
{
    private const int LastCountableYear = 9900;
    private static readonly CultureInfo Danish = CultureInfo.GetCultureInfo("da-DK");

    /// <summary>The note for a letter with <paramref name="verdict"/>.</summary>
    /// <param name="clockAhead">The status of the arrival carries a time later than its receipt.</param>
    public static AppealNote Of(bool decision, string? caseType, LetterVerdict verdict, PortalSettings settings, bool clockAhead)
    {
        if (!decision) return new(null, "Brevet starter ingen klagefrist.");
        var text = caseType is null ? null : settings.AppealPeriods.FirstOrDefault(p => string.Equals(p.Key, caseType, StringComparison.OrdinalIgnoreCase)).Value;
        if (!AppealPeriod.TryParse(text, out var period)) return new(null, "Der er ikke angivet en klagefrist for denne sagstype.");
        if (verdict.Verdict == Verdict.HandedToPost)
        {
            return new(null, $"Sidste dag kan ikke fastslås: brevet er overgivet til post, så ankomsten er sandsynlig, men ikke bevist. Fristen er {period} fra den dag, brevet nåede frem.");
        }

        if (verdict.Verdict != Verdict.Delivered) return new(null, $"Klagefristen kan først beregnes, når brevet er afleveret. Den er {period} fra ankomsten.");
        if (verdict.At is not { } at) return new(null, "Klagefristen kan ikke beregnes, fordi ankomsten ikke har noget tidspunkt.");
        var arrival = DanishTime.DateOf(at);
        if (arrival.Year > LastCountableYear) return new(null, "Klagefristen kan ikke beregnes, fordi ankomstens tidspunkt ikke er troværdigt.");
        var (counted, last) = (period.Unmoved(arrival), period.LastDay(arrival));
        var moved = counted == last ? "" : $" Den {Day(counted)} er ikke en arbejdsdag ({DanishCalendar.WhyNotWorkingDay(counted)}), så fristen flyttes til næste arbejdsdag.";
        var doubt = verdict.Contradiction ? " En anden status modsiger ankomsten, så sidste dag er usikker, til det er undersøgt." : "";
        if (clockAhead) doubt += " Ankomstens tidspunkt er senere end portalens modtagelse af statussen, så sidste dag er usikker, til det er undersøgt.";
        return new(last, $"Vejledende: {period} efter ankomsten den {Day(arrival)}, ankomstdagen ikke medregnet.{moved}{doubt}");
    }

    private static string Day(DateOnly day) => day.ToString("d. MMMM yyyy", Danish);
}
