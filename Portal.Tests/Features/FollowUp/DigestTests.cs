using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Portal.Features.FollowUp;
using Portal.Features.FollowUp.Digest;
using Portal.Features.FollowUp.People;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Storage;
using Portal.Platform.Http;
using Portal.Platform.Mail;
using Portal.Platform.Mail.Outbox;
using Portal.Platform.Storage;
using Portal.Tests.Features.Cases;
using Portal.Tests.Ingestion.Letters;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Features.FollowUp;

public sealed class DigestTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2024-03-11", 0, "2024-03-10")]
    [InlineData("2024-03-11", 5, "2024-03-03")]
    [InlineData("2024-04-02", 1, "2024-03-26")] // over Easter: Wednesday 27 March is the second working day back
    public void An_age_in_working_days_is_a_moment(string today, int days, string last) => Assert.Equal(
        DateOnly.ParseExact(last, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        Portal.Platform.Text.DanishFormat.Day(WorkAge.Before(DateTimeOffset.ParseExact(
            today + "T10:00:00Z", "yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture), days)));

    [Fact]
    public async Task A_mail_a_working_day_counts_what_is_mine_and_nobodys_and_names_no_one()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await using var portal = new PortalTables();
        foreach (var id in new[] { "a", "b" })
        {
            await fixture.RegisterAsync(LettersFixture.Letter(id, id));
            await fixture.StatusAsync(KnownHandlinger.Fejlet, 1, id);
        }

        var anna = LettersFixture.Caseworker();
        var row = (await fixture.WorkAsync())[0];
        await fixture.Worklist.ActAsync(
            anna, new WorkAction(WorkActionKind.Assigned, null, "anna", "Anna"), [new WorkTarget(row.Id, 0)], Stop);
        var people = new WorkPeople(portal, new WriteGate(), PublicAddress.AsAsked, fixture.Time);
        await people.ChooseDigestAsync(anna, "anna@kommune.dk", new Uri("https://portal.kommune.dk/opfoelgning"), Stop);
        await people.SeenAsync(LettersFixture.Caseworker(id: "bent", name: "Bent"), Stop);
        var mailer = new KeptMails();
        using var gate = new WriteGate();
        using var sender = new DigestSender(portal, mailer, gate, fixture.Time, NullLogger<DigestSender>.Instance);
        var outbox = new MailOutbox(
            portal, [new DigestMails(portal, fixture.Worklist, PublicAddress.AsAsked, fixture.Time)], mailer, gate, fixture.Time,
            NullLogger<MailOutbox>.Instance);

        Assert.Equal(1, await sender.QueueDueAsync(Stop));
        Assert.Equal(0, await sender.QueueDueAsync(Stop)); // already queued for this day
        mailer.Fails = true;
        Assert.Equal(0, await outbox.SendDueAsync(Stop));
        mailer.Fails = false;
        Assert.Equal(0, await outbox.SendDueAsync(Stop)); // waiting before the next try
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await outbox.SendDueAsync(Stop));
        Assert.Equal(0, await outbox.SendDueAsync(Stop));
        var mail = Assert.Single(mailer.Mails);
        Assert.Equal(("anna@kommune.dk", "Opfølgning: 1 hos dig, 1 hos ingen"), (mail.To, mail.Subject));
        Assert.Contains("1  fejlet: https://portal.kommune.dk/opfoelgning?grund=failed&ejer=anna", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("24-0117", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Lejer", mail.Text, StringComparison.Ordinal);

        fixture.Time.Advance(TimeSpan.FromDays(5)); // Saturday
        Assert.Equal(0, await sender.QueueDueAsync(Stop));
        fixture.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await sender.QueueDueAsync(Stop));
        Assert.Equal(1, await outbox.SendDueAsync(Stop));

        fixture.Time.Advance(TimeSpan.FromDays(1)); // yesterday's mail is no longer worth sending
        Assert.Equal(1, await sender.QueueDueAsync(Stop));
        fixture.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await outbox.SendDueAsync(Stop));

        Assert.Equal(1, await sender.QueueDueAsync(Stop));
        await people.ChooseDigestAsync(anna, null, new Uri("https://portal.kommune.dk/"), Stop);
        Assert.Equal(0, await outbox.SendDueAsync(Stop)); // unsubscribed before it was sent
        fixture.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await sender.QueueDueAsync(Stop));
        Assert.Equal(2, mailer.Mails.Count);
    }

    [Fact]
    public async Task A_database_that_takes_no_more_does_not_end_the_sender()
    {
        await using var portal = new PortalTables();
        var time = new FakeTimeProvider(new DateTimeOffset(2024, 3, 4, 10, 0, 0, TimeSpan.Zero));
        await new WorkPeople(portal, new WriteGate(), PublicAddress.AsAsked, time)
            .ChooseDigestAsync(LettersFixture.Caseworker(), "anna@kommune.dk", new Uri("https://portal.kommune.dk/"), Stop);
        async Task SqlAsync(string sql)
        {
            await using var db = portal.CreateDbContext();
            await db.Database.ExecuteSqlRawAsync(sql, Stop);
        }

        await SqlAsync("CREATE TRIGGER full BEFORE INSERT ON OutgoingMails BEGIN SELECT RAISE(ABORT, 'full'); END");
        using var gate = new WriteGate();
        var log = new CapturedLog<DigestSender>();
        using var sender = new DigestSender(portal, new KeptMails(), gate, time, log);
        await sender.StartAsync(Stop);
        await PortalProcess.EventuallyAsync(() => Task.FromResult(log.Lines.Count > 0 || sender.ExecuteTask!.IsCompleted), known => known);

        await SqlAsync("DROP TRIGGER full");
        await PortalProcess.EventuallyAsync(
            async () =>
            {
                time.Advance(TimeSpan.FromMinutes(10));
                await using var db = portal.CreateDbContext();
                return await db.OutgoingMails.CountAsync(Stop);
            },
            mails => mails == 1);
        Assert.False(sender.ExecuteTask!.IsCompleted);
        await sender.StopAsync(Stop);
    }

    private sealed class KeptMails : IMailer
    {
        public List<MailMessage> Mails { get; } = [];

        public bool Fails { get; set; }

        public bool IsConfigured => true;

        public Task SendAsync(MailMessage message, CancellationToken cancellationToken)
        {
            if (Fails) throw new MailNotSentException("SocketException", new IOException());
            Mails.Add(message);
            return Task.CompletedTask;
        }
    }

    private sealed class PortalTables : IDbContextFactory<PortalDbContext>, IAsyncDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("people").FullName;

        public PortalTables()
        {
            using var db = CreateDbContext();
            db.Database.EnsureCreated();
        }

        private string Database => $"Data Source={Path.Combine(_folder, "p.db")}";

        public PortalDbContext CreateDbContext() =>
            new(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite(Database).Options);

        public ValueTask DisposeAsync()
        {
            Portal.Tests.Ingestion.Log.SqlitePool.Clear(Database);
            Directory.Delete(_folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
