using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Access;
using Portal.Storage;

namespace Portal.FollowUp.People;

/// <summary>Keeps colleagues and their choices in the portal's own tables.</summary>
internal sealed class WorkPeople(IDbContextFactory<PortalDbContext> contexts, TimeProvider time) : IWorkPeople
{
    public async Task SeenAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        if (viewer.OwnAuthority is not { } authority) return;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var known = await db.Colleagues.Where(c => c.Authority == authority && c.Id == viewer.Id)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.LastSeenAt, now).SetProperty(x => x.Name, viewer.Name), cancellationToken);
        if (known > 0) return;
        db.Colleagues.Add(new StoredColleague { Authority = authority, Id = viewer.Id, Name = viewer.Name, LastSeenAt = now });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Two pages of one person opened at once; the other one wrote it. Anything else shows at the next write.
        }
    }

    public async Task<IReadOnlyList<Colleague>> ColleaguesAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        var authority = viewer.OwnAuthority;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Colleagues.AsNoTracking().Where(c => c.Authority == authority).OrderBy(c => c.Name).Select(c => new Colleague(c.Id, c.Name)).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<WorkFilter>> FiltersAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.WorkFilters.AsNoTracking().Where(f => f.PersonId == viewer.Id).OrderBy(f => f.Name).Select(f => new WorkFilter(f.Name, f.Query)).ToListAsync(cancellationToken);
    }

    public async Task KeepFilterAsync(Viewer viewer, WorkFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.WorkFilters.FindAsync([viewer.Id, filter.Name], cancellationToken) is { } known) known.Query = filter.Query;
        else db.WorkFilters.Add(new StoredWorkFilter { PersonId = viewer.Id, Name = filter.Name, Query = filter.Query });
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task ForgetFilterAsync(Viewer viewer, string name, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.WorkFilters.Where(f => f.PersonId == viewer.Id && f.Name == name).ExecuteDeleteAsync(cancellationToken);
    }

    public async Task<string?> DigestAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        var authority = viewer.OwnAuthority;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Colleagues.Where(c => c.Authority == authority && c.Id == viewer.Id).Select(c => c.DigestTo).SingleOrDefaultAsync(cancellationToken);
    }

    public async Task ChooseDigestAsync(Viewer viewer, string? mail, Uri address, CancellationToken cancellationToken)
    {
        await SeenAsync(viewer, cancellationToken);
        var (authority, link) = (viewer.OwnAuthority, address.GetLeftPart(UriPartial.Authority));
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Colleagues.Where(c => c.Authority == authority && c.Id == viewer.Id)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.DigestTo, mail).SetProperty(x => x.Address, link), cancellationToken);
    }
}
