using Microsoft.Extensions.Time.Testing;
using Portal.Platform.Documents;
using Xunit;

namespace Portal.Tests.Platform.Documents;

/// <summary>A document that was just printed is served from memory; one about citizens is printed every time.</summary>
public sealed class PrintedAgainTests
{
    private const string Own = "55133018";
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));

    private PrintedDocuments Printed => field ??= new PrintedDocuments(100, TimeSpan.FromMinutes(30), _time);

    [Fact]
    public void The_same_to_the_letter_is_given_again_and_nothing_else()
    {
        var document = PrintFixture.Document("<p>Gevinst</p>") with { KeptFor = Own };
        Printed.Keep(document, [1, 2, 3]);
        Assert.Equal([1, 2, 3], Printed.Find(document with { }));
        PrintDocument[] others =
        [
            document with { KeptFor = "98765432" }, document with { KeptFor = null }, document with { Title = "Anden" },
            document with { Footer = "Anden" }, document with { Css = "p { color: red }" },
            document with { Body = document.Body + " " },
        ];
        Assert.All(others, other => Assert.Null(Printed.Find(other)));
    }

    [Fact]
    public void What_may_not_be_kept_is_not_kept()
    {
        var document = PrintFixture.Document("<p>Bevis</p>");
        Printed.Keep(document, [1]);
        Assert.Null(Printed.Find(document));
        Assert.Null(Printed.Find(document with { KeptFor = "" }));
    }

    [Fact]
    public void Those_used_longest_ago_go_when_there_are_too_many_and_all_go_with_time()
    {
        PrintDocument Of(int n) => PrintFixture.Document($"<p>{n}</p>") with { KeptFor = Own };
        foreach (var n in (int[])[1, 2]) Printed.Keep(Of(n), new byte[40]);
        Assert.NotNull(Printed.Find(Of(1)));
        Printed.Keep(Of(3), new byte[40]);
        Assert.Equal([true, false, true], ((int[])[1, 2, 3]).Select(n => Printed.Find(Of(n)) is not null));
        Printed.Keep(Of(4), new byte[101]);
        Assert.Null(Printed.Find(Of(4)));
        Printed.Keep(Of(3), new byte[41]);
        Assert.Equal(41, Printed.Find(Of(3))!.Length);
        Assert.NotNull(Printed.Find(Of(1)));
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.All((int[])[1, 3], n => Assert.Null(Printed.Find(Of(n))));
    }

    [Fact]
    public async Task A_report_comes_again_without_the_browser_and_evidence_is_printed_again()
    {
        await using var fixture = new PrintFixture();
        var ending = TestContext.Current.CancellationToken;
        var (report, evidence) = (PrintFixture.Document("<p>Gevinst</p>") with { KeptFor = Own }, PrintFixture.Document("<p>Bevis</p>"));
        var (first, proof) = (await fixture.Printer.PrintAsync(report, ending), await fixture.Printer.PrintAsync(evidence, ending));
        Assert.Same(first, await fixture.Printer.PrintAsync(report, ending));
        Assert.NotSame(proof, await fixture.Printer.PrintAsync(evidence, ending));
        Assert.NotSame(first, await fixture.Printer.PrintAsync(report with { KeptFor = "98765432" }, ending));
    }
}
