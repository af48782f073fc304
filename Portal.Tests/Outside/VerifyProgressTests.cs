using Microsoft.Extensions.Time.Testing;
using Portal.Ingestion.Commands;
using Xunit;

namespace Portal.Tests.Outside;

public sealed class VerifyProgressTests
{
    [Fact]
    public void Long_work_tells_every_few_seconds_how_far_it_is_of_how_much_and_short_work_says_nothing()
    {
        var (time, output) = (new FakeTimeProvider(), new StringWriter());
        var progress = new VerifyProgress(output, time, 30_000, "SQLite /x", interactive: false);
        progress.Report(1000);
        Assert.Empty(output.ToString());
        time.Advance(TimeSpan.FromSeconds(5));
        progress.Report(12_000);
        progress.Report(12_500);
        Assert.Equal("12.000 af 30.000 kontrolleret (40 %) …\n", output.ToString());
        progress.Report(30_000);
        Assert.EndsWith("breve og statusser kontrolleres …\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_sits_and_waits_is_told_at_once_what_is_verified()
    {
        var output = new StringWriter();
        _ = new VerifyProgress(output, new FakeTimeProvider(), 7, "SQLite /x/portal.db", interactive: true);
        Assert.Equal("Kontrollerer 7 beskeder i SQLite /x/portal.db …\n", output.ToString());
    }
}
