using Microsoft.EntityFrameworkCore;
using MimeKit;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Page;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;
using Portal.Platform.Mail;
using Portal.Platform.Mail.Outbox;
using Portal.Platform.Storage;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Benefits.Requests;

/// <summary>Sends the mail in which someone is asked for a number, with a link to the place where it is entered.</summary>
public sealed class NumberRequestMails(IDbContextFactory<PortalDbContext> contexts, WriteGate gate, IMailer mailer, TimeProvider time)
    : IMailWriter
{
    /// <summary>The kind of these mails in the outbox.</summary>
    public const string Name = "number-request";

    private const int LongestAddress = 254;
    private static readonly TimeSpan WorthSending = TimeSpan.FromDays(14);

    /// <inheritdoc />
    public string Kind => Name;

    /// <summary>True when the portal can send mail; without it no address is asked for.</summary>
    public bool IsConfigured => mailer.IsConfigured;

    /// <summary>What is wrong with an address; null when it can be used.</summary>
    public static ProblemText? Check(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.Length <= LongestAddress && address.Contains('@', StringComparison.Ordinal)
            && MailboxAddress.TryParse(address, out _)
            ? null
            : PageTexts.Of("NoAddress");
    }

    /// <summary>Queues the mail of the viewer's newest request about a box; nothing is queued when there is none.</summary>
    /// <param name="site">The portal's base URL, for the link in the mail.</param>
    public Task QueueAsync(
        Viewer viewer, string chainId, string elementId, string address, Uri site, CancellationToken cancellationToken) =>
        StorageAccess.TryAsync(async () =>
        {
            ArgumentNullException.ThrowIfNull(viewer);
            ArgumentNullException.ThrowIfNull(site);
            if (viewer.OwnAuthority is not { } authority) return false;
            using var writeLock = await gate.EnterAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var note = await Requests(db).Where(n => n.ChainId == chainId && n.ElementId == elementId && n.EnteredBy == viewer.Name)
                .OrderByDescending(n => n.Id).FirstOrDefaultAsync(cancellationToken);
            if (note is null) return false;
            var (about, now) = (BenefitJson.Write(new RequestMail(note.Id, site.ToString())), time.GetUtcNow());
            db.OutgoingMails.Add(MailOutbox.New(Name, authority, about, address, now, now + WorthSending));
            await db.SaveChangesAsync(cancellationToken);
            return true;
        });

    /// <inheritdoc />
    public async Task<MailMessage?> WriteAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (BenefitJson.Read<RequestMail>(mail.About) is not { } about) return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // No mail when the request was withdrawn, or a number has come since.
        if (await Requests(db).AsNoTracking().FirstOrDefaultAsync(n => n.Id == about.Note, cancellationToken) is not { } note
            || await db.Set<StoredMeasurement>().AnyAsync(
                m => m.ChainId == note.ChainId && m.ElementId == note.ElementId && m.EnteredAt > note.EnteredAt, cancellationToken))
        {
            return null;
        }

        var page = $"{PortalUrls.Benefits(note.ChainId)}#{BenefitStyle.Anchor(note.ElementId)}";
        var link = new Uri(new Uri(about.Site), page).AbsoluteUri;
        var asked = PageTexts.Of("RequestMail", note.EnteredBy, CprNumber.MaskIn(note.Text), note.Day).Danish;
        return new MailMessage(mail.Recipient, PageTexts.Of("RequestSubject").Danish, $"{asked}\n\n{link}\n");
    }

    private static IQueryable<StoredBenefitNote> Requests(PortalDbContext db) =>
        db.Set<StoredBenefitNote>().Where(n => n.Kind == nameof(NoteKind.NumberRequest) && n.WithdrawnAt == null);

    private sealed record RequestMail(long Note, string Site);
}
