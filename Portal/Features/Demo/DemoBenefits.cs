using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Settings;

namespace Portal.Features.Demo;

/// <summary>
/// Adds indicators and measurements to the first example chain: 550 disputes a year before, few now, and the hours freed. Uses the real
/// store; leaves a chain with any indicator, measurement or note alone. All numbers and names are invented.
/// </summary>
internal sealed class DemoBenefits(IBenefitStore store, PortalSettings settings, TimeProvider time)
{
    private const string Chain = "demo-digital-post-huslejenaevn";
    private const string Owner = "P. Madsen", Source = "Nævnets journal, talt for hele året";

    // Month by month, the newest last.
    private static readonly decimal[] Disputes = [9, 7, 6, 5, 4, 3, 3, 2, 1, 1];

    // The numbers of the first problem, as the example chain has them.
    private static readonly (InputPart Part, decimal Value, string Source)[] Inputs =
    [
        (InputPart.Count, 550, Source), (InputPart.Low, 500, Source), (InputPart.High, 600, Source), (InputPart.Share, 0.1m, Source),
        (InputPart.Minutes, 109, "Tidsmåling af 40 sager"),
    ];

    private readonly Viewer _demo = new(
        "demo", "Demo", ViewerRights.Chains | ViewerRights.EditChains | ViewerRights.SteerBenefits, [settings.Cvr[0]], TypeScope.None);

    /// <summary>Adds them, unless the chain is missing or already measured.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(_demo, Chain, cancellationToken)
            is not { Indicators.Count: 0, Measurements.Count: 0, Notes.Count: 0 } records || !records.Document.IsPresent("g2"))
        {
            return;
        }
        var now = time.GetUtcNow();
        var month = Month.Of(now);
        var begins = month + -Disputes.Length;
        Baseline Before(decimal value, string source) => new(value, (begins + -12).First, (begins + -1).Last, source, now, _demo.Name);

        foreach (var (id, definition) in Definitions(begins, DanishTime.DateOf(now), Before))
            await store.SaveIndicatorAsync(_demo, Chain, id, definition, null, cancellationToken);
        foreach (var (part, value, source) in Inputs)
        {
            await store.SaveInputAsync(
                _demo, Chain, new NewInput(new InputKey("d1", part), value, null, source, Owner, false, null, BasedOn: 1),
                cancellationToken);
        }

        var numbers = Disputes.Select((value, n) => new NewMeasurement("d1", Noon((begins + n).Last), value, null))
            .Append(new NewMeasurement("n1", Noon((month + -6).Last), 2.9m, "spørgeskema, 14 svar"))
            .Append(new NewMeasurement("n1", Noon((month + -1).Last), 3.1m, "spørgeskema, 16 svar"));
        await store.AddMeasurementsAsync(_demo, Chain, [.. numbers], "demo", cancellationToken);

        var asked = (month + -1).Last;
        await NoteAsync(NoteKind.Behaviour, "b1", asked, Occurrence.Yes, "Syv af ni forløb begyndte hos forretningen",
            "gennemgang af ni forløb", cancellationToken);
        await NoteAsync(NoteKind.Behaviour, "b3", asked, Occurrence.Partly, "Seks af ni ledere tog selv fat i digitaliseringen",
            "samtaler med ni ledere", cancellationToken);
        await NoteAsync(
            NoteKind.Cause, "n1", asked, null, "Udbuddet trak ud, fordi kravene blev ændret undervejs", null, cancellationToken);
        await NoteAsync(NoteKind.Unplanned, "", asked, null, "Borgere, der ringer, får svar med det samme, fordi brevets vej kan slås op",
            null, cancellationToken);
        await NoteAsync(
            NoteKind.Decision, "", asked, null, "Skal fagsystemet selv sende et brev igen, når det er fejlet?", null, cancellationToken);
    }

    private static IEnumerable<(string Id, IndicatorDefinition Definition)> Definitions(
        Month begins, DateOnly today, Func<decimal, string, Baseline> before)
    {
        var reached = begins.First.AddYears(1);
        yield return ("d1", new IndicatorDefinition
        {
            Key = "tvister", Name = "Tvister om modtaget post", Unit = "tvister/år", Gathering = Aggregation.Sum, Better = BetterWhen.Lower,
            Baseline = before(550, Source), EffectFrom = begins.First,
            Target = 0, TargetOn = reached, Owner = Owner, Measurer = "Nævnets sekretariat", MeasuringCost = "en time om måneden",
        });
        yield return ("g1", new IndicatorDefinition
        {
            Key = "bevis", Name = "", Kind = IndicatorKind.Counted, Measure = LogMeasure.DocumentedShare, CaseType = "huslejenaevn",
            Unit = "%", Gathering = Aggregation.Whole, Baseline = before(0, "Ingen breve blev fulgt"), EffectFrom = begins.First,
            Target = 100, Owner = Owner, WhoGains = "Lejer og udlejer",
        });
        yield return ("g2", new IndicatorDefinition
        {
            Key = "frigjort_tid", Name = "", Kind = IndicatorKind.Calculated, Formula = "(nulpunkt(tvister) − tvister) × d1.minutter ÷ 60",
            Unit = "timer/år", Gathering = Aggregation.Sum, Form = BenefitForm.Time, Baseline = before(0, "Regnet ud fra tvisterne"),
            EffectFrom = begins.First, Target = 1_000, TargetOn = reached, Low = 908, High = 1_090, Owner = Owner,
            Every = MeasuringRhythm.Month,
            Assumptions = "En tvist koster 109 minutter i gennemsnit", WhoGains = "Nævnets sagsbehandlere",
            WhoChanges = "Nævnets sekretariat",
            Risk = "Fagsystemet sender breve uden om portalen", RiskLikelihood = RiskLikelihood.Low,
            RiskResponse = "Sekretariatet holder antallet af breve op mod journalen hver måned",
            TimeUse = "Kortere ventetid på de ældste sager", TimeUseOwner = Owner, TimeUseFrom = reached, FollowUpOn = today.AddDays(10),
        });
        yield return ("n1", new IndicatorDefinition
        {
            Key = "omstændeligt_indkøb", Name = "Hvor omstændeligt lederne synes, indkøbet er (1–5)", Unit = "af 5", Gathering =
                Aggregation.Latest, Better = BetterWhen.Lower, Baseline = before(2.4m, "Spørgeskema, 15 svar"), EffectFrom = begins.First,
            Every = MeasuringRhythm.HalfYear, Owner = "L. Holm", WhoBears = "Lederne", FollowUpOn = today.AddDays(-3),
        });
    }

    private Task<BenefitOutcome> NoteAsync(NoteKind kind, string element, DateOnly day, Occurrence? answer, string text, string? evidence,
        CancellationToken cancellationToken) =>
        store.AddNoteAsync(_demo, Chain, kind, element, day, answer, text, evidence, cancellationToken);

    private static DateTimeOffset Noon(DateOnly day) => DanishTime.FromLocal(day.ToDateTime(new TimeOnly(12, 0)));
}
