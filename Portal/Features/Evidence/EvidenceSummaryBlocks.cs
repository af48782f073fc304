using System.Collections.Immutable;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Letters;
using Portal.Platform.Documents.Model;
using Portal.Platform.Text;

namespace Portal.Features.Evidence;

/// <summary>The summary of an evidence document: a row for each letter with its verdict, arrival and last day to appeal.</summary>
internal static class EvidenceSummaryBlocks
{
    private static readonly ImmutableArray<TableColumn> Columns =
    [
        new(EvidenceWords.Letter) { IsRowHeader = true }, new(EvidenceWords.SentColumn, 24), new(EvidenceWords.Result, 36),
        new(EvidenceWords.Arrived, 24), new(EvidenceWords.LastDay, 28),
    ];

    /// <summary>Adds the summary.</summary>
    /// <param name="now">When the document is made.</param>
    public static void Add(DocumentBuilder document, IReadOnlyList<LetterView> letters, DateTimeOffset now) => document
        .Heading(2, EvidenceWords.Summary)
        .Table(Columns, rows =>
        {
            foreach (var letter in letters) AddRow(rows, letter, now);
        })
        .Paragraph(EvidenceWords.Clocks, BlockStyle.Caption);

    private static void AddRow(TableBuilder rows, LetterView letter, DateTimeOffset now)
    {
        var doubt = EvidenceWords.Doubt(letter);
        rows.Row(
            cell =>
            {
                cell.Strong(EvidenceWords.TitleOf(letter));
                if (letter.Recipient.Name.Length > 0) cell.Break().Dim(EvidenceWords.To(letter.Recipient.Name));
            },
            cell => AddMoment(cell, letter.SentAt, hasTime: !DanishTime.IsDateAlone(letter.SentAt)),
            cell =>
            {
                cell.Mark(EvidenceWords.Verdict(letter), EvidenceTone.Of(letter));
                if (doubt is not null) cell.Break().Text($"{char.ToUpper(doubt[0], DanishFormat.Danish)}{doubt[1..]}", TextStyle.Small);
            },
            cell =>
            {
                if (letter is { Verdict: Verdict.Delivered, VerdictAt: { } arrived })
                {
                    AddMoment(cell, arrived);
                    if (doubt is not null) cell.Break().Text(EvidenceWords.Doubtful, TextStyle.Small);
                }
                else if (letter.PresumedArrival is { } presumed)
                {
                    var words = EvidenceWords.IsAhead(presumed, now) ? EvidenceWords.PresumedAhead : EvidenceWords.Presumed;
                    cell.Text(DanishFormat.Date(presumed), TextStyle.NoBreak).Break().Text(words, TextStyle.Small);
                }
                else cell.Text(EvidenceWords.None);
            },
            cell =>
            {
                cell.Text(letter.AppealDeadline is { } last ? DanishFormat.Date(last) : EvidenceWords.None);
                if (letter.AppealKind == AppealKind.Presumed) cell.Break().Text(EvidenceWords.Presumed, TextStyle.Small);
                else if (letter.AppealDeadline is not null && doubt is not null) cell.Break().Text(EvidenceWords.Unsure, TextStyle.Small);
            });
    }

    /// <summary>Adds a date with the time of day on a line of its own.</summary>
    /// <param name="hasTime">False when only the date is known.</param>
    public static LineBuilder AddMoment(LineBuilder cell, DateTimeOffset at, bool hasTime = true)
    {
        cell.Text(DanishFormat.Date(at), TextStyle.NoBreak);
        return hasTime ? cell.Break().Text(EvidenceWords.At(at), TextStyle.Dim | TextStyle.NoBreak) : cell;
    }
}
