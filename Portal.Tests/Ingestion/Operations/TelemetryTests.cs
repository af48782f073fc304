using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Receiving;
using Portal.Tests.Api;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Operations;

public sealed class TelemetryTests
{
    private const string Cpr = "0101011234";
    private const string BeskedId = "7b0f5a8e-8f0e-4f5e-9c33-8a8e2f1c9f10";

    [Fact]
    public async Task Neither_metric_nor_trace_nor_log_holds_a_person_or_the_name_of_a_message()
    {
        var (lines, log) = (new ConcurrentQueue<string>(), new KeptLog());
        using var activities = Listen(activity => lines.Enqueue(
            $"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.Select(e => e.Name))}"));
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == IngestionStatistics.MeterName) listener.EnableMeasurementEvents(instrument);
        };
        void Keep<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
            lines.Enqueue($"{instrument.Name} {value} {string.Join(' ', tags.ToArray())}");
        meters.SetMeasurementEventCallback<int>(Keep);
        meters.SetMeasurementEventCallback<long>(Keep);
        meters.SetMeasurementEventCallback<double>(Keep);
        meters.Start();

        await using (var fixture = await IngestionFixture.OpenAsync(more: services => services.AddLogging(logging =>
            logging.SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning).AddProvider(log))))
        {
            var envelope = IngestionFixture.Envelope(BeskedId, extra: "<k:RelateretObjekt><k:ObjektId><s:URNIdentifikator>urn:oio:cpr-"
                + $"nr:{Cpr}</s:URNIdentifikator></k:ObjektId></k:RelateretObjekt>", status: $"Ukendt {Cpr}");
            await fixture.ReceiveAsync(envelope);
            await fixture.ReceiveAsync(envelope);
            await fixture.ReceiveAsync($"<a>{Cpr}");
            await fixture.ReceiveAsync(IngestionFixture.Envelope(BeskedId, status: "Andet " + Cpr));
            await fixture.SqlAsync("DROP TABLE \"MessageContent\"");
            await fixture.ReceiveAsync(IngestionFixture.Envelope(Guid.NewGuid().ToString(), status: Cpr))
                .ContinueWith(_ => { }, TaskScheduler.Default);
            meters.RecordObservableInstruments();
        }

        Assert.Contains(lines, s => s.StartsWith("portal.ingestion.messages 1", StringComparison.Ordinal)
            && s.Contains("[outcome, accepted]", StringComparison.Ordinal));
        Assert.Contains(lines, s => s.StartsWith("commit ", StringComparison.Ordinal));
        foreach (var secret in (string[])[Cpr, "010101-1234", BeskedId, BeskedId.ToUpperInvariant()])
        {
            Assert.DoesNotContain(lines, s => s.Contains(secret, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(log.Lines, s => s.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task One_trace_shows_that_a_delivery_is_received_committed_and_acknowledged()
    {
        var ended = new ConcurrentQueue<Activity>();
        await using var fixture = await IngestionFixture.OpenAsync();
        ActivityTraceId trace;
        using (Listen(ended.Enqueue))
        {
            using var deliver = IngestionTrace.Deliver("push")!;
            trace = deliver.TraceId;
            await fixture.ReceiveAsync(IngestionFixture.Envelope("b1"));
            using var acknowledge = IngestionTrace.Acknowledge("push");
        }

        var ours = ended.Where(a => a.TraceId == trace).ToList();
        Assert.Equal(["acknowledge", "commit", "deliver", "receive"], ours.Select(a => a.OperationName).Order());
        var byName = ours.ToDictionary(a => a.OperationName);
        Assert.Equal(byName["deliver"].SpanId, byName["receive"].ParentSpanId);
        Assert.Equal(byName["receive"].SpanId, byName["commit"].ParentSpanId);
        Assert.Equal(byName["deliver"].SpanId, byName["acknowledge"].ParentSpanId);
        Assert.Equal("accepted", byName["commit"].GetTagItem("outcome"));
    }

    [Fact]
    public async Task The_log_is_sent_to_the_collector_too_as_it_is_written()
    {
        var bodies = new ConcurrentQueue<(string Path, string Text)>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        await using var collector = builder.Build();
        collector.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.Latin1);
            bodies.Enqueue((context.Request.Path, await reader.ReadToEndAsync(context.RequestAborted)));
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new(TelemetryServices.EndpointKey, collector.Urls.Single()), new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ]).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging()
            .AddTelemetry(configuration, "portal");
        await using (var provider = services.BuildServiceProvider())
        {
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("Portal.Start").LogWarning("Noget skete {Times} gange", 3);
        }

        var sent = Assert.Single(bodies, b => b.Path == "/v1/logs");
        Assert.Contains("Noget skete 3 gange", sent.Text, StringComparison.Ordinal);
        Assert.Contains("Portal.Start", sent.Text, StringComparison.Ordinal);
    }

    private static ActivityListener Listen(Action<Activity> ended)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == IngestionTrace.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
