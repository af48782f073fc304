using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Portal.Features.FollowUp.Digest;
using Portal.Features.Reports.Monthly;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Domain;
using Portal.Platform.Mail.Outbox;
using Portal.Tests.Platform.Mail;
using Portal.Tests.Stories;

namespace Portal.Tests.PersonNumbers;

/// <summary>Has every kind of mail sent, and searches what the mail server got.</summary>
internal static class SeededMails
{
    /// <summary>The kinds: a number that is asked for, the daily worklist, the monthly report.</summary>
    private const int Kinds = 3;

    public static async Task SearchAsync(HostedPortal portal, SmtpPeer peer, Output output, CancellationToken stop)
    {
        // Not later: it is not worth sending next month. The portal's own round comes once a minute.
        var now = portal.Services.GetRequiredService<MailOutbox>();
        await RunningPortal.EventuallyAsync(async () =>
        {
            await now.SendDueAsync(stop);
            return peer.Mails.Count;
        }, count => count > 0);

        // The first working day of next month, when the month's report and the day's worklist are due.
        var first = (Month.Of(DanishTime.DateOf(DateTimeOffset.UtcNow)) + 1).First;
        while (!DanishCalendar.IsWorkingDay(first)) first = first.AddDays(1);
        var later = new FakeTimeProvider(new DateTimeOffset(first.ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero));
        await ActivatorUtilities.CreateInstance<DigestSender>(portal.Services, later).QueueDueAsync(stop);
        await ActivatorUtilities.CreateInstance<MonthlyReports>(portal.Services, later).IssueDueAsync(stop);
        var outbox = ActivatorUtilities.CreateInstance<MailOutbox>(portal.Services, later);
        await RunningPortal.EventuallyAsync(async () =>
        {
            await outbox.SendDueAsync(stop);
            return peer.Mails.Count;
        }, count => count >= Kinds);
        foreach (var mail in peer.Mails)
        {
            using var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail));
            using var message = await MimeMessage.LoadAsync(bytes, stop);
            output.Text("mail headers", string.Join('\n', message.Headers.Select(h => $"{h.Field}: {h.Value}")));
            output.Text("mail text", $"{message.Subject}\n{message.TextBody}\n{message.HtmlBody}");
            foreach (var file in message.Attachments.OfType<MimePart>())
            {
                using var content = new MemoryStream();
                await file.Content!.DecodeToAsync(content, stop);
                output.Text("mail attachment's name", file.FileName);
                output.File("mail attachment", content.ToArray());
            }
        }
    }
}
