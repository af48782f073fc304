using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Platform.Access.Claims;
using Portal.Platform.Http;
using Portal.Platform.Mail;
using Portal.Platform.Mail.Outbox;
using Portal.Platform.Storage;

namespace Portal.Features.FollowUp.Digest;

/// <summary>Writes a person's daily mail, with the counts at the time of sending.</summary>
public sealed class DigestMails(
    IDbContextFactory<PortalDbContext> contexts, IWorklistService worklist, PublicAddress address, TimeProvider time) : IMailWriter
{
    /// <summary>The kind of these mails in the outbox.</summary>
    public const string Name = "daily-digest";

    private const int OldAfterDays = 5;

    /// <inheritdoc />
    public string Kind => Name;

    /// <inheritdoc />
    public async Task<MailMessage?> WriteAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // No mail when the person has turned it off, or changed the address, since it was queued.
        if (await db.Colleagues.AsNoTracking().FirstOrDefaultAsync(
            c => c.Authority == mail.Authority && c.Id == mail.About && c.DigestTo == mail.Recipient, cancellationToken) is not { } person)
        {
            return null;
        }

        // The counts that the person would see in the worklist; TypeScope.None, since no message is read.
        var viewer = Viewer.Of(person.Id, person.Name, LimitsJson.ReadSeveral(person.Limits)
            .Select(limits => new Grant(person.Authority, ViewerRights.Cases, TypeScope.None, limits)));
        var own = new Dictionary<FollowUpReason, long>();
        foreach (var reason in Enum.GetValues<FollowUpReason>())
            own[reason] = await worklist.CountAsync(viewer, new WorkQuery(reason, WorkOwner.Person, person.Id), cancellationToken);
        var old = await worklist.CountAsync(viewer, new WorkQuery(
            Owner: WorkOwner.Person, OwnerId: person.Id, Until: WorkAge.Before(time.GetUtcNow(), OldAfterDays)), cancellationToken);
        var nobodys = await worklist.CountAsync(viewer, new WorkQuery(Owner: WorkOwner.Nobody), cancellationToken);
        return DigestText.Of(mail.Recipient, person.Id, address.Or(person.Address ?? "").ToString().TrimEnd('/'), own, old, nobodys);
    }
}
