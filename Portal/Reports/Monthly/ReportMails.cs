using Microsoft.EntityFrameworkCore;
using Portal.Benefits.Keeping;
using Portal.Mail;
using Portal.Printing;
using Portal.Storage;

namespace Portal.Reports.Monthly;

/// <summary>
/// Mails the monthly reports with their PDF, when mail is configured. A report is taken off the schedule's list before it is sent, so that several nodes send one; one that the server did not
/// take is put back and tried again.
/// </summary>
public sealed partial class ReportMails(IDbContextFactory<PortalDbContext> contexts, ReportArchive archive, ReportMaker maker, IDocumentPrinter printer, IMailer mailer, ILogger<ReportMails> log)
{
    /// <summary>Sends what waits; gives how many reports were sent to all their recipients.</summary>
    public async Task<int> SendAsync(CancellationToken cancellationToken)
    {
        if (!mailer.IsConfigured) return 0;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sent = 0;
        foreach (var row in await db.Set<StoredReportSchedule>().AsNoTracking().ToListAsync(cancellationToken))
        {
            var mail = ReportSchedules.Mail(row);
            foreach (var number in mail.Unsent)
            {
                if (await ChangeAsync(row, m => m.Unsent.Contains(number) ? m with { Unsent = [.. m.Unsent.Where(n => n != number)] } : null, cancellationToken) is not { } taken) continue;
                if (await TrySendAsync(row, taken, number, cancellationToken)) sent++;
                else await ChangeAsync(row, m => m with { Unsent = [.. m.Unsent.Append(number).Distinct().Order()] }, cancellationToken);
            }
        }

        return sent;
    }

    private async Task<bool> TrySendAsync(StoredReportSchedule row, ScheduleMail mail, int number, CancellationToken cancellationToken)
    {
        var scope = new ReportScope(row.ChainId, row.Department);
        if (await archive.FindAsync(MonthlyReports.ViewerOf(row.Authority), scope, number, cancellationToken) is not { } report) return true;
        try
        {
            var pdf = printer.IsAvailable ? await printer.PrintAsync(await maker.DocumentAsync(report, MonthlyReports.ViewerOf(row.Authority)), cancellationToken) : null;
            foreach (var to in mail.To) await mailer.SendAsync(TextOf(to, mail, scope, report, pdf), cancellationToken);
            return true;
        }
        catch (Exception trouble) when (trouble is MailNotSentException or PrintProblemException)
        {
            LogNotSent(log, number, trouble.Message);
            return false;
        }
    }

    private MailMessage TextOf(string to, ScheduleMail mail, ReportScope scope, ReportModel report, byte[]? pdf)
    {
        var link = new Uri(new Uri(mail.Site), scope.Page(number: report.Number)).AbsoluteUri;
        var where = pdf is null ? "Serveren kunne ikke lave en PDF; rapporten står her:" : "Den er vedhæftet som PDF og står her:";
        return new MailMessage(to, $"Gevinstrapport nr. {report.Number}", $"Gevinstrapport nr. {report.Number} for {report.Period} er udstedt.\n\n{where}\n{link}\n\nMailen sendes hver måned. Den slås fra på rapportens side.\n")
        {
            Attachments = pdf is null ? [] : [new MailAttachment(maker.FileName(report), "application/pdf", pdf)],
        };
    }

    // Another node may change the row in the same moment: then it is read again.
    private async Task<ScheduleMail?> ChangeAsync(StoredReportSchedule row, Func<ScheduleMail, ScheduleMail?> change, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var mine = ReportSchedules.Of(db, row.Authority, new ReportScope(row.ChainId, row.Department));
        while (await mine.AsNoTracking().Select(s => s.Recipients).FirstOrDefaultAsync(cancellationToken) is { } before)
        {
            if (change(BenefitJson.Read<ScheduleMail>(before)) is not { } after) return null;
            var json = BenefitJson.Write(after);
            if (json == before || await mine.Where(s => s.Recipients == before).ExecuteUpdateAsync(s => s.SetProperty(x => x.Recipients, json), cancellationToken) > 0) return after;
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Report {Number} was not mailed and is tried again: {Why}")]
    private static partial void LogNotSent(ILogger logger, int number, string why);
}
