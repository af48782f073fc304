using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Access;

/// <summary>
/// Whose a case, a message or a row in quarantine is. For the access log alone, whose lines belong to the authority of the data, also when
/// a viewer of another was refused: it answers CVR numbers and nothing of what is stored, and must not be used for anything that is shown.
/// </summary>
public interface IDataOwners
{
    /// <summary>The authorities that have letters of each case, by the number as given; none for a case that does not exist.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> OfCasesAsync(
        IReadOnlyCollection<string> caseNumbers, CancellationToken cancellationToken);

    /// <summary>The authorities of a message; empty when there is none with that id.</summary>
    Task<IReadOnlyList<string>> OfMessageAsync(string beskedId, CancellationToken cancellationToken);

    /// <summary>The authority of a row in quarantine; empty when there is none.</summary>
    Task<IReadOnlyList<string>> OfQuarantineAsync(string id, CancellationToken cancellationToken);
}

/// <summary>Reads them from the database.</summary>
internal sealed class DataOwners(
    IDbContextFactory<IngestionDbContext> contexts, MessageKindCache kindCache, TimeProvider time) : IDataOwners
{
    // The index of cases begins with the authority, so all authorities are named; which there are changes rarely.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private volatile Known? _known;

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> OfCasesAsync(
        IReadOnlyCollection<string> caseNumbers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caseNumbers);
        string[] keys = [.. caseNumbers.Select(IdentifierKey.Of).Where(k => k.Length > 0).Distinct()];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var authorities = await AuthoritiesAsync(db, cancellationToken);
        var owners = await db.Letters.AsNoTracking()
            .Where(l => authorities.Contains(l.Authority) && EF.Parameter(keys).Contains(l.CaseNumberKey))
            .Select(l => new { l.CaseNumberKey, l.Authority }).Distinct().ToListAsync(cancellationToken);
        var byKey = owners.ToLookup(o => o.CaseNumberKey, o => o.Authority);
        return caseNumbers.Distinct(StringComparer.Ordinal).ToDictionary(
            n => n, n => (IReadOnlyList<string>)[.. byKey[IdentifierKey.Of(n)].Order(StringComparer.Ordinal)], StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> OfMessageAsync(string beskedId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        string[] ids = [.. new[] { Identifier.AsBeskedId(beskedId), Identifier.Normalise(beskedId) }.OfType<string>().Distinct()];
        var kind = await db.MessagesOf(ids).Select(m => (int?)m.Kind).FirstOrDefaultAsync(cancellationToken)
            ?? (await ShownBeskedId.FindMaskedAsync(db, [beskedId], cancellationToken)).Select(m => (int?)m.Kind).FirstOrDefault();
        return kind is { } number ? (await kindCache.ReadAsync(db, cancellationToken))[number].Authorities() : [];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> OfQuarantineAsync(string id, CancellationToken cancellationToken)
    {
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var key)) return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Quarantine.AsNoTracking().Where(q => q.Id == key).Select(q => q.Authority).ToListAsync(cancellationToken);
    }

    private async Task<string[]> AuthoritiesAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        if (_known is { } known && time.GetElapsedTime(known.At) < Fresh) return known.Authorities;
        var at = time.GetTimestamp();
        string[] all = [.. await db.Letters.AsNoTracking().Select(l => l.Authority).Distinct().ToListAsync(cancellationToken)];
        _known = new Known(all, at);
        return all;
    }

    private sealed record Known(string[] Authorities, long At);
}
