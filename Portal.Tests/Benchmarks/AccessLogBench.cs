using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Ingestion.Access;
using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Benchmarks;

/// <summary>
/// The time of a case page with its line in the access log ÷ without it, in alternation, each page of another case so that each has a line.
/// Runs only when asked for: <c>dotnet build Portal.Tests -c Release</c>, then <c>dotnet exec
/// Portal.Tests/bin/Release/net10.0/Portal.Tests.dll --explicit only --filter-class "*AccessLogBench" --show-live-output on</c>.
/// </summary>
public sealed class AccessLogBench(ITestOutputHelper output)
{
    private const int Cases = 300;
    private const int Rounds = 9;

    [Fact(Explicit = true)]
    public async Task A_case_page_costs_little_more_with_its_line()
    {
        await using var with = await StartAsync(_ => { });
        await using var without = await StartAsync(services => services.AddSingleton<IAccessLooks, NoLooks>());
        await RoundAsync(with);
        await RoundAsync(without);
        var (on, off) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            // The same case again within a minute would be the same look.
            with.Services.GetRequiredService<AccessLooks>().ForgetAll();
            on.Add(await RoundAsync(with));
            off.Add(await RoundAsync(without));
        }

        var (a, b) = (on.Order().ElementAt(Rounds / 2), off.Order().ElementAt(Rounds / 2));
        await with.Services.GetRequiredService<AccessLookService>().FlushAsync(TestContext.Current.CancellationToken);
        var lines = (await with.Services.GetRequiredService<IAccessJournal>().HeadAsync(TestContext.Current.CancellationToken)).Checkpoint;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Cases} case pages: {a:F0} ms with a line, {b:F0} ms without, ratio {a / b:F3} (medians of {Rounds})"
            + $"; {lines.Head.Size} lines"));
        Assert.True(lines.Head.Size >= Cases * Rounds);
    }

    private static async Task<HostedPortal> StartAsync(Action<IServiceCollection> more)
    {
        var portal = await HostedPortal.StartAsync(more: builder => more(builder.Services));
        var letters = Enumerable.Range(0, Cases).Select(n => Envelopes.Letter($"b-{n}", Guid.NewGuid().ToString())).ToArray();
        using var made = await portal.RegisterAsync(letters);
        Assert.Equal(207, (int)made.StatusCode);

        return portal;
    }

    private static async Task<double> RoundAsync(HostedPortal portal)
    {
        var clock = Stopwatch.StartNew();
        using var caseworker = await portal.SignedInAsync(PortalRoles.Caseworker);
        for (var n = 0; n < Cases; n++)
        {
            using var page = await caseworker.GetAsync(new Uri($"/sager/b-{n}", UriKind.Relative));
            Assert.True(page.IsSuccessStatusCode);
        }

        return clock.Elapsed.TotalMilliseconds;
    }

    private sealed class NoLooks : IAccessLooks
    {
        public void Add(Viewer viewer, AccessNote note)
        {
        }
    }
}
