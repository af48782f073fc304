using System.Data.Common;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Portal.Hosting;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Supervision;
using Xunit;

namespace Portal.Tests.Ingestion.Supervision;

public sealed class SupervisedServiceTests
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    public static TheoryData<Func<Exception>, ServiceFaultKind> Problems => new()
    {
        { () => new SqliteException("busy", 5), ServiceFaultKind.Outage },
        { () => new SqliteException("full", 13), ServiceFaultKind.Outage },
        { () => new DbUpdateException("", new SqliteException("locked", 6)), ServiceFaultKind.Outage },
        { () => new NpgsqlException("", new System.Net.Sockets.SocketException(111)), ServiceFaultKind.Outage },
        { () => new StorageUnavailableException("Disken er fuld."), ServiceFaultKind.Outage },
        { () => new SqliteException("constraint", 19), ServiceFaultKind.Unforeseen },
        { () => new InvalidOperationException("secret 0101011234"), ServiceFaultKind.Unforeseen },
        { () => new KeyNotFoundException(), ServiceFaultKind.Unforeseen },
        { () => new OverflowException(), ServiceFaultKind.Unforeseen },
        { () => new TimeoutException(), ServiceFaultKind.Unforeseen },
        { () => new InsufficientMemoryException(), ServiceFaultKind.Unforeseen },
        { () => new OperationCanceledException(), ServiceFaultKind.Unforeseen },
        { () => new System.Text.EncoderFallbackException(), ServiceFaultKind.Unforeseen },
        { () => new AggregateException(new FormatException()), ServiceFaultKind.Unforeseen },
        { () => new PartlyFailedException(2, 40, new FormatException()), ServiceFaultKind.Partly },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public async Task A_round_that_fails_is_reported_once_and_tried_again_until_it_succeeds(Func<Exception> problem, ServiceFaultKind kind)
    {
        var time = new FakeTimeProvider();
        var log = new ListLog();
        using var service = new Trying(time, log, failures: 4, problem);
        await service.StartAsync(CancellationToken.None);
        await service.Failed(1);
        Assert.Equal(kind, service.Fault?.Kind);
        Assert.DoesNotContain("secret", service.Fault!.Why, StringComparison.Ordinal);
        for (var n = 2; n <= 4; n++)
        {
            await service.Failed(n, () => time.Advance(Rest));
            Assert.Equal(n, service.Fault!.Failures);
        }

        await service.Succeed(() => time.Advance(Rest));
        Assert.Null(service.Fault);
        Assert.Equal(TaskStatus.WaitingForActivation, service.ExecuteTask!.Status);
        Assert.Equal(1, log.Lines.Count(r => r.Level >= LogLevel.Warning));
        Assert.Equal(1, log.Lines.Count(r => r.Level == LogLevel.Information));
        Assert.DoesNotContain(log.Lines, r => r.Text.Contains("0101011234", StringComparison.Ordinal) || r.Exception is not null);
        await service.StopAsync(CancellationToken.None);
        Assert.True(service.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Another_sort_of_failure_is_reported_as_well()
    {
        var (time, log, n) = (new FakeTimeProvider(), new ListLog(), 0);
        using var service = new Trying(time, log, failures: 4, () => n++ < 2 ? new FormatException() : new SqliteException("busy", 5));
        await service.StartAsync(CancellationToken.None);
        await service.Failed(1);
        var since = service.Fault!.Since;
        for (var tries = 2; tries <= 4; tries++) await service.Failed(tries, () => time.Advance(Rest));
        Assert.Equal(2, log.Lines.Count(r => r.Level >= LogLevel.Warning));
        Assert.Equal(since, service.Fault!.Since);
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task What_fails_for_one_is_done_for_all_others()
    {
        var done = new List<int>();
        var partly =
            await Assert.ThrowsAsync<PartlyFailedException>(() => IsolatedWork.ForEachAsync(Enumerable.Range(0, 10).ToList(), (n, _) =>
            {
                if (n % 4 == 1) throw new FormatException();
                done.Add(n);
                return Task.CompletedTask;
            }, CancellationToken.None));
        Assert.Equal([0, 2, 3, 4, 6, 7, 8], done);
        Assert.Equal("3 af 10 kunne ikke behandles. De øvrige er gjort.", partly.Why);
    }

    [Fact]
    public async Task A_database_that_is_out_ends_the_work_for_all()
    {
        var tried = 0;
        await Assert.ThrowsAnyAsync<DbException>(() => IsolatedWork.ForEachAsync(Enumerable.Range(0, 10).ToList(), (_, _) =>
        {
            tried++;
            throw new SqliteException("busy", 5);
        }, CancellationToken.None));
        Assert.Equal(1, tried);
    }

    [Fact]
    public void Every_background_service_of_both_programs_is_supervised()
    {
        Type[] withoutLoop = [typeof(PlannedStop)];
        Assembly[] programs = [typeof(SupervisedService).Assembly, typeof(PortalHost).Assembly];
        var services = programs.SelectMany(p => p.GetTypes())
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IHostedService))).ToList();
        Assert.True(services.Count >= 20);
        Assert.All(services.Except(withoutLoop), t => Assert.True(t.IsAssignableTo(typeof(SupervisedService)), t.Name));
        Assert.All(services.Except(withoutLoop),
            t => Assert.Null(t.GetMethod("ExecuteAsync", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)));
    }

    [Fact]
    public async Task In_a_host_the_first_round_waits_until_the_whole_program_has_started()
    {
        using var hosted = new Trying(new FakeTimeProvider(), new ListLog(), failures: 0, () => new InvalidOperationException());
        using var other = new Trying(new FakeTimeProvider(), new ListLog(), failures: 0, () => new InvalidOperationException());
        IHostedLifecycleService life = hosted;
        await life.StartingAsync(CancellationToken.None);
        await hosted.StartAsync(CancellationToken.None);

        // A service that was started later, outside a host, has done its first round.
        await other.StartAsync(CancellationToken.None);
        await other.Succeed(() => { });
        Assert.Equal(0, hosted.Tries);

        await life.StartedAsync(CancellationToken.None);
        await hosted.Succeed(() => { });
        Assert.Equal(1, hosted.Tries);
    }

    [Fact]
    public async Task A_service_whose_program_could_not_start_ends_without_a_round()
    {
        using var hosted = new Trying(new FakeTimeProvider(), new ListLog(), failures: 0, () => new InvalidOperationException());
        await ((IHostedLifecycleService)hosted).StartingAsync(CancellationToken.None);
        await hosted.StartAsync(CancellationToken.None);
        await hosted.StopAsync(CancellationToken.None);
        Assert.Equal((0, true, false), (hosted.Tries, hosted.ExecuteTask!.IsCompleted, hosted.ExecuteTask!.IsFaulted));
    }

    private sealed class Trying(TimeProvider time, ILogger log, int failures, Func<Exception> problem) : SupervisedService(time, log)
    {
        private readonly TaskCompletionSource _succeeded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _tries;
        private int _failed;

        public override string Name => "trying";

        public int Tries => Volatile.Read(ref _tries);

        public async Task Failed(int times, Action? wake = null)
        {
            while (Volatile.Read(ref _failed) < times)
            {
                wake?.Invoke();
                await Task.Yield();
            }
        }

        public async Task Succeed(Action wake)
        {
            while (!_succeeded.Task.IsCompleted || Fault is not null)
            {
                wake();
                await Task.Yield();
            }
        }

        protected override void OnFailed(Exception failed) => Interlocked.Increment(ref _failed);

        protected override Task RunRoundAsync(CancellationToken cancellationToken)
        {
            if (_tries++ < failures) throw problem();
            _succeeded.TrySetResult();
            return Task.CompletedTask;
        }

        protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(Rest, Time, cancellationToken);
    }
}
