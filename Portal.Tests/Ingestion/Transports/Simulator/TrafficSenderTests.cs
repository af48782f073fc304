using System.Collections.Concurrent;
using System.Net;
using Portal.Ingestion.Transports.Simulator;
using Xunit;

namespace Portal.Tests.Ingestion.Transports.Simulator;

public sealed class TrafficSenderTests
{
    private const string Twenty = "<ModtagBeskedOutput xmlns=\"urn:oio:sts:1.0.0\" "
        + "xmlns:sd=\"urn:oio:sagdok:3.0.0\"><sd:StandardRetur><sd:StatusKode>20</sd:StatusKode></sd:StandardRetur></ModtagBeskedOutput>";
    private static readonly Uri To = new("http://localhost:5080/beskedfordeler/modtag");

    private readonly ImpatientTime _time = new();

    [Fact]
    public async Task Answers_are_counted_by_kind()
    {
        var receiver = new Receiver(n => n switch
        {
            1 => Answer(HttpStatusCode.OK, Twenty.Replace("20<", "50<", StringComparison.Ordinal)),
            2 => Answer(HttpStatusCode.OK, "tak"),
            3 => Answer(HttpStatusCode.RequestEntityTooLarge, ""),
            4 => Answer(HttpStatusCode.InternalServerError, ""),
            _ => Answer(HttpStatusCode.OK, Twenty),
        });
        Assert.Equal(new SimulateResult(Accepted: 6, Refused: 3, Failed: 1), await SendAsync(receiver, count: 10));
    }

    [Fact]
    public async Task Messages_go_out_as_they_are_with_type_and_key()
    {
        var receiver = new Receiver(_ => Answer(HttpStatusCode.OK, Twenty));
        await SendAsync(receiver, count: 40);
        var expected = Messages().Take(40).Select(m => Convert.ToBase64String(m.Bytes)).Order();
        Assert.Equal(expected, receiver.Requests.Select(r => Convert.ToBase64String(r.Body)).Order());
        Assert.All(receiver.Requests, r => Assert.Equal(("application/xml", "dev-key", To), (r.Type, r.Key, r.Uri)));
    }

    [Fact]
    public async Task A_message_is_sent_again_after_40_under_any_HTTP_status_and_after_lost_connections_with_growing_pauses()
    {
        var receiver = new Receiver(n => n switch
        {
            1 => Answer(HttpStatusCode.ServiceUnavailable, ""),
            2 => throw new HttpRequestException("lost"),
            3 => throw new TaskCanceledException("slow"),
            4 => Answer(HttpStatusCode.OK, Twenty.Replace("20<", "40<", StringComparison.Ordinal)),
            _ => Answer(HttpStatusCode.OK, Twenty),
        });
        Assert.Equal(new SimulateResult(1, 0, 0), await SendAsync(receiver, count: 1));
        Assert.Equal([0.5, 1, 2, 4], _time.Pauses.Select(p => p.TotalSeconds));
        Assert.Single(receiver.Requests.Select(r => Convert.ToBase64String(r.Body)).Distinct());
    }

    [Fact]
    public async Task An_address_that_never_answers_is_given_up_after_five_tries_with_a_clear_line()
    {
        var receiver = new Receiver(_ => throw new HttpRequestException("lost"));
        var stopped = await Assert.ThrowsAsync<SimulateStoppedException>(() => SendAsync(receiver, count: 1));
        Assert.Equal(5, receiver.Requests.Count);
        Assert.Contains("kunne ikke tage imod efter 5 forsøg (forbindelsen gik tabt)", stopped.Message, StringComparison.Ordinal);
        Assert.Contains("localhost:5080", stopped.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(int.MaxValue, true)]
    public async Task A_receiver_that_has_answered_is_waited_for_through_a_restart_but_not_for_ever(int away, bool ends)
    {
        using var counted = new ManualResetEventSlim();
        var lines = new ConcurrentQueue<string>();
        var receiver = new Receiver(n =>
        {
            if (n == 1) return Answer(HttpStatusCode.OK, Twenty);
            counted.Wait(TestContext.Current.CancellationToken);
            return n <= away ? throw new HttpRequestException("lost") : Answer(HttpStatusCode.OK, Twenty);
        });
        var sending =
            SendAsync(receiver, count: null, messages: Messages().Take(2), progress: new Progress(counted.Set), waits: lines.Enqueue);
        if (!ends) Assert.Equal(new SimulateResult(2, 0, 0), await sending);
        else
        {
            var stopped = await Assert.ThrowsAsync<SimulateStoppedException>(() => sending);
            Assert.Equal(1, stopped.Result.Sent);
            Assert.Contains("(forbindelsen gik tabt). 1 beskeder var besvaret", stopped.Message, StringComparison.Ordinal);
            Assert.InRange(_time.Pauses.Sum(p => p.TotalMinutes), 3, 4);
        }

        Assert.Contains("der prøves igen", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rate_spreads_the_messages_over_time()
    {
        await SendAsync(new Receiver(_ => Answer(HttpStatusCode.OK, Twenty)), count: 10, rate: 2);
        Assert.Equal(TimeSpan.FromSeconds(4.5), _time.Elapsed);
    }

    [Fact]
    public async Task Cancelling_ends_endless_traffic_with_the_counts()
    {
        using var cancel = new CancellationTokenSource();
        var receiver = new Receiver(n =>
        {
            if (n == 50) cancel.Cancel();
            // Those that are under way meanwhile: a sender that is never cancelled would wait here for ever.
            if (n > 50) cancel.Token.WaitHandle.WaitOne();
            return Answer(HttpStatusCode.OK, Twenty);
        });
        Assert.InRange((await SendAsync(receiver, count: null, token: cancel.Token)).Accepted, 30, 70);
    }

    [Fact]
    public async Task Progress_tells_how_many_are_answered()
    {
        var progress = new Progress();
        await SendAsync(new Receiver(_ => Answer(HttpStatusCode.OK, Twenty)), count: 25, progress: progress);
        Assert.Equal(25, progress.Reports.Max());
    }

    [Theory]
    [InlineData("amqp://localhost/", null, null)]
    [InlineData("http://localhost/", 0.0, null)]
    [InlineData("http://localhost/", double.NaN, null)]
    [InlineData("http://localhost/", null, 0L)]
    public async Task Nonsense_is_refused(string to, double? rate, long? count) =>
        await Assert.ThrowsAsync<ArgumentException>(() => new TrafficSender(new HttpClient(), _time)
            .SendAsync(new Uri(to), [], rate, count, null, null, TestContext.Current.CancellationToken));

    private async Task<SimulateResult> SendAsync(
        Receiver receiver, long? count, double? rate = null, IEnumerable<SimulatedMessage>? messages = null,
        IProgress<long>? progress = null, CancellationToken? token = null, Action<string>? waits = null)
    {
        using var http = new HttpClient(receiver);
        return await new TrafficSender(http, _time, waits)
            .SendAsync(To, messages ?? Messages(), rate, count, "dev-key", progress, token ?? TestContext.Current.CancellationToken);
    }

    private static IEnumerable<SimulatedMessage> Messages() => new PostStatusTraffic(1, DateTimeOffset.UnixEpoch, "55133018").Messages();

    private static HttpResponseMessage Answer(HttpStatusCode code, string body) => new(code) { Content = new StringContent(body) };

    private sealed record Request(Uri? Uri, byte[] Body, string? Type, string? Key);

    private sealed class Receiver(Func<int, HttpResponseMessage> answer) : HttpMessageHandler
    {
        private int _number;

        public ConcurrentQueue<Request> Requests { get; } = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            Requests.Enqueue(new Request(request.RequestUri, body, request.Content.Headers.ContentType?.ToString(),
                request.Headers.GetValues("X-Api-Key").Single()));
            return answer(Interlocked.Increment(ref _number));
        }
    }

    private sealed class Progress(Action? callback = null) : IProgress<long>
    {
        public ConcurrentQueue<long> Reports { get; } = new();

        public void Report(long value)
        {
            Reports.Enqueue(value);
            callback?.Invoke();
        }
    }

    /// <summary>A clock on which every pause ends at once, and that records how long each would have been.</summary>
    private sealed class ImpatientTime : TimeProvider
    {
        private long _ticks;

        public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

        public TimeSpan Elapsed => new(Volatile.Read(ref _ticks));

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Volatile.Read(ref _ticks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses.Enqueue(dueTime);
            Interlocked.Add(ref _ticks, dueTime.Ticks);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
