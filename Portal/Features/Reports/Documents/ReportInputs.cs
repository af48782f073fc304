using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Inputs;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Domain;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Reports.Documents;

/// <summary>The agreed numbers of a chain with their history, and what the ledger covers.</summary>
internal static class ReportInputs
{
    /// <summary>Adds the agreed numbers; nothing when there are none.</summary>
    public static void AddInputs(this DocumentBuilder document, ChainBenefits benefits, ReportLanguage words)
    {
        var facts = benefits.Inputs.Facts;
        if (facts.Count == 0) return;
        var boxes = facts.Select(f => f.Key.ElementId).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var only = boxes.Count == 1 ? benefits.Document.Find(boxes[0])?.Text : null;
        document.Heading(3, words["Inputs"]).Table(
            [
                new(words["ColumnInput"], 38) { IsRowHeader = true }, new(words["ColumnValue"], 18, Numeric: true),
                new(words["ColumnFrom"], 25), new(words["ColumnSource"]), new(words["ColumnSaidBy"], 44), new(words["ColumnLock"], 12),
            ],
            table =>
            {
                foreach (var fact in facts)
                {
                    var name = words.Capital(words.Text(only is null
                        ? Deviations.NameOf(fact.Key, benefits.Inputs)
                        : FigureTexts.Of($"Input{fact.Key.Part}")));
                    var locked = benefits.LockOf(fact) is not null;
                    foreach (var n in Told(fact)) table.Row(Row(fact, n, name, locked, words));
                }
            },
            compact: true);
        document.Paragraph(only is null
            ? words["LockedMeans"]
            : $"{words["InputsOf", Punctuation.Bare(only)]} {words["LockedMeans"]}", BlockStyle.Caption);
    }

    /// <summary>Adds what the ledger covers: the figures that the portal has counted, and no others.</summary>
    public static void AddLedger(this DocumentBuilder document, ReportModel report, ReportLanguage words)
    {
        document.Heading(3, words["Ledger"]);
        var counted = report.Chapters.SelectMany(c => c.Benefits.All).Where(ReportBasis.IsCounted).ToList();
        if (counted.Count == 0)
        {
            document.Paragraph(words["LedgerNothing"], BlockStyle.Small);
            return;
        }

        var names = words.List([.. counted.Select(f => words.Quoted(words.NameOf(f))).Distinct(StringComparer.Ordinal)]);
        if (report.Checkpoint is not { } checkpoint)
        {
            document.Paragraph(words["LedgerMissing", names], BlockStyle.Small);
            return;
        }

        document.Paragraph(words["LedgerCovers", names, SizeOf(checkpoint, words)], BlockStyle.Small).Code(checkpoint.TrimEnd());
    }

    /// <summary>How many messages the ledger holds: the second line of its checkpoint.</summary>
    public static string SizeOf(string checkpoint, ReportLanguage words) =>
        TextLines.Split(checkpoint) is [_, var line, ..] && long.TryParse(line.Trim(), out var size) ? words.Count(size) : "?";

    // The latest version, and each one before it whose number or first day was another than the next one's.
    private static IEnumerable<int> Told(InputFact fact)
    {
        var last = fact.Versions.Count - 1;
        yield return last;
        for (var n = last - 1; n >= 0; n--)
        {
            if ((fact.Versions[n].Value, fact.Versions[n].From) != (fact.Versions[n + 1].Value, fact.Versions[n + 1].From)) yield return n;
        }
    }

    private static string[] Row(InputFact fact, int n, string name, bool locked, ReportLanguage words)
    {
        var (version, latest) = (fact.Versions[n], n == fact.Versions.Count - 1);
        var reason = version.Reason is { Length: > 0 } why ? $" {Punctuation.Ended(words["Reason", why])}" : "";
        return
        [
            latest ? name : words["Before", name],
            version.Value is null ? words["NoNumber"] : words.Text(Deviations.Shown(fact.Key.Part, version.Value)),
            version.From is { } from ? words.Date(from) : words["FromBeginning"],
            (version.Source.Length > 0 ? Punctuation.Ended(version.Source) : words["WithoutSourceShort"]) + reason,
            string.IsNullOrWhiteSpace(version.Owner)
                ? words["SavedBy", version.By, DanishTime.DateOf(version.At)]
                : words["SavedByFor", version.By, DanishTime.DateOf(version.At), version.Owner],
            latest ? words[locked ? "Locked" : "Open"] : "",
        ];
    }
}
