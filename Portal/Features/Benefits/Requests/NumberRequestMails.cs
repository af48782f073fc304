using Microsoft.EntityFrameworkCore;
using MimeKit;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Page;
using Portal.Ingestion.Domain;
using Portal.Platform.Http;
using Portal.Platform.Mail;
using Portal.Platform.Mail.Outbox;
using Portal.Platform.Storage;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Benefits.Requests;

/// <summary>
/// The mail in which someone is asked for a number, with a link to the place where it is entered. It is stored in the transaction that
/// stores the request, so a crash loses neither; that it is sent once is the outbox's (<see cref="MailOutbox"/>).
/// </summary>
public sealed class NumberRequestMails(
    IDbContextFactory<PortalDbContext> contexts, IMailer mailer, PublicAddress publicAddress, TimeProvider time) : IMailWriter
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

    /// <summary>Makes the mail for a request that is being stored; null when the viewer may not ask, or has no authority to send it
    /// for.</summary>
    /// <param name="site">The address at which the portal was asked, for the link in the mail.</param>
    [Demands(ViewerRights.SteerBenefits)]
    public Func<long, OutgoingMail>? MailOf(Viewer viewer, string address, Uri site)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(site);
        if (!viewer.MayCall<NumberRequestMails>() || viewer.AuthorityOf(ViewerRights.SteerBenefits) is not { } authority) return null;
        return note =>
        {
            var now = time.GetUtcNow();
            return MailOutbox.New(
                Name, authority, BenefitJson.Write(new RequestMail(note, publicAddress.For(site).ToString())), address, now,
                now + WorthSending);
        };
    }

    /// <summary>
    /// What became of the mails of some requests, by the request's id; none for a request without a mail, or whose mail is no longer kept.
    /// </summary>
    [Demands(ViewerRights.SteerBenefits)]
    public async Task<IReadOnlyDictionary<long, RequestMailStatus>> StatesAsync(
        Viewer viewer, IReadOnlyCollection<long> requests, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(requests);
        var states = new Dictionary<long, RequestMailStatus>();
        if (requests.Count == 0 || !viewer.MayCall<NumberRequestMails>()
            || viewer.AuthorityOf(ViewerRights.SteerBenefits) is not { } authority)
            return states;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var mail in await db.OutgoingMails.AsNoTracking().Where(m => m.Kind == Name && m.Authority == authority)
            .ToListAsync(cancellationToken))
        {
            if (BenefitJson.Read<RequestMail>(mail.About) is { } about && requests.Contains(about.Note))
                states[about.Note] = RequestMailStatus.Of(mail);
        }

        return states;
    }

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

        var page = PortalUrls.BenefitForm(note.ChainId, BenefitStyle.Anchor(note.ElementId), OpenedForm.Number);
        var link = new Uri(publicAddress.Or(about.Site), page).AbsoluteUri;
        var asked = PageTexts.Of("RequestMail", note.EnteredBy, CprNumber.MaskIn(note.Text), note.Day).Danish;
        return new MailMessage(mail.Recipient, PageTexts.Of("RequestSubject").Danish, $"{asked}\n\n{link}\n");
    }

    private static IQueryable<StoredBenefitNote> Requests(PortalDbContext db) =>
        db.Set<StoredBenefitNote>().Where(n => n.Kind == nameof(NoteKind.NumberRequest) && n.WithdrawnAt == null);

    private sealed record RequestMail(long Note, string Site);
}
