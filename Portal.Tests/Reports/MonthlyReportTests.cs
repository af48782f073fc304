using Microsoft.Extensions.Logging.Abstractions;
using Portal.Benefits.Figures;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Time;
using Portal.Mail;
using Portal.Reports;
using Portal.Reports.Monthly;
using Portal.Tests.Chains;
using Portal.Tests.Evidence;
using Xunit;

namespace Portal.Tests.Reports;

/// <summary>Reports that are issued by themselves, whatever keeps them: the derived classes say which.</summary>
public abstract class MonthlyReportTests : IAsyncLifetime
{
    private static readonly Uri Site = new("https://portal.kommune.dk/");
    private readonly ReportHouse _reports = new();
    private readonly WriteGate _gate = new(), _otherGate = new();
    private readonly KeptMails _mailer = new();
    private readonly FakePrinter _printer = new();
    private ChainHouse _house = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ReportScope Scope { get; } = ReportScope.Of("k");

    private ReportArchive Archive => new(_house, _gate, _house.Time);

    private ReportSchedules Schedules => new(_house, _gate, _house.Time);

    private MonthlyReports Node(WriteGate? gate = null) => new(_house, _reports.Maker, new ReportArchive(_house, gate ?? _gate, _house.Time), _house.Time);

    private ReportMails Mails => new(_house, Archive, _reports.Maker, _printer, _mailer, NullLogger<ReportMails>.Instance);

    /// <summary>A database of its own.</summary>
    private protected abstract Task<ChainHouse> OpenAsync();

    public async ValueTask InitializeAsync()
    {
        _house = await OpenAsync();
        _reports.Figures.Chains["k"] = Given.Chain(Given.Benefit("Mindre spildtid", BenefitState.OnTrack, 925, 0, 1000, "timer"));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _house.DisposeAsync();
        await _reports.DisposeAsync();
        _gate.Dispose();
        _otherGate.Dispose();
    }

    private Task<string?> StartAsync(string recipients = "") => Schedules.SaveAsync(Given.Facilitator, Scope, recipients, Site, Stop);

    [Fact]
    public async Task A_month_is_issued_when_it_is_over_and_only_once()
    {
        Assert.Null(await StartAsync());
        Assert.Equal(0, await Node().IssueDueAsync(Stop)); // March has just begun
        _house.Time.SetUtcNow(new DateTimeOffset(2026, 3, 31, 21, 59, 0, TimeSpan.Zero));
        Assert.Equal(0, await Node().IssueDueAsync(Stop));
        _house.Time.SetUtcNow(new DateTimeOffset(2026, 3, 31, 22, 0, 0, TimeSpan.Zero)); // midnight in Copenhagen
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
        _house.Time.SetUtcNow(new DateTimeOffset(2026, 6, 10, 8, 0, 0, TimeSpan.Zero));
        Assert.Equal(3, await Node().IssueDueAsync(Stop));
        Assert.Equal(["2026-05", "2026-04", "2026-03"], (await Archive.ListAsync(Given.Manager, Scope, Stop)).Select(r => r.Period.Last.ToString()));
        _house.Time.SetUtcNow(new DateTimeOffset(2029, 6, 10, 8, 0, 0, TimeSpan.Zero));
        Assert.Equal(12, await Node().IssueDueAsync(Stop));
    }

    [Fact]
    public async Task Two_nodes_in_the_same_moment_issue_one_report()
    {
        await StartAsync();
        _house.Time.SetUtcNow(new DateTimeOffset(2026, 4, 2, 8, 0, 0, TimeSpan.Zero));
        var made = await Task.WhenAll(Task.Run(() => Node().IssueDueAsync(Stop)), Task.Run(() => Node(_otherGate).IssueDueAsync(Stop)));
        Assert.Equal(1, made.Sum());
        Assert.Single(await Archive.ListAsync(Given.Manager, Scope, Stop));
    }

    [Fact]
    public async Task It_is_mailed_with_its_PDF_once_and_again_only_when_the_server_did_not_take_it()
    {
        Assert.Null(await StartAsync("mette@kommune.dk; bo@kommune.dk"));
        _house.Time.SetUtcNow(new DateTimeOffset(2026, 4, 2, 8, 0, 0, TimeSpan.Zero));
        await Node().IssueDueAsync(Stop);
        _mailer.Fails = true;
        Assert.Equal(0, await Mails.SendAsync(Stop));
        _mailer.Fails = false;
        Assert.Equal(1, await Mails.SendAsync(Stop));
        Assert.Equal(0, await Mails.SendAsync(Stop));
        Assert.Equal(["mette@kommune.dk", "bo@kommune.dk"], _mailer.Mails.Select(m => m.To));
        var mail = _mailer.Mails[0];
        Assert.Equal("Gevinstrapport nr. 1", mail.Subject);
        Assert.Contains("for 1. april 2025 – 31. marts 2026 er udstedt", mail.Text, StringComparison.Ordinal);
        Assert.Contains("https://portal.kommune.dk/effektkaeder/k/rapport?nr=1", mail.Text, StringComparison.Ordinal);
        var file = Assert.Single(mail.Attachments);
        Assert.Equal(("gevinstrapport-nr-1.pdf", "application/pdf"), (file.Name, file.MediaType));
        Assert.NotEmpty(file.Content);
    }

    [Fact]
    public async Task Without_a_browser_the_mail_leads_to_the_page_and_without_mail_the_report_is_listed_all_the_same()
    {
        await StartAsync("mette@kommune.dk");
        _house.Time.SetUtcNow(new DateTimeOffset(2026, 4, 2, 8, 0, 0, TimeSpan.Zero));
        await Node().IssueDueAsync(Stop);
        _mailer.IsConfigured = false;
        Assert.Equal(0, await Mails.SendAsync(Stop));
        Assert.Single(await Archive.ListAsync(Given.Manager, Scope, Stop));
        (_mailer.IsConfigured, _printer.IsAvailable) = (true, false);
        Assert.Equal(1, await Mails.SendAsync(Stop));
        Assert.Empty(Assert.Single(_mailer.Mails).Attachments);
    }

    [Fact]
    public async Task Who_may_not_edit_starts_nothing_and_a_wrong_address_is_named()
    {
        Assert.NotNull(await Schedules.SaveAsync(Given.Manager, Scope, "", Site, Stop));
        Assert.Equal("»mette« er ikke en mailadresse. Intet er gemt.", await StartAsync("bo@kommune.dk, mette"));
        Assert.Null(await Schedules.FindAsync(Given.Facilitator, Scope, Stop));
        await StartAsync("bo@kommune.dk");
        await StartAsync("mette@kommune.dk");
        Assert.Equal(["mette@kommune.dk"], (await Schedules.FindAsync(Given.Facilitator, Scope, Stop))!.To);
        Assert.Null(await Schedules.FindAsync(ChainHouse.Facilitator("11111111"), Scope, Stop));
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
        _house.Time.SetUtcNow(new DateTimeOffset(2026, 4, 2, 8, 0, 0, TimeSpan.Zero));
        Assert.Equal(1, await Node().IssueDueAsync(Stop));
    }

    private sealed class KeptMails : IMailer
    {
        public List<MailMessage> Mails { get; } = [];

        public bool Fails { get; set; }

        public bool IsConfigured { get; set; } = true;

        public Task SendAsync(MailMessage message, CancellationToken cancellationToken)
        {
            if (Fails) throw new MailNotSentException("SocketException", new IOException());
            Mails.Add(message);
            return Task.CompletedTask;
        }
    }
}

public sealed class SqliteMonthlyReportTests : MonthlyReportTests
{
    private protected override Task<ChainHouse> OpenAsync() => ChainHouse.OpenAsync();
}
