using Portal.Benefits.Figures;
using Portal.Ingestion.Storage;
using Portal.Reports;
using Portal.Tests.Chains;
using Xunit;

namespace Portal.Tests.Reports;

/// <summary>Reports that were issued, whatever keeps them: the derived classes say which.</summary>
public abstract class ReportArchiveTests
{
    /// <summary>A database of its own.</summary>
    private protected abstract Task<ChainHouse> OpenAsync();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static ReportModel Report(ReportHouse reports, decimal now) => reports.Build(Given.Chain(Given.Benefit("Mindre spildtid", BenefitState.OnTrack, now, 0, 1000, "timer")));

    [Fact]
    public async Task An_issued_report_stays_as_it_was_whatever_the_numbers_become()
    {
        await using var reports = new ReportHouse();
        await using var house = await OpenAsync();
        using var gate = new WriteGate();
        var archive = new ReportArchive(house, gate, house.Time);
        var scope = ReportScope.Of("k");
        var first = (await archive.IssueAsync(Given.Facilitator, scope, Given.Year, Report(reports, 700), Stop))!;
        Assert.Equal((1, "udstedt 04.03.2026 kl. 11.00 af Freja"), (first.Number, first.Issued));
        var second = (await archive.IssueAsync(Given.Facilitator, scope, Given.Year, Report(reports, 925), Stop))!;
        Assert.Equal(2, second.Number);
        var kept = (await archive.FindAsync(Given.Manager, scope, 1, Stop))!;
        Assert.Equivalent(first, kept, strict: true);
        Assert.Equal("700 t", kept.Chapters[0].Benefits[0].Now);
        Assert.Equal([2, 1], (await archive.ListAsync(Given.Manager, scope, Stop)).Select(r => r.Number));
        Assert.Equal(Given.Year, (await archive.ListAsync(Given.Manager, scope, Stop))[0].Period);
    }

    [Fact]
    public async Task Numbers_run_within_an_authority_and_others_reports_do_not_exist()
    {
        await using var reports = new ReportHouse();
        await using var house = await OpenAsync();
        using var gate = new WriteGate();
        var archive = new ReportArchive(house, gate, house.Time);
        var (scope, stranger) = (ReportScope.Of("k"), ChainHouse.Facilitator("11111111"));
        await archive.IssueAsync(Given.Facilitator, scope, Given.Year, Report(reports, 1), Stop);
        Assert.Equal(1, (await archive.IssueAsync(stranger, scope, Given.Year, Report(reports, 2), Stop))!.Number);
        Assert.Equal(2, (await archive.IssueAsync(Given.Facilitator, ReportScope.All("Teknik"), Given.Year, Report(reports, 3), Stop))!.Number);
        Assert.Equal([1], (await archive.ListAsync(Given.Facilitator, scope, Stop)).Select(r => r.Number));
        Assert.Equal([2], (await archive.ListAsync(Given.Facilitator, ReportScope.All("Teknik"), Stop)).Select(r => r.Number));
        Assert.Empty(await archive.ListAsync(Given.Facilitator, ReportScope.All(""), Stop));
        Assert.Null(await archive.FindAsync(Given.Facilitator, scope, 2, Stop));
        Assert.Null(await archive.FindAsync(stranger, ReportScope.All("Teknik"), 2, Stop));
        Assert.Null(await archive.IssueAsync(Given.Manager, scope, Given.Year, Report(reports, 4), Stop));
        Assert.Null(await archive.FindAsync(Given.Facilitator with { Rights = Portal.Ingestion.Access.ViewerRights.Cases }, scope, 1, Stop));
    }

    [Fact]
    public async Task Nodes_that_issue_in_the_same_moment_get_numbers_of_their_own()
    {
        await using var reports = new ReportHouse();
        await using var house = await OpenAsync();
        var gates = Enumerable.Range(0, 6).Select(_ => new WriteGate()).ToList();
        var issued = await Task.WhenAll(gates.Select((gate, n) => Task.Run(() => new ReportArchive(house, gate, house.Time).IssueAsync(Given.Facilitator, ReportScope.Of("k"), Given.Year, Report(reports, n), Stop))));
        Assert.Equal([1, 2, 3, 4, 5, 6], issued.Select(r => r!.Number!.Value).Order());
        gates.ForEach(g => g.Dispose());
    }
}

public sealed class SqliteReportArchiveTests : ReportArchiveTests
{
    private protected override Task<ChainHouse> OpenAsync() => ChainHouse.OpenAsync();
}
