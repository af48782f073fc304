using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;

namespace Portal.Platform.Storage.Views;

/// <summary>Stores saved views in the portal's tables. Writes wait for the process's write lock.</summary>
internal sealed class SavedViews(IDbContextFactory<PortalDbContext> contexts, WriteGate gate) : ISavedViews
{
    public async Task<IReadOnlyList<SavedView>> ReadAsync(Viewer viewer, string page, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(db, viewer, page).AsNoTracking().OrderBy(v => v.Name).Select(v => new SavedView(v.Name, v.Query))
            .ToListAsync(cancellationToken);
    }

    public async Task<SavedViewOutcome> SaveAsync(Viewer viewer, string page, SavedView view, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (Problem(view.Name, view.Query, out var name) is { } problem) return problem;
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.SavedViews.FindAsync([viewer.Id, page, name], cancellationToken) is { } known)
        {
            known.Query = view.Query;
        }
        else
        {
            if (await Of(db, viewer, page).CountAsync(cancellationToken) >= SavedViewLimits.MostOfPage) return SavedViewOutcome.TooMany;
            db.SavedViews.Add(new StoredSavedView { PersonId = viewer.Id, Page = page, Name = name, Query = view.Query });
        }

        await db.SaveChangesAsync(cancellationToken);
        return SavedViewOutcome.Saved;
    }

    public async Task<SavedViewOutcome> RenameAsync(
        Viewer viewer, string page, string name, string newName, CancellationToken cancellationToken)
    {
        if (Problem(newName, "", out var wanted) is { } problem) return problem;
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (wanted == name) return SavedViewOutcome.Saved;
        if (await Of(db, viewer, page).AnyAsync(v => v.Name == wanted, cancellationToken)) return SavedViewOutcome.NameTaken;
        var renamed = await Of(db, viewer, page).Where(v => v.Name == name)
            .ExecuteUpdateAsync(v => v.SetProperty(x => x.Name, wanted), cancellationToken);
        return renamed == 1 ? SavedViewOutcome.Saved : SavedViewOutcome.Gone;
    }

    public async Task DeleteAsync(Viewer viewer, string page, string name, CancellationToken cancellationToken)
    {
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await Of(db, viewer, page).Where(v => v.Name == name).ExecuteDeleteAsync(cancellationToken);
    }

    private static IQueryable<StoredSavedView> Of(PortalDbContext db, Viewer viewer, string page) =>
        db.SavedViews.Where(v => v.PersonId == viewer.Id && v.Page == page);

    private static SavedViewOutcome? Problem(string name, string query, out string clean)
    {
        clean = TextLines.OneLine(name).Trim();
        if (clean.Length is 0 or > SavedViewLimits.LongestName || query.Length > SavedViewLimits.LongestQuery)
            return SavedViewOutcome.WrongName;
        return CprNumber.IsIn(clean) || CprNumber.IsIn(query) || CprNumber.IsIn(Uri.UnescapeDataString(query))
            ? SavedViewOutcome.HoldsCpr
            : null;
    }
}
