using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Commands.Bench;

/// <summary>Measures lists and searches on an existing database.</summary>
internal static class ReadingTimes
{
    private const int Rounds = 40;
    private const int Rows = 50;

    /// <summary>Returns the p50/p95 of each query in milliseconds.</summary>
    public static async Task<string> RunAsync(string[] settings, CancellationToken cancellationToken)
    {
        using var host = await IngestionHost.OpenAsync(settings, roles: false, cancellationToken);

        // First match all statuses, as in a log at rest.
        await host.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(cancellationToken);
        var reader = host.Services.GetRequiredService<IMessageReader>();
        var viewer = new Viewer("bench", "bench", (ViewerRights)int.MaxValue, ["55133018"], TypeScope.Everything);
        var caseworker = viewer with { Types = new TypeScope(false, true, []) };
        var some = (await reader.ListAsync(viewer, MessageFilter.Everything, null, Rows, cancellationToken)).Items[^1];
        (string Name, Viewer Viewer, MessageFilter Filter)[] questions =
        [
            ("liste", viewer, MessageFilter.Everything),
            ("sagsbehandlers liste", caseworker, MessageFilter.Everything),
            ("status", viewer, new MessageFilter(Status: "Fejlet")),
            ("status, hyppig", viewer, new MessageFilter(Status: "Klar")),
            ("id", viewer, new MessageFilter(Text: some.PostStatus!.MessageUuid)),
            ("begyndelse af id", viewer, new MessageFilter(Text: some.BeskedId[..8])),
            ("kanal", viewer, new MessageFilter(Text: "digital")),
            ("intet svar", viewer, new MessageFilter(Text: "findesikke")),
        ];
        var texts = new List<string>();
        foreach (var (name, by, filter) in questions)
        {
            var times = new List<double>();
            for (var n = 0; n < Rounds + 5; n++)
            {
                var clock = Stopwatch.StartNew();
                await reader.ListAsync(by, filter, null, Rows, cancellationToken);
                await reader.CountAsync(by, filter, cancellationToken);
                if (n >= 5) times.Add(clock.Elapsed.TotalMilliseconds);
            }

            times.Sort();
            texts.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {times[Rounds / 2]:F1}/{times[Rounds * 95 / 100]:F1}"));
        }

        await ((IAsyncDisposable)host).DisposeAsync();
        return string.Join("; ", texts);
    }
}
