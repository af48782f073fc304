using Portal.Features.Benefits.Figures;
using Portal.Platform.Documents.Model;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Documents.Legacy;

/// <summary>The tables and the appendix of a report that was stored as <see cref="LegacyReport"/>.</summary>
internal static class LegacyTables
{
    private static readonly ReportLanguage Danish = new(DanishFormat.Danish);

    private const int MostPairs = 3;
    private const string Unplaced = "–";

    /// <summary>Benefits and negative benefits in one table, so that both get the same attention.</summary>
    public static void AddBenefits(this DocumentBuilder document, IReadOnlyList<LegacyRow> rows)
    {
        document.Table(
            [
                new("Gevinst") { IsRowHeader = true }, new("Nulpunkt", 20), new("Nu", 20), new("Mål", 22), new("Udvikling", 28),
                new("Ejer", 20), new("Status", 21),
            ],
            table =>
            {
                foreach (var row in rows)
                    table.Row(Name(row), Baseline(row), now => now.Strong(row.Now), Target(row), Spark(row), Owner(row), State(row));
            });
        if (!rows.Any(r => r.IsMeasured)) return;
        document.Paragraph(
            "Linjen er månederne; den prikkede linje er nulpunktet, den stiplede er målet. Tallene bag står i bilaget.",
            BlockStyle.Caption);
    }

    /// <summary>The state of the benefits, one row per chain.</summary>
    public static void AddOverview(this DocumentBuilder document, IReadOnlyList<LegacyChapter> chapters) => document
        .Table(
            [
                new("Effektkæde") { IsRowHeader = true }, new("Gevinster", 21, Numeric: true), new("Nået", 16, Numeric: true),
                new("På vej", 17, Numeric: true), new("Bagud", 17, Numeric: true), new("Ingen data", 17, Numeric: true),
                new("Uden ejer", 17, Numeric: true),
            ],
            table =>
            {
                foreach (var chapter in chapters)
                {
                    table.Row(
                        chapter.Title, Written(chapter.Benefits.Count), Count(chapter, BenefitState.Reached),
                        Count(chapter, BenefitState.OnTrack, BenefitState.Better),
                        Count(chapter, BenefitState.Behind, BenefitState.Unchanged, BenefitState.Worse),
                        Count(chapter, BenefitState.NoData), Written(chapter.Benefits.Count(b => b.Owner is null)));
                }
            })
        .Paragraph(
            "Negative gevinster er talt med. »På vej« rummer også det, der er forbedret uden et mål; »Bagud« rummer også det, der er "
                + "uændret eller forværret.", BlockStyle.Caption);

    /// <summary>The behaviours and whether they happen.</summary>
    public static void AddBehaviours(this DocumentBuilder document, IReadOnlyList<LegacyBehaviour> behaviours) => document.Table(
        [new("Adfærd") { IsRowHeader = true }, new("Sker det?", 28), new("Hvad viser det", 58)],
        table =>
        {
            foreach (var behaviour in behaviours)
            {
                table.Row(
                    what => what.Text(behaviour.Text), answer => answer.Mark(behaviour.Answer, ToneOf(behaviour.Look)),
                    shown => shown.Text(behaviour.Evidence.Length > 0 ? behaviour.Evidence : Unplaced));
            }
        });

    /// <summary>The monthly values of a benefit in up to three pairs of columns, also for months without data.</summary>
    public static void AddMonths(this DocumentBuilder document, IReadOnlyList<ReportMonth> months)
    {
        var pairs = Math.Clamp(months.Count, 1, MostPairs);
        document.Table(
            [
                .. Enumerable.Range(0, pairs).SelectMany(
                    _ => new[] { new TableColumn("Måned") { IsRowHeader = true }, new TableColumn("Tal", Numeric: true) }),
            ],
            table =>
            {
                foreach (var line in months.Chunk(pairs)) table.Row([.. line.SelectMany(month => new[] { month.Name, month.Text })]);
            },
            compact: true);
    }

    private static Action<LineBuilder> Name(LegacyRow row) => cell =>
    {
        if (row.Negative) cell.Mark("negativ", Tone.Grey).Text(" ");
        cell.Text(row.Title);
        if (row.Source.Length > 0) cell.Break().Text(row.Source, TextStyle.Dim | TextStyle.Small);
    };

    private static Action<LineBuilder> Baseline(LegacyRow row) => cell =>
    {
        cell.Text(row.Baseline);
        if (row.BaselineNote.Length > 0) cell.Break().Text(row.BaselineNote, TextStyle.Dim | TextStyle.Small);
    };

    private static Action<LineBuilder> Target(LegacyRow row) => cell =>
    {
        cell.Text(row.Target);
        if (row.Range.Length == 0) return;
        cell.Break().Text("ventet ", TextStyle.Dim | TextStyle.Small).Text(
            row.Range, TextStyle.Dim | TextStyle.Small | TextStyle.NoBreak);
    };

    private static Action<LineBuilder> Spark(LegacyRow row) => cell =>
    {
        if (row.IsMeasured) cell.Figure(ReportSpark.Draw(row.Chart), ReportSpark.Describe(row.Chart), 25);
    };

    private static Action<LineBuilder> Owner(LegacyRow row) => cell =>
    {
        if (row.Owner is { } owner) cell.Text(owner);
        else cell.Mark("mangler", Tone.Warn);
    };

    private static Action<LineBuilder> State(LegacyRow row) => cell => cell.Mark(row.State, ToneOf(row.Look));

    private static Tone ToneOf(string look) => look switch
    {
        "ok" => Tone.Ok, "info" => Tone.Info, "warn" => Tone.Warn, "bad" => Tone.Bad, _ => Tone.Grey,
    };

    private static string Count(LegacyChapter chapter, params BenefitState[] states) =>
        Written(chapter.Benefits.Count(b => states.Any(s => BenefitFormat.State(s) == b.State)));

    private static string Written(int count) => BenefitFormat.Number(count);

    private const string OwnConclusion = "Portalens egen konklusion";

    /// <summary>Adds it.</summary>
    public static void AddAppendix(this DocumentBuilder document, LegacyReport report)
    {
        document.Heading(2, "Bilag: grundlag og formler").AddFacts(report.Basis);
        if (report is { IsOverview: true, Edit: { } whole }) document.AddFacts([new(OwnConclusion, whole.Automatic)]);
        foreach (var chapter in report.Chapters)
        {
            if (report.IsOverview) document.Heading(2, chapter.Title).AddFacts(chapter.Missing);
            if (chapter.Edit is { } edit) document.AddFacts([new(OwnConclusion, edit.Automatic)]);
            foreach (var row in chapter.Benefits.Concat(chapter.Helpers)) document.Keep(measure => measure.AddMeasure(row));
        }

        document.Keep(ledger => ledger.AddLedger(report.Checkpoint));
    }

    private static void AddMeasure(this DocumentBuilder document, LegacyRow row)
    {
        document.Heading(3, row.Title).AddFacts(row.Facts);
        if (row.IsMeasured)
            document.Figure(LegacyChart.Draw(row.Chart, Danish), LegacyChart.Describe(row.Chart, Danish)).AddMonths(row.Months);
        else if (row.Months.Count > 0) document.Paragraph("Ingen data i perioden.", BlockStyle.Small);
    }

    private static void AddLedger(this DocumentBuilder document, string? checkpoint)
    {
        document.Heading(3, "Bevislog");
        if (checkpoint is null)
        {
            document.Paragraph("Portalens bevislog kunne ikke give et checkpoint, da tallene blev læst.", BlockStyle.Small);
            return;
        }

        document.Paragraph(
            "Tallene hviler på de beskeder, der var skrevet i portalens bevislog ved dette underskrevne checkpoint (C2SP signed note). Er "
                + "en besked fjernet eller ændret siden, kan det ses ved at holde loggen op mod det.", BlockStyle.Small)
            .Code(checkpoint.TrimEnd());
    }

    private static DocumentBuilder AddFacts(this DocumentBuilder document, IReadOnlyList<LegacyFact> facts) => document.Facts(
        names =>
        {
            foreach (var fact in facts) names.Add(fact.Name, fact.Text);
        },
        BlockStyle.Small);
}
