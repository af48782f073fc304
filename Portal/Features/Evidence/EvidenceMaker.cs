using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Platform.Documents;
using Portal.Platform.Documents.Model;
using Portal.Platform.Http;
using Portal.Platform.Ui;

namespace Portal.Features.Evidence;

/// <summary>A request for an evidence document.</summary>
/// <param name="Site">The address at which the portal was asked, for the link to the case page (<see cref="PublicAddress"/>).</param>
/// <param name="Purpose">Why the recipients' unmasked CPR numbers are needed; null: masked numbers.</param>
public sealed record EvidenceRequest(Viewer Viewer, string CaseNumber, Uri Site, string? Purpose = null)
{
    /// <summary>The letter that the document is about; null or empty: every letter of the case.</summary>
    public string? LetterId { get; init; }
}

/// <summary>Makes evidence documents and packages. Callers note each in the access log before they give it out.</summary>
public sealed class EvidenceMaker(
    [FromKeyedServices(NotedReaders.Unnoted)] ICaseReader cases, IEvidenceSource source, ILedgerProofs ledger, IAccessLog log,
    IAccessLooks looks, IDocumentPdf pdf, PublicAddress address, TimeProvider time)
{
    /// <summary>
    /// Reads the document's content; null when the viewer may not see the case or the letter, or it does not exist. Call
    /// <see cref="NoteAsync"/> before the document is given out.
    /// </summary>
    [Demands(ViewerRights.Cases)]
    public async Task<EvidenceDossier?> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await FindAsync(request, cancellationToken) is not { } found)
        {
            looks.Add(request.Viewer, new AccessNote(AccessKind.EvidenceDocument)
            {
                CaseNumber = request.CaseNumber, LetterId = request.LetterId, Refused = true,
            });
            return null;
        }

        var now = time.GetUtcNow();
        var number = EvidenceNumber.New(now);
        var numbers = await RecipientNumbersAsync(request, found, number, cancellationToken);
        long[] sequences = [.. found.Letters.SelectMany(l => l.Events).Select(e => e.Sequence).Distinct()];
        var page = new Uri(address.For(request.Site), PortalUrls.Case(found.CaseNumber)).AbsoluteUri;
        var letter = OneLetter(request, found);
        return new EvidenceDossier(number, now, request.Viewer.Name, request.Viewer.OwnAuthority, page, found, numbers,
            await ledger.ReadAsync(sequences, cancellationToken))
        {
            LetterId = letter, Actions = await ledger.ActionsAsync(request.Viewer, found, letter, cancellationToken),
            Access = await ledger.AccessAsync(cancellationToken),
        };
    }

    /// <summary>Writes in the access log that the document is given out.</summary>
    [Demands(ViewerRights.None)]
    public Task NoteAsync(Viewer viewer, EvidenceDossier dossier, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        return log.NoteAsync(viewer, NoteOf(AccessKind.EvidenceDocument, dossier), cancellationToken);
    }

    /// <summary>The document, the same for the page and the PDF.</summary>
    public static Document Build(EvidenceDossier dossier) => EvidenceDocumentBuilder.Build(dossier);

    /// <summary>The document as PDF. Never cached: it is about citizens.</summary>
    /// <exception cref="DocumentTooLargeException">It has more pages or bytes than the limits allow.</exception>
    /// <exception cref="DocumentQueueFullException">Too many are waiting; try again in a minute.</exception>
    public Task<byte[]> PdfAsync(EvidenceDossier dossier, CancellationToken cancellationToken) =>
        pdf.MakeAsync(Build(dossier), cachedFor: null, cancellationToken);

    /// <summary>
    /// The package as ZIP: document, proofs, checkpoint, key and instructions to verify it without the portal; with a purpose also the
    /// exact bytes (<see cref="PackagedMessages"/>). Notes it in the access log.
    /// </summary>
    /// <param name="purpose">Why the exact bytes are needed, for the access log; null: a package without them.</param>
    /// <exception cref="UnauthorizedAccessException">The viewer may not see the case; or there is a purpose, and the viewer may not have
    /// exact bytes.</exception>
    /// <exception cref="DocumentTooLargeException">It has more pages or bytes than the limits allow; nothing is noted.</exception>
    /// <exception cref="DocumentQueueFullException">Too many are waiting; nothing is noted.</exception>
    [Demands(ViewerRights.Cases)]
    public async Task<byte[]> PackAsync(Viewer viewer, EvidenceDossier dossier, string? purpose, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(dossier);
        if (!viewer.MayCall<EvidenceMaker>() || await cases.FindAsync(viewer, dossier.Case.CaseNumber, cancellationToken) is null)
            throw new UnauthorizedAccessException("The viewer may not see the case.");
        if (purpose is not null && !viewer.May(ViewerRights.EvidenceBytes))
            throw new UnauthorizedAccessException("The viewer may not have exact bytes in a package.");
        var document = await PdfAsync(dossier, cancellationToken);
        var messages = purpose is null ? PackagedMessages.WithoutBytes : await MessagesAsync(viewer, dossier, cancellationToken);
        var package = EvidencePackage.Of(dossier, document, messages);
        await log.NoteAsync(
            viewer,
            [
                NoteOf(AccessKind.EvidencePackage, dossier) with { Purpose = purpose },
                .. messages.Exact.Select(m => NoteOf(AccessKind.ExactBytes, dossier) with { BeskedId = m.BeskedId, Purpose = purpose }),
            ],
            cancellationToken);
        return package;
    }

    // With credentials by the rights at the authority of each message's letter: an administrator elsewhere is none here.
    private async Task<PackagedMessages> MessagesAsync(Viewer viewer, EvidenceDossier dossier, CancellationToken cancellationToken)
    {
        var (number, everywhere) = (dossier.Case.CaseNumber, viewer.Grants.All(g => g.May(ViewerRights.ExactBytes)));
        var bytes = await source.BytesAsync(viewer, number, cancellationToken);
        var whole = everywhere ? bytes : await source.BytesAsync(viewer.Having(ViewerRights.ExactBytes), number, cancellationToken);
        return PackagedMessages.Of(
            sequence => viewer.May(ViewerRights.ExactBytes) && whole.ContainsKey(sequence), dossier.Messages, bytes);
    }

    private async Task<CaseView?> FindAsync(EvidenceRequest request, CancellationToken cancellationToken)
    {
        var found = await cases.FindAsync(request.Viewer, request.CaseNumber, cancellationToken);
        if (found is null || string.IsNullOrEmpty(request.LetterId)) return found;
        var key = IdentifierKey.Of(request.LetterId);
        var letters = found.Letters.Where(l => IdentifierKey.Of(l.LetterId) == key).ToList();
        return letters.Count == 0 ? null : found with { Letters = [.. letters] };
    }

    // Noted before they are read, so that the access is logged even when the document fails.
    private async Task<IReadOnlyDictionary<string, CprNumber>> RecipientNumbersAsync(
        EvidenceRequest request, CaseView found, string number, CancellationToken cancellationToken)
    {
        if (request.Purpose is not { } purpose) return new Dictionary<string, CprNumber>();
        var note = new AccessNote(AccessKind.EvidenceWithNumbers)
        {
            CaseNumber = found.CaseNumber, LetterId = OneLetter(request, found), Reference = number, Purpose = purpose,
        };
        await log.NoteAsync(request.Viewer, note, cancellationToken);
        var all = await source.RecipientNumbersAsync(request.Viewer, request.CaseNumber, cancellationToken);
        return found.Letters.Select(l => l.LetterId).Distinct().Where(all.ContainsKey).ToDictionary(id => id, id => all[id]);
    }

    private static string? OneLetter(EvidenceRequest request, CaseView found) =>
        string.IsNullOrEmpty(request.LetterId) ? null : found.Letters[0].LetterId;

    private static AccessNote NoteOf(AccessKind kind, EvidenceDossier dossier) =>
        new(kind) { CaseNumber = dossier.Case.CaseNumber, LetterId = dossier.LetterId, Reference = dossier.Number };
}
