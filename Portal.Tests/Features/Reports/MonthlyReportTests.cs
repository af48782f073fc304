using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Features.Benefits.Figures;
using Portal.Features.Reports.Issued;
using Portal.Features.Reports;
using Portal.Features.Reports.Monthly;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;
using Portal.Platform.Mail;
using Portal.Platform.Mail.Outbox;
using Portal.Platform.Text;
using Portal.Tests.Features.Chains;
using Portal.Tests.Platform.Documents;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>Reports that are issued automatically, on each database; the derived classes choose it.</summary>
public abstract class MonthlyReportTests : IAsyncLifetime
{
    private static readonly Uri Site = new("https://portal.kommune.dk/");
    private readonly ReportFixture _reports = new();
    private readonly WriteGate _gate = new(), _otherGate = new();
    private readonly KeptMails _mailer = new();
    private readonly FakePdf _pdf = new();
    private ChainFixture _fixture = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ReportScope Scope { get; } = ReportScope.Of("k");

    private ReportArchive Archive => new(_fixture, _gate, _fixture.Time);

    private ReportSchedules Schedules => new(_fixture, _gate, Portal.Platform.Http.PublicAddress.AsAsked, _fixture.Time);

    private MonthlyReports Node(WriteGate? gate = null) =>
        new(_fixture, _reports.Maker, new ReportArchive(_fixture, gate ?? _gate, _fixture.Time), _fixture.Time);

    private ReportMails Writer => new(_fixture, Archive, _pdf, _gate, Portal.Platform.Http.PublicAddress.AsAsked, _fixture.Time);

    private ReportMailStates States => new(_fixture, _fixture.Time);

    // A portal with nothing in memory.
    private MailOutbox Outbox(IMailer? mailer = null, WriteGate? gate = null) =>
        new(_fixture, [Writer], mailer ?? _mailer, gate ?? _gate, _fixture.Time, NullLogger<MailOutbox>.Instance);

    /// <summary>A separate database.</summary>
    private protected abstract Task<ChainFixture> OpenAsync();

    public async ValueTask InitializeAsync()
    {
        _fixture = await OpenAsync();
        _reports.Figures.Chains["k"] = Given.Chain(Given.Benefit("Mindre spildtid", BenefitState.OnTrack, 925, 0, 1000, "timer"));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _fixture.DisposeAsync();
        await _reports.DisposeAsync();
        _gate.Dispose();
        _otherGate.Dispose();
    }

    private Task<ProblemText?> StartAsync(string recipients = "") => Schedules.SaveAsync(Given.Facilitator, Scope, recipients, Site, Stop);

    [Fact]
    public async Task A_month_is_issued_when_it_is_over_and_only_once()
    {
        Assert.Null(await StartAsync());
        Assert.Equal(0, await Node().IssueDueAsync(Stop)); // March has just begun
        _fixture.Time.SetUtcNow(new DateTimeOffset(2026, 3, 31, 21, 59, 0, TimeSpan.Zero));
        Assert.Equal(0, await Node().IssueDueAsync(Stop));
        _fixture.Time.SetUtcNow(new DateTimeOffset(2026, 3, 31, 22, 0, 0, TimeSpan.Zero)); // midnight in Copenhagen
        Assert.Equal(1, await Node().IssueDueAsync(Stop));
        Assert.Equal(0, await Node().IssueDueAsync(Stop));
        var issued = Assert.Single(await Archive.ListAsync(Given.Manager, Scope, Stop));
        Assert.Equal((new Period(Month.Of(2025, 4), Month.Of(2026, 3)), MonthlyReports.Issuer), (issued.Period, issued.IssuedBy));
        Assert.Equal(Month.Of(2026, 3), (await Schedules.FindAsync(Given.Manager, Scope, Stop))!.LastMonth);
    }

    [Fact]
    public async Task Months_that_were_missed_are_made_up_for_oldest_first_up_to_a_year()
    {
        await StartAsync();
        _fixture.Time.SetUtcNow(new DateTimeOffset(2026, 6, 10, 8, 0, 0, TimeSpan.Zero));
        Assert.Equal(3, await Node().IssueDueAsync(Stop));
        Assert.Equal(
            ["2026-05", "2026-04", "2026-03"], (await Archive.ListAsync(Given.Manager, Scope, Stop)).Select(r => r.Period.Last.ToString()));
        _fixture.Time.SetUtcNow(new DateTimeOffset(2029, 6, 10, 8, 0, 0, TimeSpan.Zero));
        Assert.Equal(12, await Node().IssueDueAsync(Stop));
    }

    [Fact]
    public async Task Two_nodes_in_the_same_moment_issue_one_report()
    {
        await StartAsync();
        _fixture.Time.SetUtcNow(new DateTimeOffset(2026, 4, 2, 8, 0, 0, TimeSpan.Zero));
        var made = await Task.WhenAll(Task.Run(() => Node().IssueDueAsync(Stop)), Task.Run(() => Node(_otherGate).IssueDueAsync(Stop)));
        Assert.Equal(1, made.Sum());
        Assert.Single(await Archive.ListAsync(Given.Manager, Scope, Stop));
    }

    private async Task IssueAsync(string recipients)
    {
        Assert.Null(await StartAsync(recipients));
        _fixture.Time.SetUtcNow(new DateTimeOffset(2026, 4, 2, 8, 0, 0, TimeSpan.Zero));
        Assert.Equal(1, await Node().IssueDueAsync(Stop));
    }

    private async Task<ReportMailStatus> StandingAsync() => Assert.Single(await States.ReadAsync(Given.Facilitator, Scope, Stop));

    [Fact]
    public async Task It_is_mailed_with_its_PDF_once()
    {
        await IssueAsync("mette@kommune.dk; bo@kommune.dk");
        Assert.Equal((ReportMailState.Waiting, 2, 0),
            ((await StandingAsync()).State, (await StandingAsync()).Count, (await StandingAsync()).Attempts));
        Assert.Equal(2, await Outbox().SendDueAsync(Stop));
        _fixture.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await Outbox().SendDueAsync(Stop));
        Assert.Equal(["mette@kommune.dk", "bo@kommune.dk"], _mailer.Mails.Select(m => m.To));
        Assert.Equal(2, _mailer.Mails.Select(m => m.Id).Distinct().Count());
        var mail = _mailer.Mails[0];
        Assert.Equal("Gevinstrapport nr. 1", mail.Subject);
        Assert.Contains("for 1. april 2025 – 31. marts 2026 er udstedt", mail.Text, StringComparison.Ordinal);
        Assert.Contains("https://portal.kommune.dk/effektkaeder/k/rapport?nr=1", mail.Text, StringComparison.Ordinal);
        var file = Assert.Single(mail.Attachments);
        Assert.Equal(
            ("gevinstrapport-bevis-for-digital-post-i-huslejesager-nr-1-2025-04-til-2026-03.pdf", "application/pdf"),
            (file.Name, file.MediaType));
        var (document, cachedFor) = Assert.Single(_pdf.Made);
        Assert.StartsWith("Gevinstrapport nr. 1: ", document.Title, StringComparison.Ordinal);
        Assert.Equal(ChainFixture.Own, cachedFor);
        Assert.NotEmpty(file.Content);
        Assert.Equal((ReportMailState.Sent, 2), ((await StandingAsync()).State, (await StandingAsync()).Count));
        Assert.Equal(["bo@kommune.dk", "mette@kommune.dk"], (await StandingAsync()).To);
        Assert.Empty(Assert.Single(await States.ReadAsync(Given.Manager, Scope, Stop)).To);
        Assert.Empty(await States.ReadAsync(ChainFixture.Facilitator("11111111"), Scope, Stop));
    }

    [Fact]
    public async Task What_the_server_does_not_take_is_tried_again_with_growing_pauses_until_it_is_not_worth_sending()
    {
        await IssueAsync("mette@kommune.dk");
        _mailer.Fails = true;
        foreach (var minutes in (int[])[1, 5, 15, 60])
        {
            Assert.Equal(0, await Outbox().SendDueAsync(Stop));
            var waiting = await StandingAsync();
            Assert.Equal((ReportMailState.Waiting, _fixture.Time.GetUtcNow().AddMinutes(minutes)), (waiting.State, waiting.At));
            _fixture.Time.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            await Outbox().SendDueAsync(Stop); // too early: nothing is tried
            Assert.Equal(waiting, await StandingAsync() with { To = waiting.To });
            _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        }

        _mailer.Fails = false;
        Assert.Equal(1, await Outbox().SendDueAsync(Stop));
        Assert.Equal(5, (await StandingAsync()).Attempts);

        _fixture.Time.SetUtcNow(new DateTimeOffset(2026, 5, 2, 8, 0, 0, TimeSpan.Zero));
        await Node().IssueDueAsync(Stop);
        _fixture.Time.Advance(TimeSpan.FromDays(15));
        Assert.Equal(0, await Outbox().SendDueAsync(Stop));
        Assert.Equal(ReportMailState.GivenUp, (await States.ReadAsync(Given.Facilitator, Scope, Stop))[0].State);
        Assert.Single(_mailer.Mails);
    }

    [Fact]
    public async Task A_portal_that_dies_with_the_mail_in_hand_loses_nothing_and_the_mail_keeps_its_name()
    {
        await IssueAsync("mette@kommune.dk");
        var dying = new DyingMails();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => Outbox(dying).SendDueAsync(Stop));
        Assert.Equal(ReportMailState.Sending, (await StandingAsync()).State);
        Assert.Equal(0, await Outbox().SendDueAsync(Stop)); // its claim still holds
        _fixture.Time.Advance(MailOutbox.Lease);
        Assert.Equal(1, await Outbox().SendDueAsync(Stop));
        Assert.Equal(dying.Id, Assert.Single(_mailer.Mails).Id);
    }

    [Fact]
    public async Task Two_portals_in_the_same_moment_send_each_mail_once()
    {
        await IssueAsync(string.Join(",", Enumerable.Range(0, 8).Select(n => $"m{n}@kommune.dk")));
        var sent =
            await Task.WhenAll(Task.Run(() => Outbox().SendDueAsync(Stop)), Task.Run(() => Outbox(gate: _otherGate).SendDueAsync(Stop)));
        Assert.Equal((8, 8), (sent.Sum(), _mailer.Mails.Select(m => m.To).Distinct().Count()));
        Assert.Equal(8, _mailer.Mails.Count);
    }

    [Fact]
    public async Task Who_is_taken_off_before_it_is_sent_gets_nothing_and_old_mail_is_forgotten()
    {
        await IssueAsync("mette@kommune.dk, bo@kommune.dk");
        await StartAsync("bo@kommune.dk");
        Assert.Equal(1, await Outbox().SendDueAsync(Stop));
        Assert.Equal([(ReportMailState.Sent, "bo@kommune.dk"), (ReportMailState.Dropped, "mette@kommune.dk")],
            (await States.ReadAsync(Given.Facilitator, Scope, Stop)).Select(s => (s.State, Assert.Single(s.To))));
        _fixture.Time.Advance(TimeSpan.FromDays(91));
        await Outbox().SendDueAsync(Stop);
        Assert.Empty(await States.ReadAsync(Given.Facilitator, Scope, Stop));
    }

    [Fact]
    public async Task What_waited_before_there_was_an_outbox_is_taken_over_once()
    {
        await StartAsync("bo@kommune.dk\u2028eva@kommune.dk\tmette@kommune.dk\u0085");
        Assert.Equal(
            ["bo@kommune.dk", "eva@kommune.dk", "mette@kommune.dk"], (await Schedules.FindAsync(Given.Facilitator, Scope, Stop))!.To);
        await StartAsync("mette@kommune.dk");
        await Archive.IssueAsync(Given.Facilitator, Scope, Given.Year, _reports.Build(_reports.Figures.Chains["k"]), Stop);
        await using (var db = _fixture.CreateDbContext())
        {
            await db.Set<StoredReportSchedule>().ExecuteUpdateAsync(s => s.SetProperty(
                x => x.Recipients, """{"to":["mette@kommune.dk"],"site":"https://portal.kommune.dk/","unsent":[1]}"""), Stop);
        }

        await Writer.TakeOverAsync(Stop);
        await Writer.TakeOverAsync(Stop);
        Assert.Equal(1, await Outbox().SendDueAsync(Stop));
    }

    [Fact]
    public async Task A_report_too_long_for_a_PDF_is_mailed_as_a_link_and_without_mail_it_is_listed_all_the_same()
    {
        await IssueAsync("mette@kommune.dk");
        _mailer.IsConfigured = false;
        Assert.Equal(0, await Outbox().SendDueAsync(Stop));
        Assert.Single(await Archive.ListAsync(Given.Manager, Scope, Stop));
        (_mailer.IsConfigured, _pdf.IsTooLarge) = (true, true);
        Assert.Equal(1, await Outbox().SendDueAsync(Stop));
        var mail = Assert.Single(_mailer.Mails);
        Assert.Empty(mail.Attachments);
        Assert.Contains("for lang til at blive vedhæftet som PDF; den står her:\nhttps://portal.kommune.dk/effektkaeder/k/rapport?nr=1",
            mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_edit_starts_nothing_and_a_wrong_address_is_named()
    {
        Assert.NotNull(await Schedules.SaveAsync(Given.Manager, Scope, "", Site, Stop));
        Assert.Equal("»mette« er ikke en mailadresse. Intet er gemt.", (await StartAsync("bo@kommune.dk, mette"))?.Danish);
        Assert.Null(await Schedules.FindAsync(Given.Facilitator, Scope, Stop));
        await StartAsync("bo@kommune.dk");
        await StartAsync("bo@kommune.dk\u2028eva@kommune.dk\tmette@kommune.dk\u0085");
        Assert.Equal(
            ["bo@kommune.dk", "eva@kommune.dk", "mette@kommune.dk"], (await Schedules.FindAsync(Given.Facilitator, Scope, Stop))!.To);
        await StartAsync("mette@kommune.dk");
        Assert.Equal(["mette@kommune.dk"], (await Schedules.FindAsync(Given.Facilitator, Scope, Stop))!.To);
        Assert.Null(await Schedules.FindAsync(ChainFixture.Facilitator("11111111"), Scope, Stop));
        await Schedules.EndAsync(Given.Manager, Scope, Stop);
        Assert.NotNull(await Schedules.FindAsync(Given.Facilitator, Scope, Stop));
        await Schedules.EndAsync(Given.Facilitator, Scope, Stop);
        Assert.Null(await Schedules.FindAsync(Given.Facilitator, Scope, Stop));
    }

    [Fact]
    public async Task A_chain_that_is_gone_gives_no_report_and_stops_no_others()
    {
        await StartAsync();
        await Schedules.SaveAsync(Given.Facilitator, ReportScope.Of("borte"), "", Site, Stop);
        _fixture.Time.SetUtcNow(new DateTimeOffset(2026, 4, 2, 8, 0, 0, TimeSpan.Zero));
        Assert.Equal(1, await Node().IssueDueAsync(Stop));
    }

    [Fact]
    public async Task A_chain_that_cannot_be_reported_stops_no_other_report()
    {
        await StartAsync();
        await Schedules.SaveAsync(Given.Facilitator, ReportScope.Of("forkert"), "", Site, Stop);
        _reports.Figures.Failing.Add("forkert");
        _fixture.Time.SetUtcNow(new DateTimeOffset(2026, 4, 2, 8, 0, 0, TimeSpan.Zero));
        var partly = await Assert.ThrowsAsync<PartlyFailedException>(() => Node().IssueDueAsync(Stop));
        Assert.Equal("1 af 2 kunne ikke behandles. De øvrige er gjort.", partly.Why);
        Assert.Single(await Archive.ListAsync(Given.Manager, Scope, Stop));
    }

    [Fact]
    public async Task A_mail_that_cannot_be_written_stops_no_other_mail()
    {
        await IssueAsync("mette@kommune.dk, bo@kommune.dk");
        _mailer.Refuses = to => to.StartsWith("mette", StringComparison.Ordinal) ? new FormatException() : null;
        Assert.Equal(1, await Outbox().SendDueAsync(Stop));
        Assert.Equal("bo@kommune.dk", Assert.Single(_mailer.Mails).To);
        _mailer.Refuses = _ => null;
        _fixture.Time.Advance(MailPauses.After(1));
        Assert.Equal(1, await Outbox().SendDueAsync(Stop));
        Assert.Equal(2, _mailer.Mails.Count);
    }

    // Acts as if the program were killed after the server accepted the mail and before that was recorded.
    private sealed class DyingMails : IMailer
    {
        public string? Id { get; private set; }

        public bool IsConfigured => true;

        public Task SendAsync(MailMessage message, CancellationToken cancellationToken)
        {
            Id = message.Id;
            throw new StorageUnavailableException("Killed.");
        }
    }

    private sealed class KeptMails : IMailer
    {
        private readonly ConcurrentQueue<MailMessage> _mails = [];

        public IReadOnlyList<MailMessage> Mails => [.. _mails];

        public bool Fails { get; set; }

        public bool IsConfigured { get; set; } = true;

        public Func<string, Exception?> Refuses { get; set; } = _ => null;

        public Task SendAsync(MailMessage message, CancellationToken cancellationToken)
        {
            if (Refuses(message.To) is { } problem) throw problem;
            if (Fails) throw new MailNotSentException("SocketException", new IOException());
            _mails.Enqueue(message);
            return Task.CompletedTask;
        }
    }
}

public sealed class SqliteMonthlyReportTests : MonthlyReportTests
{
    private protected override Task<ChainFixture> OpenAsync() => ChainFixture.OpenAsync();
}
