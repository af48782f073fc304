using System.Collections.Immutable;
using Portal.Ingestion.Letters;
using Portal.Platform.Documents.Model;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Evidence;

/// <summary>The table of a letter's statuses: what the sender's clock says, what happened, who says so, and when it was received.</summary>
internal static class EvidenceEventBlocks
{
    private static readonly ImmutableArray<TableColumn> Columns =
    [
        new(EvidenceWords.SendersClock, 25), new(EvidenceWords.StatusColumn), new(EvidenceWords.ToldBy, 25),
        new(EvidenceWords.Received, 25), new(EvidenceWords.MessageNumber, 18, Numeric: true),
    ];

    /// <summary>Adds the table.</summary>
    public static void Add(DocumentBuilder document, IReadOnlyList<LetterEvent> entries) => document.Table(Columns, rows =>
    {
        foreach (var entry in entries)
        {
            rows.Row(
                cell => _ = entry.At is { } at ? EvidenceSummaryBlocks.AddMoment(cell, at) : cell.Text(EvidenceWords.NotStated),
                cell => AddStatus(cell, entry),
                cell => cell.Text(entry.Channel ?? EvidenceWords.NotStated),
                cell =>
                {
                    EvidenceSummaryBlocks.AddMoment(cell, entry.ReceivedAt);
                    if (entry.Deliveries > 1) AddNote(cell, EvidenceWords.Times(entry.Deliveries), TextStyle.Dim);
                },
                cell => cell.Text(DanishFormat.Number(entry.Sequence)));
        }
    });

    private static void AddStatus(LineBuilder cell, LetterEvent entry)
    {
        cell.Strong(entry.Status);
        if (entry.Error?.Code is { Length: > 0 } code) cell.Text(" ").Code(SendersText.OneLine(code, 80));
        if ((entry.Account ?? entry.Explanation) is { } explanation) cell.Break().Text(explanation.Danish);
        if (entry.Error?.Text is { Length: > 0 } text)
            AddNote(cell, $"{EvidenceWords.SendersError} {SendersText.OneLine(text, 300)}", TextStyle.Dim);
        if (entry.FoundBy is { } found) AddNote(cell, EvidenceWords.FoundBy(found));
        if (entry.ByHand is { } hand) AddNote(cell, EvidenceWords.ByHand(hand));
        if (entry.BeforeSending) AddNote(cell, EvidenceWords.BeforeSending);
        if (entry.ClockAhead) AddNote(cell, EvidenceWords.ClockAhead);
    }

    private static void AddNote(LineBuilder cell, string text, TextStyle style = TextStyle.Plain) =>
        cell.Break().Text(text, style | TextStyle.Small);
}
