using System.Collections.Immutable;
using Portal.Ingestion.Letters;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Evidence;

/// <summary>The end of an evidence document: its messages with their fingerprints, and how to verify them without the portal.</summary>
internal static class EvidenceProofBlocks
{
    /// <summary>Adds the messages on a new page, and the checkpoint after them.</summary>
    public static void Add(DocumentBuilder document, EvidenceDossier dossier)
    {
        document.NewPage(page => AddMessages(page, dossier)).Heading(2, EvidenceWords.CheckWithoutUs);
        if (dossier.Ledger is { } ledger) AddLedger(document, ledger);
        else document.Paragraph(EvidenceWords.NoLedgerText);
    }

    private static void AddMessages(DocumentBuilder page, EvidenceDossier dossier)
    {
        page.Heading(2, EvidenceWords.MessagesBehind).Paragraph(EvidenceWords.MessagesText);
        if (dossier.Messages.Count == 0)
        {
            page.Paragraph(EvidenceWords.NoMessages);
            return;
        }

        // A fingerprint of 64 characters fits on one line of the last column.
        ImmutableArray<TableColumn> columns =
        [
            new(EvidenceWords.Message, 30) { IsRowHeader = true }, new(EvidenceWords.Received, 23),
            new(EvidenceWords.Fingerprint + (dossier.Ledger is null ? "" : EvidenceWords.AndPlace)),
        ];
        page.Table(columns, rows =>
        {
            foreach (var message in dossier.Messages) AddMessage(rows, message, dossier.Ledger);
        });
    }

    private static void AddMessage(TableBuilder rows, LetterEvent message, LedgerEvidence? ledger) => rows.Row(
        cell => cell.Strong(EvidenceWords.NumberOf(message)).Break().Text(message.Status),
        cell => EvidenceSummaryBlocks.AddMoment(cell, message.ReceivedAt),
        cell =>
        {
            cell.Text(message.BeskedId, TextStyle.Code | TextStyle.Small).Break().Text(message.Sha256, TextStyle.Code | TextStyle.Small);
            if (ledger is null) return;
            cell.Break().Text(EvidenceWords.Place(message, ledger.Proofs.ContainsKey(message.Sequence)), TextStyle.Small);
        });

    private static void AddLedger(DocumentBuilder document, LedgerEvidence ledger) => document
        .Paragraph(EvidenceWords.LedgerText)
        .Paragraph(EvidenceWords.PackageText)
        .Keep(part => part.Heading(3, EvidenceWords.Checkpoint).Code(ledger.Checkpoint.TrimEnd()))
        .Keep(part => part.Heading(3, EvidenceWords.PublicKey).Code(ledger.VerifierKey.Trim()));
}
