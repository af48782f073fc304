using Portal.Features.AccessControl;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Platform.Documents;

namespace Portal.Features.Evidence;

/// <summary>A request for an evidence document.</summary>
/// <param name="Site">The portal's base address, for the link to the case page.</param>
/// <param name="Purpose">Why the recipients' unmasked CPR numbers are needed; null: masked numbers.</param>
public sealed record EvidenceRequest(Viewer Viewer, string CaseNumber, Uri Site, string? Purpose = null);

/// <summary>Makes evidence documents and packages. Callers note each in the access log before they give it out.</summary>
public sealed class EvidenceMaker(ICaseReader cases, IEvidenceSource source, ILedgerProofs ledger, IAccessLog log,
    DocumentRenderer renderer, IDocumentPrinter printer, TimeProvider time)
{
    /// <summary>
    /// Reads the document's content; null when the viewer may not see the case, or it does not exist. Call <see cref="NoteAsync"/> before
    /// the document is given out.
    /// </summary>
    public async Task<EvidenceDossier?> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await cases.FindAsync(request.Viewer, request.CaseNumber, cancellationToken) is not { } found) return null;
        var now = time.GetUtcNow();
        var number = EvidenceNumber.New(now);
        IReadOnlyDictionary<string, CprNumber> numbers = new Dictionary<string, CprNumber>();
        if (request.Purpose is { } purpose)
        {
            // Noted before they are read, so that the access is logged even when the document fails.
            await log.NoteAsync(request.Viewer, new AccessNote(AccessKind.EvidenceWithNumbers) { CaseNumber = found.CaseNumber,
                Reference = number, Purpose = purpose }, cancellationToken);
            numbers = await source.RecipientNumbersAsync(request.Viewer, request.CaseNumber, cancellationToken);
        }

        long[] sequences = [.. found.Letters.SelectMany(l => l.Events).Select(e => e.Sequence).Distinct()];
        var page = new Uri(request.Site, Portal.Platform.Ui.PortalUrls.Case(found.CaseNumber)).AbsoluteUri;
        return new EvidenceDossier(number, now, request.Viewer.Name, request.Viewer.OwnAuthority, page, found, numbers,
            await ledger.ReadAsync(sequences, cancellationToken));
    }

    /// <summary>Writes in the access log that the document is given out.</summary>
    public Task NoteAsync(Viewer viewer, EvidenceDossier dossier, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        return log.NoteAsync(viewer, new AccessNote(AccessKind.EvidenceDocument) { CaseNumber = dossier.Case.CaseNumber,
            Reference = dossier.Number }, cancellationToken);
    }

    /// <summary>The document's HTML, an element with class <c>paper</c>; the same on the page and in print.</summary>
    public Task<string> RenderAsync(EvidenceDossier dossier) =>
        renderer.RenderAsync<EvidenceDocument>(new Dictionary<string, object?> { [nameof(EvidenceDocument.Dossier)] = dossier });

    /// <summary>The document ready to be printed.</summary>
    public async Task<PrintDocument> ToPrintAsync(EvidenceDossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        return new PrintDocument(dossier.Title, await RenderAsync(dossier), $"Bevis {dossier.Number} · sag {dossier.CaseNumber}");
    }

    /// <summary>
    /// The package as ZIP: document, exact bytes, proofs, checkpoint, key and instructions to verify it without the portal. Notes it in the
    /// access log first.
    /// </summary>
    /// <exception cref="PrintProblemException">The document could not be printed. A server without a browser does not throw: the package
    /// then holds the document as HTML.</exception>
    public async Task<byte[]> PackAsync(Viewer viewer, EvidenceDossier dossier, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        var document = await ToPrintAsync(dossier);
        var pdf = printer.IsAvailable ? await printer.PrintAsync(document, cancellationToken) : null;
        await log.NoteAsync(
            viewer,
            [
                new AccessNote(AccessKind.EvidencePackage) { CaseNumber = dossier.Case.CaseNumber, Reference = dossier.Number },
                .. dossier.Messages.Select(m => new AccessNote(AccessKind.ExactBytes) { CaseNumber = dossier.Case.CaseNumber,
                    BeskedId = m.BeskedId, Reference = dossier.Number }),
            ],
            cancellationToken);
        var bytes = await source.BytesAsync(viewer, dossier.Case.CaseNumber, cancellationToken);
        return EvidencePackage.Of(dossier, pdf, document, bytes);
    }
}
