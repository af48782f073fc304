using System.Text;
using Microsoft.Extensions.Configuration;
using MimeKit;
using Portal.Ingestion.Settings;
using Portal.Platform.Mail;
using Xunit;

namespace Portal.Tests.Platform.Mail;

public sealed class MailTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static SmtpSettings Read(params (string Key, string Value)[] pairs) =>
        SmtpSettings.Read(
            new ConfigurationBuilder().AddInMemoryCollection(pairs.Select(p => KeyValuePair.Create(p.Key, (string?)p.Value))).Build());

    [Fact]
    public async Task A_mail_is_handed_to_the_server_as_written()
    {
        await using var peer = new SmtpPeer();
        await new SmtpMailer(new SmtpSettings("127.0.0.1", peer.Port, null, null, "portal@kommune.dk"))
            .SendAsync(new MailMessage("sofie@kommune.dk", "Opfølgning", "3 rækker"), Stop);
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(Assert.Single(peer.Mails)));
        using var mail = await MimeMessage.LoadAsync(bytes, Stop);
        Assert.Equal(("sofie@kommune.dk", "portal@kommune.dk", "Opfølgning", "3 rækker"),
            (mail.To.ToString(), mail.From.ToString(), mail.Subject, mail.TextBody?.Trim()));
    }

    [Fact]
    public async Task A_file_goes_along_whole()
    {
        await using var peer = new SmtpPeer();
        byte[] content = [.. Enumerable.Range(0, 4000).Select(n => (byte)n)];
        await new SmtpMailer(new SmtpSettings("127.0.0.1", peer.Port, null, null, "portal@kommune.dk")).SendAsync(
            new MailMessage("mette@kommune.dk", "Gevinstrapport nr. 1",
                "Vedhæftet.") { Attachments = [new MailAttachment("gevinstrapport-nr-1.pdf", "application/pdf", content)] }, Stop);
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(Assert.Single(peer.Mails)));
        using var mail = await MimeMessage.LoadAsync(bytes, Stop);
        var file = Assert.IsType<MimePart>(Assert.Single(mail.Attachments));
        Assert.Equal(("gevinstrapport-nr-1.pdf", "application/pdf", "Vedhæftet."),
            (file.FileName, file.ContentType.MimeType, mail.TextBody?.Trim()));
        using var read = new MemoryStream();
        await file.Content!.DecodeToAsync(read, Stop);
        Assert.Equal(content, read.ToArray());
    }

    [Fact]
    public async Task A_refused_mail_is_said_without_its_address()
    {
        await using var peer = new SmtpPeer(refuses: true);
        var mailer = new SmtpMailer(new SmtpSettings("127.0.0.1", peer.Port, null, null, "portal@kommune.dk"));
        var error =
            await Assert.ThrowsAsync<MailNotSentException>(() => mailer.SendAsync(new MailMessage("sofie@kommune.dk", "x", "y"), Stop));
        Assert.DoesNotContain("sofie", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_elsewhere_that_does_not_encrypt_gets_no_mail_unless_that_is_written()
    {
        var elsewhere = Read(("Smtp:Host", "mail.kommune.dk"), ("Smtp:From", "portal@kommune.dk"));
        Assert.True(elsewhere.DemandsTls);
        Assert.False(Read(("Smtp:Host", "localhost"), ("Smtp:From", "portal@kommune.dk")).DemandsTls);
        Assert.False(Read(("Smtp:Host", "mail.kommune.dk"), ("Smtp:From", "a@kommune.dk"), ("Smtp:Tls", "offered")).DemandsTls);
        await using var peer = new SmtpPeer();
        var mailer = new SmtpMailer(elsewhere with { Host = "127.0.0.1", Port = peer.Port });
        await Assert.ThrowsAsync<MailNotSentException>(() => mailer.SendAsync(new MailMessage("sofie@kommune.dk", "x", "y"), Stop));
        Assert.Empty(peer.Mails);
    }

    [Fact]
    public async Task A_line_feed_in_an_address_or_a_subject_adds_no_header_and_no_recipient()
    {
        await using var peer = new SmtpPeer();
        var mailer = new SmtpMailer(new SmtpSettings("127.0.0.1", peer.Port, null, null, "portal@kommune.dk"));
        await Assert.ThrowsAsync<MailNotSentException>(
            () => mailer.SendAsync(new MailMessage("sofie@kommune.dk\r\nBcc: x@evil.example", "x", "y"), Stop));
        await mailer.SendAsync(new MailMessage("sofie@kommune.dk", "x\r\nBcc: x@evil.example", "y"), Stop);
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(Assert.Single(peer.Mails)));
        using var mail = await MimeMessage.LoadAsync(bytes, Stop);
        Assert.Empty(mail.Bcc);
        Assert.Equal("sofie@kommune.dk", mail.To.ToString());
    }

    [Fact]
    public async Task Without_a_host_nothing_is_sent()
    {
        var mailer = new SmtpMailer(Read());
        Assert.False(mailer.IsConfigured);
        await Assert.ThrowsAsync<InvalidOperationException>(() => mailer.SendAsync(new MailMessage("a@b.dk", "x", "y"), Stop));
    }

    [Theory]
    [InlineData("Smtp:From", "mail.kommune.dk", "", "587")]
    [InlineData("Smtp:From", "mail.kommune.dk", "ikke en adresse@", "587")]
    [InlineData("Smtp:Port", "mail.kommune.dk", "a@b.dk", "0")]
    [InlineData("Smtp:Host", "mail kommune", "a@b.dk", "25")]
    [InlineData("Smtp:Tls", "mail.kommune.dk", "a@b.dk", "25", "never")]
    public void A_wrong_key_is_named(string key, string host, string from, string port, string tls = "") =>
        Assert.Equal(key, Assert.Throws<ConfigurationProblemException>(
            () => Read(("Smtp:Host", host), ("Smtp:From", from), ("Smtp:Port", port), ("Smtp:Tls", tls))).Key);
}
