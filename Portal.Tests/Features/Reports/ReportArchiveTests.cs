using Microsoft.EntityFrameworkCore;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Reports.Issued;
using Portal.Features.Reports;
using Portal.Features.Reports.Conclusions;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;
using Portal.Platform.Documents.Model;
using Portal.Tests.Features.Chains;
using Portal.Tests.Platform.Documents;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>Issued reports, on each database; the derived classes choose it.</summary>
public abstract class ReportArchiveTests
{
    /// <summary>A separate database.</summary>
    private protected abstract Task<ChainFixture> OpenAsync();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static ReportModel Report(ReportFixture reports, decimal now) =>
        reports.Build(Given.Chain(Given.Benefit("Mindre spildtid", BenefitState.OnTrack, now, 0, 1000, "timer")));

    [Fact]
    public async Task An_issued_report_stays_as_it_was_whatever_the_numbers_become()
    {
        await using var reports = new ReportFixture();
        await using var fixture = await OpenAsync();
        using var gate = new WriteGate();
        var archive = new ReportArchive(fixture, gate, fixture.Time);
        var scope = ReportScope.Of("k");
        var first = (await archive.IssueAsync(Given.Facilitator, scope, Given.Year, Report(reports, 700), Stop))!;
        Assert.Equal(1, first.Number);
        Assert.Contains("udstedt den 4. marts 2026 kl. 11.00 af Freja", Words(first), StringComparison.Ordinal);
        var second = (await archive.IssueAsync(Given.Facilitator, scope, Given.Year, Report(reports, 925), Stop))!;
        Assert.Equal(2, second.Number);
        var kept = (await archive.FindAsync(Given.Manager, scope, 1, Portal.Platform.Text.DanishFormat.Danish, Stop))!;
        Assert.Equal((1, first.Title, Given.Year), (kept.Number, kept.Title, kept.Period));
        Assert.Equal(DocumentJson.Write(first.Document), DocumentJson.Write(kept.Document));
        Assert.Contains("|700\u00A0t|", Words(kept), StringComparison.Ordinal);
        Assert.DoesNotContain("925", Words(kept), StringComparison.Ordinal);
        Assert.Equal([2, 1], (await archive.ListAsync(Given.Manager, scope, Stop)).Select(r => r.Number));
        Assert.Equal(Given.Year, (await archive.ListAsync(Given.Manager, scope, Stop))[0].Period);
    }

    private static string Words(IssuedDocument issued) => string.Join('|', DocumentWords.Of(issued.Document));

    private async Task<(IssuedDocument? Shown, string Json)> IssuedBeforeAsync(Func<string, string> change)
    {
        await using var reports = new ReportFixture();
        await using var fixture = await OpenAsync();
        using var gate = new WriteGate();
        var archive = new ReportArchive(fixture, gate, fixture.Time);
        var scope = ReportScope.Of("k");
        await archive.IssueAsync(Given.Facilitator, scope, Given.Year, Report(reports, 700), Stop);
        var json = change(await File.ReadAllTextAsync(Before("IssuedBefore.json"), Stop));
        await using var db = fixture.CreateDbContext();
        await db.Set<StoredReport>().ExecuteUpdateAsync(s => s.SetProperty(r => r.Json, json), Stop);
        return (await archive.FindAsync(Given.Manager, scope, 1, Portal.Platform.Text.DanishFormat.Danish, Stop),
            await db.Set<StoredReport>().Select(r => r.Json).SingleAsync(Stop));
    }

    private static string Before(string file) =>
        Path.Combine(SourceTree.Root, "Portal.Tests", "Features", "Reports", file);

    // IssuedBefore.json was stored, and IssuedBefore.txt is what its page said, in the last version that stored the report's model.
    [Fact]
    public async Task A_report_issued_before_documents_were_stored_says_every_word_that_it_said_and_its_row_stays_as_it_is()
    {
        var (shown, json) = await IssuedBeforeAsync(stored => stored);
        Assert.Equal(
            DocumentWords.Bare(await File.ReadAllTextAsync(Before("IssuedBefore.txt"), Stop)), DocumentWords.OnPage(shown!.Document));
        Assert.Equal(await File.ReadAllTextAsync(Before("IssuedBefore.json"), Stop), json);
        Assert.Equal(
            ("Gevinstrapport nr. 1: Bevis for digital post i huslejesager", "Tallene er målt på 54 beskeder; grundlag og formler i bilag"),
            (shown.Document.Title, shown.Document.Footer));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"blocks\":")]
    [InlineData("{\"title\":\"a\",\"footer\":\"b\",\"blocks\":[{\"block\":\"from a later version\"}]}")]
    [InlineData("{\"title\":\"a\",\"chapters\":null}")]
    public async Task A_damaged_report_is_not_there(string damaged) => Assert.Null((await IssuedBeforeAsync(_ => damaged)).Shown);

    [Fact]
    public async Task A_report_with_a_damaged_picture_is_not_there() => Assert.Null(
        (await IssuedBeforeAsync(stored => stored.Replace("\\u003Csvg", "\\u003Csv", StringComparison.Ordinal)))
            .Shown);

    [Fact]
    public async Task Numbers_run_within_an_authority_and_others_reports_do_not_exist()
    {
        await using var reports = new ReportFixture();
        await using var fixture = await OpenAsync();
        using var gate = new WriteGate();
        var archive = new ReportArchive(fixture, gate, fixture.Time);
        var (scope, stranger) = (ReportScope.Of("k"), ChainFixture.Facilitator("11111111"));
        await archive.IssueAsync(Given.Facilitator, scope, Given.Year, Report(reports, 1), Stop);
        Assert.Equal(1, (await archive.IssueAsync(stranger, scope, Given.Year, Report(reports, 2), Stop))!.Number);
        Assert.Equal(
            2, (await archive.IssueAsync(Given.Facilitator, ReportScope.All("Teknik"), Given.Year, Report(reports, 3), Stop))!.Number);
        Assert.Equal([1], (await archive.ListAsync(Given.Facilitator, scope, Stop)).Select(r => r.Number));
        Assert.Equal([2], (await archive.ListAsync(Given.Facilitator, ReportScope.All("Teknik"), Stop)).Select(r => r.Number));
        Assert.Empty(await archive.ListAsync(Given.Facilitator, ReportScope.All(""), Stop));
        Assert.Null(await archive.FindAsync(Given.Facilitator, scope, 2, Portal.Platform.Text.DanishFormat.Danish, Stop));
        Assert.Null(await archive.FindAsync(stranger, ReportScope.All("Teknik"), 2, Portal.Platform.Text.DanishFormat.Danish, Stop));
        Assert.Null(await archive.IssueAsync(Given.Manager, scope, Given.Year, Report(reports, 4), Stop));
        Assert.Null(
            await archive.FindAsync(Given.Facilitator with { Rights = Portal.Ingestion.Domain.ViewerRights.Cases }, scope, 1,
                Portal.Platform.Text.DanishFormat.Danish, Stop));
    }

    [Fact]
    public async Task Nodes_that_issue_in_the_same_moment_get_numbers_of_their_own()
    {
        await using var reports = new ReportFixture();
        await using var fixture = await OpenAsync();
        var gates = Enumerable.Range(0, 6).Select(_ => new WriteGate()).ToList();
        var issued = await Task.WhenAll(gates.Select((gate, n) => Task.Run(() => new ReportArchive(fixture, gate, fixture.Time)
            .IssueAsync(Given.Facilitator, ReportScope.Of("k"), Given.Year, Report(reports, n), Stop))));
        Assert.Equal([1, 2, 3, 4, 5, 6], issued.Select(r => r!.Number).Order());
        gates.ForEach(g => g.Dispose());
    }

    [Fact]
    public async Task A_conclusion_over_all_chains_is_kept_for_its_department_and_period_and_can_be_taken_back()
    {
        await using var fixture = await OpenAsync();
        using var gate = new WriteGate();
        var conclusions = new ReportConclusions(
            fixture, new BenefitStore(fixture, fixture.Store, gate, new LogSignal(), fixture.Time), gate, fixture.Time);
        var (all, teknik, half) = (ReportScope.All(null), ReportScope.All("Teknik"), new Period(Given.Year.First, Given.Year.First + 5));
        Task<BenefitOutcome> WriteAsync(ReportScope scope, string text, Portal.Ingestion.Domain.Viewer? viewer = null) =>
            conclusions.WriteAsync(viewer ?? Given.Facilitator, scope, Given.Year, text, Given.Today, Stop);
        async Task<string?> ConclusionAsync(ReportScope scope, Period period, Portal.Ingestion.Domain.Viewer? viewer = null) =>
            (await conclusions.OfAllAsync(viewer ?? Given.Manager, scope.Department, period, Stop))?.Text;

        Assert.True((await WriteAsync(all, "Først")).IsDone);
        Assert.True((await WriteAsync(all, " Det går godt. ")).IsDone);
        Assert.True((await WriteAsync(teknik, "Teknik går bedre")).IsDone);
        Assert.Equal(("Det går godt.", "Teknik går bedre", null, null),
            (await ConclusionAsync(all, Given.Year), await ConclusionAsync(teknik, Given.Year), await ConclusionAsync(all, half),
                await ConclusionAsync(all, Given.Year, ChainFixture.Facilitator("11111111"))));
        Assert.Equal(("Freja", fixture.Time.GetUtcNow()),
            await conclusions.OfAllAsync(Given.Manager, "", Given.Year, Stop) is { } kept ? (kept.By, kept.At) : default);

        Assert.False((await WriteAsync(all, "Må jeg?", Given.Manager)).IsDone);
        Assert.Equal("TextHasCpr", Assert.Single((await WriteAsync(all, "010190-1234 er glad")).Problems).Text.Key);
        Assert.Equal("NoteEmpty", Assert.Single((await WriteAsync(all, "  ")).Problems).Text.Key);

        Assert.True((await conclusions.UseRulesAsync(Given.Facilitator, all, Given.Year, Stop)).IsDone);
        Assert.Equal((null, "Teknik går bedre"), (await ConclusionAsync(all, Given.Year), await ConclusionAsync(teknik, Given.Year)));
    }
}

public sealed class SqliteReportArchiveTests : ReportArchiveTests
{
    private protected override Task<ChainFixture> OpenAsync() => ChainFixture.OpenAsync();
}
