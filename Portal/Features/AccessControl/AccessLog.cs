using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;
using Portal.Platform.Storage;

namespace Portal.Features.AccessControl;

/// <summary>Stores the access log in the portal's database.</summary>
internal sealed class AccessLog(IDbContextFactory<PortalDbContext> contexts, WriteGate gate, TimeProvider time) : IAccessLog
{
    private const int MaxLimit = 1000;
    private const int MaxText = 500;
    private const int MostWritings = 500;

    /// <inheritdoc />
    public async Task NoteAsync(Viewer viewer, IReadOnlyList<AccessNote> notes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var now = time.GetUtcNow();
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Set<StoredAccess>().AddRange(notes.Select(note => new StoredAccess
        {
            Authority = viewer.OwnAuthority ?? "", At = now, ViewerId = viewer.Id, ViewerName = viewer.Name, Kind = note.Kind.ToWire(),
            CaseNumber = Clean(note.CaseNumber), LetterId = Clean(note.LetterId), BeskedId = Clean(note.BeskedId),
            Purpose = Clean(note.Purpose), Hits = note.Hits, Reference = Clean(note.Reference),
        }));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<Page<AccessEntry>> ReadAsync(
        Viewer viewer, AccessFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<IAccessLog>()) return new Page<AccessEntry>([], null);
        limit = Math.Clamp(limit, 1, MaxLimit);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var authorities = viewer.AuthoritiesOf(ViewerRights.Operate);
        var own = db.Set<StoredAccess>().AsNoTracking().Where(a => EF.Parameter(authorities).Contains(a.Authority));
        var rows = await MatchingAsync(own, filter, cancellationToken);
        if (!string.IsNullOrEmpty(cursor))
        {
            if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var before))
                throw new FormatException("The cursor is not one of ours.");
            rows = rows.Where(a => a.Id < before);
        }

        var found = await rows.OrderByDescending(a => a.Id).Take(limit + 1).ToListAsync(cancellationToken);
        return new Page<AccessEntry>(
            [.. found.Take(limit).Select(a => new AccessEntry(a.Id, a.At, a.ViewerId, a.ViewerName, AccessKinds.FromWire(a.Kind)
                ?? AccessKind.ExactBytes, a.CaseNumber, a.LetterId, a.BeskedId, a.Purpose, a.Hits, a.Reference))],
            found.Count > limit ? found[limit - 1].Id.ToString(CultureInfo.InvariantCulture) : null);
    }

    private static async Task<IQueryable<StoredAccess>> MatchingAsync(
        IQueryable<StoredAccess> rows, AccessFilter filter, CancellationToken cancellationToken)
    {
        if (filter.Kind is { } kind)
        {
            var name = kind.ToWire();
            rows = rows.Where(a => a.Kind == name);
        }

        if (filter.From is { } from) rows = rows.Where(a => a.At >= from);
        if (filter.To is { } to) rows = rows.Where(a => a.At < to);
        if (string.IsNullOrWhiteSpace(filter.Text)) return rows;
        var (like, id) = ($"%{Literal(filter.Text.Trim())}%", $"%{Literal(IdentifierKey.Of(filter.Text))}%");
        string[] cases = [.. await WritingsAsync(rows.Select(a => a.CaseNumber!), filter.Text, cancellationToken)];
        string[] letters = [.. await WritingsAsync(rows.Select(a => a.LetterId!), filter.Text, cancellationToken)];
        return rows.Where(a => EF.Functions.Like(a.ViewerName, like, "\\") || EF.Functions.Like(a.ViewerId, like, "\\")
            || EF.Functions.Like(a.CaseNumber!, like, "\\")
            || EF.Functions.Like(a.LetterId!, like, "\\") || EF.Functions.Like(a.BeskedId!, id, "\\")
            || EF.Functions.Like(a.Reference!, like, "\\")
            || EF.Parameter(cases).Contains(a.CaseNumber) || EF.Parameter(letters).Contains(a.LetterId));
    }

    // Case numbers and letter ids are stored as they were written. Finds the stored spellings of the same number: hyphens and spaces may
    // differ.
    private static async Task<IEnumerable<string>> WritingsAsync(
        IQueryable<string> numbers, string text, CancellationToken cancellationToken)
    {
        var key = IdentifierKey.Of(text);
        if (key.Length == 0) return [];
        var loose = $"%{string.Join('%', key.Split('-', ' ').Select(Literal))}%";
        var near = await numbers.Where(n => EF.Functions.Like(n, loose, "\\")).Distinct().Take(MostWritings).ToListAsync(cancellationToken);
        return near.Where(n => IdentifierKey.Of(n).Contains(key, StringComparison.Ordinal));
    }

    private static string Literal(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);

    // Texts are untrusted input: one line, CPR numbers masked, shortened.
    private static string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var line = CprNumber.MaskIn(TextLines.Printable(text));
        return TextCut.At(line, MaxText);
    }
}
