using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Reports.Issued;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Storage;
using Portal.Platform.Documents;
using Portal.Platform.Http;
using Portal.Platform.Mail;
using Portal.Platform.Mail.Outbox;
using Portal.Platform.Storage;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Monthly;

/// <summary>Writes the mail of a monthly report, with its PDF, to one recipient.</summary>
public sealed class ReportMails(IDbContextFactory<PortalDbContext> contexts, ReportArchive archive,
    IDocumentPdf documents, WriteGate gate, PublicAddress address, TimeProvider time) : IMailWriter
{
    /// <summary>The kind of these mails in the outbox.</summary>
    public const string Name = "monthly-report";

    private static readonly TimeSpan WorthSending = TimeSpan.FromDays(14);

    // A report goes to several recipients in succession: its PDF is made once.
    private MadePdf? _latest;

    /// <inheritdoc />
    public string Kind => Name;

    /// <inheritdoc />
    public async Task<MailMessage?> WriteAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var number = int.Parse(mail.About, CultureInfo.InvariantCulture);
        if (await ScopeAsync(mail.Authority, number, cancellationToken) is not { } scope
            || await WantedAsync(mail, scope, cancellationToken) is not { } wanted)
        {
            return null;
        }
        if (await archive.FindAsync(MonthlyReports.ViewerOf(mail.Authority), scope, number,
            DanishFormat.Danish, cancellationToken) is not { } report)
            return null;
        var pdf = await PdfAsync(mail.Authority, report, cancellationToken);
        var link = new Uri(address.Or(wanted.Site), scope.Page(number: number)).AbsoluteUri;
        var where = pdf is null ? "Den er for lang til at blive vedhæftet som PDF; den står her:" : "Den er vedhæftet som PDF og står her:";
        var period = report.Period.In(DanishFormat.Danish, DanishTime.DateOf(report.IssuedAt));
        return new MailMessage(mail.Recipient, $"Gevinstrapport nr. {number}", $"Gevinstrapport nr. {number} for {period} er "
            + $"udstedt.\n\n{where}\n{link}\n\nMailen sendes hver måned. Den slås fra på rapportens side.\n")
        {
            Attachments = pdf is null ? [] : [pdf],
        };
    }

    /// <summary>Moves mails that an older version left in the schedules to the outbox.</summary>
    public async Task TakeOverAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var row in await db.Set<StoredReportSchedule>().AsNoTracking().ToListAsync(cancellationToken))
        {
            if (ReportSchedules.Mail(row) is not { Unsent.Count: > 0 } waiting) continue;
            using var writeLock = await gate.EnterAsync(cancellationToken);
            await using var both = await db.Database.BeginTransactionAsync(cancellationToken);
            var rest = BenefitJson.Write(waiting with { Unsent = null });
            if (await ReportSchedules.Of(db, row.Authority, new ReportScope(row.ChainId, row.Department))
                .Where(s => s.Recipients == row.Recipients)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.Recipients, rest), cancellationToken) == 0) continue;
            db.OutgoingMails.AddRange(from number in waiting.Unsent from to in waiting.To
                select New(row.Authority, number, to, time.GetUtcNow()));
            await db.SaveChangesAsync(cancellationToken);
            await both.CommitAsync(cancellationToken);
        }
    }

    internal static string AboutOf(int number) => number.ToString(CultureInfo.InvariantCulture);

    internal static OutgoingMail New(string authority, int number, string to, DateTimeOffset now) =>
        MailOutbox.New(Name, authority, AboutOf(number), to, now, now + WorthSending);

    private async Task<ReportScope?> ScopeAsync(string authority, int number, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<StoredReport>().AsNoTracking().Where(r => r.Authority == authority && r.Number == number)
            .Select(r => new { r.ChainId, r.Department }).FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : new ReportScope(row.ChainId, row.Department);
    }

    // Null when the schedule was ended, or the recipient removed from it, after the report was issued.
    private async Task<ScheduleMail?> WantedAsync(OutgoingMail mail, ReportScope scope, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ReportSchedules.Of(db, mail.Authority, scope).AsNoTracking().FirstOrDefaultAsync(cancellationToken) is { } row
            && (ReportSchedules.Mail(row) ?? throw new FormatException("The recipients cannot be read.")) is var now
            && now.To.Contains(mail.Recipient, StringComparer.OrdinalIgnoreCase) ? now : null;
    }

    // Null when the report is too long for a PDF.
    private async Task<MailAttachment?> PdfAsync(string authority, IssuedDocument report, CancellationToken cancellationToken)
    {
        if (_latest is { } latest && latest.Authority == authority && latest.Number == report.Number) return latest.File;
        try
        {
            var pdf = await documents.MakeAsync(
                report.Document, ReportMaker.CachedFor(MonthlyReports.ViewerOf(authority)), cancellationToken);
            var file = new MailAttachment(
                ReportFileNames.Of("gevinstrapport", report.Title, report.Number, report.Period, "pdf"), "application/pdf", pdf);
            _latest = new MadePdf(authority, report.Number, file);
            return file;
        }
        catch (DocumentTooLargeException)
        {
            return null;
        }
    }

    private sealed record MadePdf(string Authority, int Number, MailAttachment File);
}
