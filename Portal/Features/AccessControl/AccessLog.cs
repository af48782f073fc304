using Portal.Features.AccessControl.Looks;
using Portal.Ingestion.Access;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Platform.Storage;

namespace Portal.Features.AccessControl;

/// <summary>The access log over the signed log in the database.</summary>
internal sealed class AccessLog(IAccessJournal journal, AccessRecords records, AccessLookService looks, TimeProvider time) : IAccessLog
{
    /// <inheritdoc />
    public async Task NoteAsync(Viewer viewer, IReadOnlyList<AccessNote> notes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(notes);
        try
        {
            await journal.AppendAsync(await records.OfAsync(viewer, notes, time.GetUtcNow(), cancellationToken), cancellationToken);
        }
        catch (Exception problem) when (StorageAccess.IsRefused(problem))
        {
            throw new AccessLogUnavailableException(problem);
        }
    }

    /// <inheritdoc />
    public async Task<Page<AccessEntry>> ReadAsync(
        Viewer viewer, AccessFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(filter);
        if (!viewer.MayCall<IAccessLog>()) return new Page<AccessEntry>([], null);
        await looks.FlushAsync(cancellationToken);
        var query = new AccessQuery(filter.Kind?.ToWire(), filter.From, filter.To)
        {
            Who = filter.Who, CaseNumber = filter.CaseNumber, Text = filter.Text,
        };
        var page = await journal.ReadAsync(viewer.AuthoritiesOf(ViewerRights.AccessLog), query, cursor, limit, cancellationToken);
        return new Page<AccessEntry>(
            [.. page.Items.Select(l => new AccessEntry(l.Number, AccessKinds.FromWire(l.Record.Kind), l.Record))], page.Cursor);
    }
}
