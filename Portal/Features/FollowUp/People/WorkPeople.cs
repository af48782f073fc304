using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;
using Portal.Platform.Access;
using Portal.Platform.Access.Claims;
using Portal.Platform.Http;
using Portal.Platform.Storage;

namespace Portal.Features.FollowUp.People;

/// <summary>Stores colleagues in the portal's tables. Writes wait for the process's write lock.</summary>
internal sealed class WorkPeople(
    IDbContextFactory<PortalDbContext> contexts, WriteGate gate, PublicAddress publicAddress, TimeProvider time) : IWorkPeople
{
    public async Task SeenAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<IWorkPeople>() || viewer.AuthorityOf(ViewerRights.Cases) is not { } authority) return;
        var now = time.GetUtcNow();
        using (await gate.EnterAsync(cancellationToken))
        {
            if (await TryTouchAsync(viewer, authority, now, cancellationToken)) return;
        }

        // Another page or node added the person at the same time: now renew the row.
        using var writeLock = await gate.EnterAsync(cancellationToken);
        if (!await TryTouchAsync(viewer, authority, now, cancellationToken))
            throw new InvalidOperationException("A colleague could neither be added nor found.");
    }

    /// <summary>Renews the viewer's row, or adds it; false when another page or node added it at the same time.</summary>
    private async Task<bool> TryTouchAsync(Viewer viewer, string authority, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The daily mail counts what the person sees.
        var limits = LimitsJson.Write([.. viewer.At(authority).GrantsOf(ViewerRights.Cases).Select(g => g.Limits)]);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await db.Colleagues.Where(c => c.Authority == authority && c.Id == viewer.Id)
            .ExecuteUpdateAsync(
                c => c.SetProperty(x => x.LastSeenAt, now).SetProperty(x => x.Name, viewer.Name).SetProperty(x => x.Limits, limits),
                cancellationToken);
        if (known > 0) return true;
        db.Colleagues.Add(new StoredColleague
        {
            Authority = authority, Id = viewer.Id, Name = viewer.Name, LastSeenAt = now, Limits = limits,
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException problem) when (!StorageErrors.IsOutage(problem))
        {
            return false;
        }
    }

    public async Task<IReadOnlyList<Colleague>> ColleaguesAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<IWorkPeople>()) return [];
        var authority = viewer.AuthorityOf(ViewerRights.Cases);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Colleagues.AsNoTracking().Where(c => c.Authority == authority).OrderBy(c => c.Name)
            .Select(c => new Colleague(c.Id, c.Name)).ToListAsync(cancellationToken);
    }

    public async Task<string?> DigestAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<IWorkPeople>()) return null;
        var authority = viewer.AuthorityOf(ViewerRights.Cases);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Colleagues.Where(c => c.Authority == authority && c.Id == viewer.Id).Select(c => c.DigestTo)
            .SingleOrDefaultAsync(cancellationToken);
    }

    public async Task ChooseDigestAsync(Viewer viewer, string? mail, Uri address, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<IWorkPeople>()) return;
        await SeenAsync(viewer, cancellationToken);
        using var writeLock = await gate.EnterAsync(cancellationToken);
        var (authority, link) =
            (viewer.AuthorityOf(ViewerRights.Cases), publicAddress.For(address).GetLeftPart(UriPartial.Authority));
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Colleagues.Where(c => c.Authority == authority && c.Id == viewer.Id)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.DigestTo, mail).SetProperty(x => x.Address, link), cancellationToken);
    }
}

/// <summary>Adds people with access to cases to the colleagues when they sign in, before they open the worklist.</summary>
internal sealed class SignedInColleagues(IWorkPeople people) : ISignInHandler
{
    public Task SignedInAsync(Viewer viewer, CancellationToken cancellationToken) =>
        viewer.May(ViewerRights.Cases) ? people.SeenAsync(viewer, cancellationToken) : Task.CompletedTask;
}
